import type { Progress } from '../engine/job';

/** The page is in English, and so are its numbers. */
const locale = 'en';

const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(locale, {
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 3,
});
const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export const integer = (value: number): string => plain.format(value);
/** 23.6 million */
export const large = (value: number): string => compact.format(value);
/** Three significant digits: losses, rates. */
export const decimal = (value: number): string =>
  Number.isFinite(value) ? significant.format(value) : 'not a number';
/** A share of 1 as 87.5%. */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Decimal units, as downloads are advertised: 94.5 MB. */
export function bytes(value: number): string {
  const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(value / 1000 ** power);
}

/** 1 image, 400 images */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${integer(value)} ${value === 1 ? one : many}`;
}
export const images = (value: number): string => count(value, 'image');
export const classes = (value: number): string => count(value, 'class', 'classes');
export const epochs = (value: number): string => count(value, 'epoch');

/** Two units at most: 820 ms, 4.2 s, 35 s, 4 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 0.9995) return `${integer(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${significant.format(Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const join = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
  minor === 0
    ? `${integer(major)} ${majorUnit}`
    : `${integer(major)} ${majorUnit} ${integer(minor)} ${minorUnit}`;

/** Time left, coarse enough not to flicker. */
export function timeLeft(seconds: number): string {
  if (seconds < 1) return 'a moment left';
  const step = seconds < 20 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
  return `${duration(Math.ceil(seconds / step) * step)} left`;
}

/** 212 of 400 images; 31.5 of 94.5 MB */
export function amount({ done, total, unit }: Progress): string {
  if (unit === 'bytes') {
    const all = bytes(total);
    const some = bytes(done);
    const unitOf = (text: string) => text.slice(text.lastIndexOf(' '));
    return unitOf(all) === unitOf(some)
      ? `${some.slice(0, some.lastIndexOf(' '))} of ${all}`
      : `${some} of ${all}`;
  }
  const all = unit === 'images' ? images(total) : unit === 'fits' ? count(total, 'fit') : epochs(total);
  return `${integer(done)} of ${all}`;
}

/** 12.3 images/s; below one a second the other way round: 2.5 s per image */
export function rate(perSecond: number, unit: Progress['unit']): string {
  if (unit === 'bytes') return `${bytes(perSecond)}/s`;
  if (perSecond < 1 && perSecond > 0) return `${duration(1 / perSecond)} per ${unit.slice(0, -1)}`;
  return `${decimal(perSecond)} ${unit}/s`;
}

export const date = (iso: string): string => moment.format(new Date(iso));

/** A list in prose: a, b and c. */
export const list = (items: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
