import { describe, expect, it } from 'vitest';
import { palette, type ColourName } from './tokens';

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds: ColourName[] = ['page', 'surface', 'sunken'];
const text: [ColourName, ColourName][] = [
  ...grounds.flatMap((ground): [ColourName, ColourName][] => [
    ['ink', ground],
    ['muted', ground],
    ['accent', ground],
    ['danger', ground],
  ]),
  ['ink', 'accent-soft'],
  ['muted', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['ink', 'danger-soft'],
  ['danger', 'danger-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-danger', 'danger'],
];
/** Control borders and curves: 3 : 1 is enough. */
const graphics: [ColourName, ColourName][] = [
  ['line-strong', 'surface'],
  ['line-strong', 'page'],
  ['base-1', 'surface'],
  ['base-2', 'surface'],
  ['base-3', 'surface'],
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('the %s palette', (_, scheme) => {
  it.each(text)('%s on %s is readable', (ink, ground) => {
    expect(contrast(palette[ink][scheme], palette[ground][scheme])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(graphics)('%s on %s is visible', (ink, ground) => {
    expect(contrast(palette[ink][scheme], palette[ground][scheme])).toBeGreaterThanOrEqual(3);
  });
});
