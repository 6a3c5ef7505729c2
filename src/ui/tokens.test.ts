import { describe, expect, it } from 'vitest';
import { palette, type ColourName } from './tokens';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

const dot = ([a, b, c]: Triple, [x, y, z]: Triple) => a * x + b * y + c * z;
const times = ([x, y, z]: Matrix, v: Triple): Triple => [dot(x, v), dot(y, v), dot(z, v)];

/** Linear red, green and blue of an sRGB colour, 0 … 1. */
function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, relative luminance. */
const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

/** From linear sRGB to what is left of it for eyes without one kind of cone (Machado et al. 2009, severity 1). */
const eyes: Readonly<Record<string, Matrix>> = {
  'all three kinds of cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIELAB under D65 of linear sRGB. */
function lab(rgb: Triple): Triple {
  const inside = rgb.map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], inside) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], inside));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], inside) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE 1976 difference of two colours to an eye; 2.3 is just noticeable. */
function difference(a: string, b: string, eye: Matrix): number {
  const [p, q] = [lab(times(eye, linear(a))), lab(times(eye, linear(b)))];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
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
  it.each(Object.entries(eyes))('tells bases apart to an eye with %s', (_name, eye) => {
    const [one, two, three] = [
      palette['base-1'][scheme],
      palette['base-2'][scheme],
      palette['base-3'][scheme],
    ];
    for (const [a, b] of [
      [one, two],
      [one, three],
      [two, three],
    ] as const)
      expect(difference(a, b, eye)).toBeGreaterThan(25);
  });
});
