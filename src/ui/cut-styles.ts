import { css } from 'lit';

export const cutPanelStyles = css`
  :host {
    margin-top: 1.25rem;
  }
  fold-card {
    --fold-gap: 1.125rem;
  }
  .base,
  .above {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.125rem;
  }
  fold-card > p {
    max-width: 46rem;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: center;
  }
  .choice label {
    font-weight: 550;
  }
  .choice select {
    width: auto;
    max-width: 100%;
  }
  /* Five of them, on one line of a tablet. */
  @media (max-width: 900px) {
    stat-list {
      --stat-width: 6.5rem;
    }
  }
  .network {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem 1.5rem;
  }
  .legend li {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }
  .swatch {
    flex: none;
    width: 1.125rem;
    height: 1.125rem;
    border: 1.5px solid var(--colour);
    border-radius: 2px;
    background: var(--colour);
  }
  .swatch.trained {
    background: repeating-linear-gradient(135deg, var(--colour) 0 2px, var(--surface) 2px 6px);
  }
  .swatch.removed {
    border: 1.5px dashed var(--line-strong);
    background: none;
  }
  .above {
    --option-width: 18rem;
    padding: 1rem 0 1.25rem;
  }
  summary {
    width: fit-content;
    max-width: 100%;
  }
  summary strong {
    font-weight: 600;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 18rem));
    gap: 1rem 1.25rem;
  }
  .obstacle {
    margin-top: 0.5rem;
    color: var(--danger);
  }
`;
