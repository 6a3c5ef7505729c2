import { css } from 'lit';

/** A table of square cells that scrolls inside its own box, whose headers stay. */
export const confusionStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    align-items: center;
    justify-content: space-between;
  }
  fieldset {
    display: flex;
    gap: 0.25rem 1.25rem;
    font-size: var(--small);
  }
  fieldset label {
    display: inline-flex;
    gap: 0.5rem;
    align-items: center;
    min-height: 2rem;
  }
  .plot {
    overflow: visible;
    container-type: inline-size;
  }
  .scroll {
    --side: 3.25rem;
    max-width: 100%;
    max-height: min(44rem, 80vh);
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    width: fit-content;
    /* What is only for screen readers would stretch the page otherwise. */
    position: relative;
  }
  .scroll.medium {
    --side: 2.25rem;
  }
  /* As large as the room beside the names of the rows gives, and never too small to be pointed at. */
  .scroll.small-cells {
    --side: clamp(0.8125rem, (100cqi - 13.5rem) / var(--count), 1.5rem);
    max-height: min(62rem, 90vh);
  }
  @media (pointer: coarse) {
    .scroll.small-cells {
      --side: 1.5rem;
    }
  }
  table {
    width: auto;
    border-collapse: separate;
    border-spacing: 0;
    line-height: 1.2;
  }
  th,
  td {
    padding: 0;
    text-align: center;
  }
  thead th,
  tbody th {
    position: sticky;
    z-index: 1;
    background: var(--surface);
    color: var(--ink);
  }
  thead th {
    top: 0;
    padding: 0.375rem 0.125rem;
    vertical-align: bottom;
    border-bottom: 1px solid var(--line-strong);
  }
  thead th:first-child,
  tbody th:first-child {
    left: 0;
    padding: 0 0.5rem 0 0.625rem;
    text-align: right;
    border-right: 1px solid var(--line-strong);
  }
  thead th:first-child {
    z-index: 2;
    padding-bottom: 0.375rem;
    color: var(--muted);
    white-space: normal;
    min-width: 6rem;
  }
  .name {
    max-width: min(11rem, 26vw);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  thead .name {
    max-width: var(--side);
    margin: auto;
  }
  .upright thead .name {
    writing-mode: vertical-rl;
    transform: rotate(180deg);
    max-width: none;
    max-height: 7.5rem;
  }
  /* A matrix of few classes has the width of its card. */
  .few {
    --side: 4.5rem;
    width: 100%;
    max-width: 42rem;
  }
  .few table {
    width: 100%;
  }
  .few thead .name {
    max-width: 7rem;
  }
  td {
    height: var(--side);
    width: var(--side);
    min-width: var(--side);
    border-right: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
    color: var(--muted);
  }
  .few td {
    width: calc(80% / var(--count));
    height: 4rem;
  }
  td button {
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    font-size: inherit;
    transition: none;
    background: var(--shade);
    color: var(--figure);
  }
  td button:hover {
    background: var(--shade);
    box-shadow: inset 0 0 0 2px var(--ink);
  }
  td button:focus-visible {
    position: relative;
    z-index: 1;
    outline: 2px solid var(--ink);
    outline-offset: -1px;
    box-shadow: inset 0 0 0 3px var(--surface);
  }
  td button[aria-pressed='true'] {
    background: var(--shade);
    box-shadow:
      inset 0 0 0 2px var(--ink),
      inset 0 0 0 3px var(--surface);
  }
  .right {
    box-shadow: inset 0 0 0 1px var(--line-strong);
  }
  .small-cells {
    font-size: 0.6875rem;
  }
  .small-cells table {
    font-size: 0.6875rem;
  }
  .small-cells td,
  .small-cells th {
    line-height: calc(var(--side) - 1px);
  }
  .small-cells thead th:not(:first-child) {
    padding-right: 0;
    padding-left: 0;
  }
  .readout {
    min-height: 2.4em;
  }
  .scale {
    display: inline-flex;
    vertical-align: middle;
    margin: 0 0.375rem;
    border: 1px solid var(--line-strong);
  }
  .scale i {
    width: 1rem;
    height: 0.625rem;
  }
  @media (max-width: 480px) {
    .few {
      --side: 3.75rem;
    }
    .few td {
      height: 3.25rem;
    }
    thead th:first-child {
      min-width: 5rem;
    }
  }
  /* On paper nothing scrolls. */
  @media print {
    .scroll,
    .scroll.small-cells {
      max-height: none;
      overflow: visible;
    }
    .scroll.small-cells {
      --side: min(1rem, (100cqi - 13.5rem) / var(--count));
    }
    thead th,
    tbody th {
      position: static;
    }
  }
`;
