import { css } from 'lit';

export const scatterStyles = css`
  canvas {
    display: block;
  }
  .plot svg {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .plot text.name {
    fill: var(--ink);
    stroke: var(--surface);
    stroke-width: 3.5px;
    paint-order: stroke;
    stroke-linejoin: round;
    font-weight: 650;
  }
  .spot {
    fill: none;
    stroke: var(--ink);
    stroke-width: 2.5;
  }
  .plot {
    border-radius: var(--radius-small);
    background: var(--sunken);
  }
  .legend-row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.375rem;
    align-items: center;
  }
  .legend-row .gap {
    width: 0.375rem;
  }
  .legend-row label {
    display: inline-flex;
    gap: 0.5rem;
    align-items: center;
  }
  .legend-row select {
    width: auto;
    max-width: 14rem;
    min-height: 2rem;
    padding: 0.125rem 0.5rem;
  }
  .key {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    max-width: 12rem;
  }
  button.key {
    border-color: var(--line);
    font-weight: 400;
  }
  button.key[aria-pressed='false'] {
    color: var(--muted);
    text-decoration: line-through;
  }
  button.key[aria-pressed='true'] {
    background: var(--surface);
  }
  .readout {
    display: grid;
    grid-template-columns: 4.5rem minmax(0, 1fr);
    gap: 0.75rem;
    align-items: center;
    min-height: 4.5rem;
  }
  .thumb {
    width: 4.5rem;
    height: 4.5rem;
    border-radius: var(--radius-small);
    background: var(--sunken);
  }
  .readout p {
    overflow-wrap: anywhere;
  }
`;
