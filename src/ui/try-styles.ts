import { css } from 'lit';

export const tryStyles = css`
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    padding: 1rem;
  }
  .over {
    border-color: var(--accent);
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
  }
  header > div:first-child {
    flex: 1 1 20rem;
  }
  input[type='file'] {
    display: none;
  }
  .answer {
    display: grid;
    grid-template-columns: 14rem minmax(0, 1fr);
    gap: 1rem 1.5rem;
    align-items: start;
  }
  .picture {
    position: sticky;
    top: 4.5rem;
  }
  .picture img {
    display: block;
    width: 100%;
    max-height: 16rem;
    object-fit: contain;
    border-radius: var(--radius-small);
    background: var(--sunken);
  }
  .runs {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
    gap: 1.5rem 2rem;
  }
  .trouble {
    margin-top: 0.5rem;
    padding: 0.75rem 1rem;
    border-radius: var(--radius-small);
    background: var(--danger-soft);
  }
  @media (max-width: 700px) {
    .answer {
      grid-template-columns: minmax(0, 1fr);
    }
    .picture {
      position: static;
    }
  }
`;
