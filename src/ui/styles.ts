import { css } from 'lit';

/** For every element: box sizes, headings, focus rings, text that only screen readers meet. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h2,
  h3,
  h4,
  p,
  dl,
  dd,
  ul,
  ol,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  p {
    text-wrap: pretty;
  }
  ul,
  ol {
    list-style: none;
  }
  h3 {
    font-size: 1.0625rem;
    font-weight: 650;
    line-height: 1.3;
  }
  a {
    color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
  }
  .muted {
    color: var(--muted);
  }
  .small {
    font-size: var(--small);
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  .ellipsis {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .card {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }
  .on-paper {
    display: none;
  }
  @media print {
    /* What is there to be set or pressed says nothing on paper. */
    .on-screen {
      display: none !important;
    }
    .on-paper {
      display: inline;
    }
    .card,
    tr,
    figure {
      break-inside: avoid;
    }
    h2,
    h3,
    h4 {
      break-after: avoid;
    }
  }
`;

/** Native controls, dressed by the tokens. */
export const controls = css`
  button,
  .button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.5rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    font-weight: 550;
    line-height: 1.25;
    text-decoration: none;
    cursor: pointer;
    transition: background-color var(--quick);
  }
  button:hover {
    background: var(--sunken);
  }
  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  button.primary:hover {
    border-color: var(--accent-strong);
    background: var(--accent-strong);
  }
  button.danger {
    border-color: var(--danger);
    background: var(--danger);
    color: var(--on-danger);
  }
  button.quiet {
    border-color: transparent;
    background: none;
    color: var(--accent);
  }
  button.quiet:hover {
    background: var(--accent-soft);
  }
  button.quiet.danger {
    color: var(--danger);
  }
  button.quiet.danger:hover {
    background: var(--danger-soft);
  }
  button.small {
    min-height: 2rem;
    padding: 0.125rem 0.625rem;
    font-size: var(--small);
  }
  button:disabled,
  button[aria-disabled='true'] {
    border-color: var(--line);
    background: var(--sunken);
    color: var(--muted);
    cursor: not-allowed;
  }
  button.quiet:disabled,
  button.quiet[aria-disabled='true'] {
    border-color: transparent;
    background: none;
  }
  input:not([type='checkbox'], [type='radio'], [type='file']),
  select {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
  }
  input:disabled,
  select:disabled {
    border-color: var(--line);
    background: var(--sunken);
    color: var(--muted);
    cursor: not-allowed;
  }
  input[aria-invalid='true'] {
    border-color: var(--danger);
    box-shadow: inset 0 0 0 1px var(--danger);
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 1.125rem;
    height: 1.125rem;
    margin: 0;
    flex: none;
    accent-color: var(--accent);
  }
  summary {
    cursor: pointer;
    border-radius: var(--radius-small);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  /* Nobody presses paper; cells of a matrix are pictures there, and headers of a table its words. */
  @media print {
    button:not(td *, th *, [role]) {
      display: none !important;
    }
  }
`;
