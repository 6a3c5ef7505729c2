import { css } from 'lit';

export const appStyles = css`
  :host {
    --page-width: 78rem;
    --page-margin: 1.5rem;
  }
  main,
  footer {
    max-width: var(--page-width);
    margin: 0 auto;
    padding: 0 var(--page-margin);
  }
  main {
    padding-top: 2rem;
  }
  .intro {
    max-width: 46rem;
    margin-bottom: 2rem;
    font-size: 1.25rem;
    line-height: 1.45;
    letter-spacing: -0.01em;
  }
  .errors {
    position: sticky;
    top: 3.5rem;
    z-index: 4;
    max-width: var(--page-width);
    margin: 0 auto;
    padding: 0.5rem var(--page-margin) 0;
  }
  .loading {
    min-height: 60vh;
    padding-top: 4rem;
    color: var(--muted);
  }
  footer {
    padding-top: 1rem;
    padding-bottom: 2rem;
    color: var(--muted);
    font-size: var(--small);
  }
  @media (min-width: 1680px) {
    :host {
      --page-width: 94rem;
    }
  }
  @media print {
    :host {
      --page-margin: 0rem;
    }
  }
  /* Under the row of steps. */
  @media (max-width: 900px) {
    .errors {
      top: 2.5625rem;
      max-height: 45vh;
      overflow: auto;
    }
  }
  @media (max-width: 700px) {
    :host {
      --page-margin: 0.875rem;
    }
    main {
      padding-top: 1.25rem;
    }
    .intro {
      font-size: 1.125rem;
    }
  }
`;
