/** HTML that is safe to put into a document as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (sign) => signs[sign]!);

export type Content = Markup | string | number | null | false | readonly Content[];

function safe(content: Content): string {
  if (content === null || content === false) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escapeHtml(content);
  return typeof content === 'number' ? String(content) : content.map(safe).join('');
}

/** A template whose values are escaped, between tags and within quoted attributes. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.reduce((all, part, i) => all + safe(values[i - 1] ?? null) + part));
}

export interface TableColumn {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly text?: boolean;
}

/** The first cell of each row is its heading. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  const kind = ({ text = false }: TableColumn) => (text ? 'text' : '');
  return markup`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col" class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (cells) =>
      markup`<tr>${cells.map((cell, i) =>
        i === 0
          ? markup`<th scope="row" class="${kind(columns[0]!)}">${cell}</th>`
          : markup`<td class="${kind(columns[i]!)}">${cell}</td>`,
      )}</tr>`,
  )}</tbody>
</table>`;
}

/** Names with their values. */
export function facts(items: readonly (readonly [name: string, value: Content] | null)[]): Markup {
  return markup`<dl>${items.map(
    (item) => item && markup`<div><dt>${item[0]}</dt><dd>${item[1]}</dd></div>`,
  )}</dl>`;
}

/** A drawing, with words for those who do not see it. `drawing` is an SVG file of ours, which escapes its texts. */
export function figure(drawing: string, words: Content): Markup {
  return markup`<figure>${new Markup(drawing)}<figcaption>${words}</figcaption></figure>`;
}
