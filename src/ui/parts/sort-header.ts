import { html, nothing, type TemplateResult } from 'lit';
import { nextSorting, type Sorting } from '../comparison-view';

/** Of one column: its id, what it is called, and classes to style it by. */
export interface SortHeader {
  readonly id: string;
  readonly title: string;
  readonly classes?: string;
}

/** The heading of a column that sorts the table when it is pressed. */
export function sortHeader(
  { id, title, classes = '' }: SortHeader,
  sorting: Sorting | null,
  onSort: (next: Sorting | null) => void,
): TemplateResult {
  const direction = sorting?.by !== id ? null : sorting.descending ? 'descending' : 'ascending';
  // Chromium repeats headings on every page that a table goes over, but leaves buttons out there.
  return html`<th scope="col" class=${classes} aria-sort=${direction ?? nothing}>
    <button class="on-screen" @click=${() => onSort(nextSorting(sorting, id))}>
      ${title}<span class="arrow" aria-hidden="true"
        >${direction === null ? '' : direction === 'ascending' ? '↑' : '↓'}</span
      >
    </button>
    <span class="on-paper">${title}</span>
  </th>`;
}
