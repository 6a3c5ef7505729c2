import { css } from 'lit';

/** Radio buttons as cards in a row, each with a title and a line of text; `--option-width`: of the narrowest. */
export const optionCards = css`
  legend {
    padding: 0;
    margin-bottom: 0.5rem;
    font-weight: 650;
  }
  .options {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(var(--option-width, 14rem), 100%), 1fr));
    gap: 0.75rem;
  }
  .option {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.125rem 0.625rem;
    align-content: start;
    padding: 0.75rem 0.875rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    cursor: pointer;
  }
  .option:has(:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .option:has(:disabled) {
    border-color: var(--line);
    background: var(--sunken);
    cursor: default;
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
`;

/** A table that scrolls sideways in a box of its own: a shadow at the edge, for as long as columns are hidden there. */
export const scrollEdge = css`
  .scroll {
    overflow-x: auto;
    overscroll-behavior-x: contain;
    background:
      linear-gradient(to left, var(--surface) 40%, transparent) right / 2.5rem 100% no-repeat local,
      linear-gradient(to left, color-mix(in srgb, var(--ink) 28%, transparent), transparent) right / 0.875rem
        100% no-repeat scroll;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  @media print {
    .scroll {
      overflow: visible;
      background: none;
    }
  }
`;

/** A dialog over the page; its width is its own. */
export const dialogs = css`
  dialog {
    width: min(var(--dialog-width, 28rem), calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog h2 {
    font-size: 1.1875rem;
    line-height: 1.3;
  }
  dialog h2,
  dialog p {
    overflow-wrap: anywhere;
  }
  dialog .row {
    justify-content: flex-end;
  }
`;

/** Something to know about the page as a whole, on top of it. */
export const banners = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    margin-bottom: 0.5rem;
    padding: 0.5rem 1rem;
    border: 1px solid var(--accent);
    border-radius: var(--radius);
    background: var(--accent-soft);
  }
  .notice p {
    flex: 1 1 16rem;
  }
`;

/** Something that is wrong: a sign, and beside it what it is. */
export const notices = css`
  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.25rem 0.75rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--danger);
    border-radius: var(--radius);
    background: var(--danger-soft);
  }
  .sign {
    padding-top: 0.1875rem;
    color: var(--danger);
  }
  .message {
    font-weight: 600;
  }
`;

/** What is computed from a finished run when it is asked for: a card with a heading, an answer and its method. */
export const analysisCards = css`
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
    padding: 1rem;
  }
  h4 {
    font-size: 1rem;
    font-weight: 650;
  }
  p {
    max-width: 75ch;
  }
  .answer {
    font-weight: 550;
  }
  .begin {
    justify-self: start;
  }
`;
