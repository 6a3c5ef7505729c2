import { css } from 'lit';

export const chartStyles = css`
  figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  .plot {
    position: relative;
    overflow: hidden;
  }
  .plot text {
    font-family: var(--font);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .slider {
    position: absolute;
    inset: 0;
    border-radius: var(--radius-small);
    cursor: crosshair;
    touch-action: pan-y;
  }
  .slider:focus-visible {
    outline-offset: -2px;
  }
  .cursor {
    stroke: var(--ink);
    stroke-width: 1;
    fill: none;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0.1875rem 0.5rem;
    text-align: right;
    font-weight: 400;
  }
  th:first-child,
  td:first-child {
    padding-left: 0;
    text-align: left;
  }
  thead th {
    color: var(--muted);
    white-space: nowrap;
  }
  .legend {
    table-layout: fixed;
  }
  .legend th:not(.name),
  .legend td {
    width: 8.75rem;
  }
  .legend .narrow {
    display: none;
  }
  .legend svg {
    display: inline-block;
    vertical-align: middle;
    margin-right: 0.25rem;
  }
  @media (max-width: 480px) {
    .legend th:not(.name),
    .legend td {
      width: 5rem;
    }
    .legend .name {
      white-space: normal;
    }
    .legend .wide {
      display: none;
    }
    .legend .narrow {
      display: inline;
    }
    .legend thead svg {
      display: block;
      margin: 0 0 0.25rem auto;
    }
  }
  .data {
    max-height: 20rem;
    overflow: auto;
    overscroll-behavior-x: contain;
  }
  .data thead th {
    white-space: normal;
    vertical-align: bottom;
  }
  .data tr {
    border-bottom: 1px solid var(--line);
  }
  .tools {
    gap: 0.125rem;
  }
  .tools .muted {
    margin-left: auto;
    padding-right: 0.25rem;
  }
  /* Drawn for the screen, which paper is narrower than. */
  @media print {
    .plot svg {
      max-width: 100%;
      height: auto;
    }
    .tools {
      display: none;
    }
  }
  [aria-pressed='true'] {
    background: var(--accent-soft);
  }
`;
