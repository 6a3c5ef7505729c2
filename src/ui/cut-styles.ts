import { css } from 'lit';

export const cutPanelStyles = css`
  :host {
    margin-top: 1.25rem;
  }
  .card,
  .base,
  .above {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.125rem;
  }
  .card {
    padding: 1rem 1.125rem;
  }
  .card > p {
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
  .above legend {
    padding: 0;
    margin-bottom: 0.5rem;
    font-weight: 650;
  }
  .options {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
    gap: 0.75rem;
  }
  .option {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 0.625rem;
    align-content: start;
    padding: 0.75rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    cursor: pointer;
  }
  .option:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .option input {
    margin-top: 0.1875rem;
  }
  .option .title {
    font-weight: 600;
  }
  .option .small {
    grid-column: 2;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 18rem));
    gap: 1rem 1.25rem;
  }
  .obstacle {
    color: var(--danger);
  }
`;
