import { svg, html, type TemplateResult } from 'lit';

/** Strokes on a 20 × 20 grid. */
const paths = {
  folder: 'M2.5 5.5v9a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-7a1 1 0 0 0-1-1H10L8 4.5H3.5a1 1 0 0 0-1 1Z',
  image: 'M3.5 3.5h13v13h-13zM3.5 13l4-4 4 4 2-2 3 3M12.5 7.5h.01',
  sample: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  close: 'm5.5 5.5 9 9m0-9-9 9',
  pause: 'M7 5v10M13 5v10',
  play: 'M6.5 4.5v11l9-5.5z',
  retry: 'M15.5 10a5.5 5.5 0 1 1-1.6-3.9l1.6 1.6M15.5 3.7v4h-4',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10h7.6l.7-10M8.5 9v4.5M11.5 9v4.5',
  pencil: 'm4 16 .7-3.2L13 4.5l2.5 2.5-8.3 8.3zM11.5 6l2.5 2.5',
  download: 'M10 3.5v9m-4-3.8 4 4 4-4M4 16.5h12',
  lock: 'M5.5 9h9v7h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  camera: 'M3 6.5h3l1.5-2h5l1.5 2h3v9H3zM10 8.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z',
  disk: 'M3.5 5.5c0-3 13-3 13 0v9c0 3-13 3-13 0zM3.5 5.5c0 3 13 3 13 0M3.5 10c0 3 13 3 13 0',
  chip: 'M6 6h8v8H6zM8 3.5V6m4-2.5V6M8 14v2.5m4-2.5v2.5M3.5 8H6m-2.5 4H6m8-4h2.5M14 12h2.5',
  pin: 'M7 3.5h6M8 3.5v4.7L5.5 12h9L12 8.2V3.5M10 12v4.5',
  open: 'm7.5 5 5 5-5 5',
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 9.5V14M10 6.5h.01',
  warning: 'M10 3.5 17 16H3zM10 8.5v3.5M10 14h.01',
} as const;

export type IconName = keyof typeof paths;

/** Decoration beside a text or an `aria-label`; never the only carrier of a meaning. */
export function icon(name: IconName, size = 18): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${svg`<path d=${paths[name]}></path>`}
  </svg>`;
}
