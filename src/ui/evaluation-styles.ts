import { css } from 'lit';

/** How the evaluation is laid out: a headline, and cards in pairs where there is room. */
export const evaluationStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.25rem;
    align-items: end;
    justify-content: space-between;
    margin-top: 0.75rem;
  }
  .head h3 {
    padding-bottom: 0.375rem;
    font-size: 1.25rem;
  }
  .pickers {
    display: flex;
    flex-wrap: wrap;
    flex: 0 1 auto;
    gap: 0.5rem 1.25rem;
    align-items: end;
    min-width: 0;
  }
  .pick {
    display: grid;
    flex: 1 1 14rem;
    gap: 0.25rem;
    min-width: 0;
    font-size: var(--small);
    color: var(--muted);
  }
  .pick select {
    max-width: 100%;
    color: var(--ink);
  }
  fieldset {
    display: flex;
    gap: 0.25rem 1rem;
    font-size: var(--small);
  }
  fieldset label {
    display: inline-flex;
    gap: 0.5rem;
    align-items: center;
    min-height: 2.5rem;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .card {
    padding: 1rem;
  }
  .summary {
    display: grid;
    grid-template-columns: minmax(13rem, 1fr) minmax(0, 3fr);
    gap: 1rem 2rem;
    align-items: center;
  }
  .score {
    font-size: 2.5rem;
    font-weight: 650;
    line-height: 1.1;
    letter-spacing: -0.02em;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
    /* The images behind a cell come below both, but right after the matrix where there is one column. */
    grid-auto-flow: dense;
    gap: 1rem;
    align-items: start;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .strip {
    display: grid;
    gap: 0.75rem;
  }
  .strip header {
    display: flex;
    gap: 0.5rem 1rem;
    align-items: start;
    justify-content: space-between;
  }
  .strip h5 {
    margin: 0;
    font-size: 1rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .mistakes {
    display: grid;
    gap: 0.75rem;
  }
  .empty {
    padding: 1.25rem 1rem;
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    color: var(--muted);
  }
  h5:focus {
    outline: none;
  }
  /* Grids inside grids are laid over each other where a page ends. */
  @media print {
    :host,
    .panel,
    .pair {
      display: block;
    }
    .card {
      margin-bottom: 1rem;
    }
    .head {
      display: block;
      break-inside: avoid;
      break-after: avoid;
    }
  }
  @media (max-width: 640px) {
    .summary {
      grid-template-columns: minmax(0, 1fr);
    }
    .pickers {
      flex: 1 1 100%;
    }
  }
`;
