import { unsafeCSS } from 'lit';

/** Every colour of the page: [light, dark]. `tokens.test.ts` holds the pairs that carry text to WCAG AA. */
export const palette = {
  page: ['#f5f7f6', '#101413'],
  surface: ['#ffffff', '#191e1d'],
  sunken: ['#ecefed', '#131817'],
  line: ['#d8dedb', '#2e3634'],
  'line-strong': ['#7b8782', '#74807c'],
  ink: ['#14201d', '#e9eeec'],
  muted: ['#4f5c57', '#a7b3ae'],
  accent: ['#07665d', '#5ed3c3'],
  'accent-strong': ['#054f48', '#86e3d6'],
  'on-accent': ['#ffffff', '#04201c'],
  'accent-soft': ['#dff0ec', '#15322d'],
  danger: ['#a8211a', '#ff9d92'],
  'danger-soft': ['#fcebe9', '#3b1f1c'],
  'on-danger': ['#ffffff', '#2d0b08'],
  // One a base, also for those who see fewer colours: `tokens.test.ts` holds them apart for every kind of eye.
  'base-1': ['#1d55b5', '#5c9dff'],
  'base-2': ['#b04a00', '#ffab57'],
  'base-3': ['#4a1157', '#f2cdfb'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type ColourName = keyof typeof palette;

const colours = Object.entries(palette)
  .map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`)
  .join('\n  ');

/** Adopted by the document (`headway-app`); custom properties reach every shadow root from there. */
export const tokens = unsafeCSS(`
:root {
  color-scheme: light dark;
  ${colours}
  --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
  --small: 0.8125rem;
  --radius: 0.625rem;
  --radius-small: 0.375rem;
  --shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 4px 16px rgb(0 0 0 / 4%);
  --quick: 140ms;
  accent-color: var(--accent);
  background: var(--page);
  /* What gets the focus is not to lie under the header or the bar at the foot. */
  scroll-padding: 4rem 0 5rem;
}
@media (prefers-reduced-motion: reduce) {
  :root { --quick: 0s; }
}
/* On paper the page is light, and what carries a meaning by its shade keeps it. */
@page { margin: 14mm 12mm; }
@media print {
  :root { color-scheme: light only; background: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
body {
  margin: 0;
  color: var(--ink);
  font: 1rem/1.5 var(--font);
  -webkit-text-size-adjust: 100%;
}
`);
