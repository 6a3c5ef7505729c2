import { css } from 'lit';

/** The classes beside the pictures of the chosen one; above them on a narrow page. */
export const dataStyles = css`
  :host {
    display: grid;
    gap: 1rem;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    justify-content: space-between;
  }
  .browser {
    display: grid;
    grid-template-columns: minmax(12rem, 18rem) minmax(0, 1fr);
  }
  .browser class-list {
    border-right: 1px solid var(--line);
  }
  .busy {
    display: flex;
    gap: 1rem;
    align-items: center;
    padding: 0.875rem 1rem 0.625rem;
  }
  .busy progress-bar {
    flex: 1;
  }
  @media print {
    .browser {
      display: block;
      break-inside: auto;
    }
    .browser class-list {
      border-right: 0;
    }
    class-gallery {
      display: none;
    }
  }
  @media screen and (max-width: 700px) {
    .browser {
      grid-template-columns: minmax(0, 1fr);
    }
    .browser class-list {
      border-right: 0;
      border-bottom: 1px solid var(--line);
      --list-height: 14rem;
    }
  }
`;
