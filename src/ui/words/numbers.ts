/**
 * Numbers, dates, lists and plurals of the current locale, by Intl. Words are not here, so that those of each
 * language can use this; what counts something in words is in `../format`.
 */
let locale = 'en';

/** Formatters are expensive to make and asked for often: one of each kind, until the locale changes. */
const formatters = new Map<string, unknown>();

/** @param tag BCP 47, e.g. `es-MX`: the region decides on decimal signs and the order of dates. */
export function setLocale(tag: string): void {
  locale = tag;
  formatters.clear();
}

function kept<T>(key: string, make: () => T): T {
  if (!formatters.has(key)) formatters.set(key, make());
  return formatters.get(key) as T;
}

const numbers = (options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept(JSON.stringify(options), () => new Intl.NumberFormat(locale, options));

export const integer = (value: number): string => numbers({ maximumFractionDigits: 0 }).format(value);

/** 23.6 million */
export const large = (value: number): string =>
  numbers({ notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 }).format(value);

/** Three significant digits. */
export const significant = (value: number): string => numbers({ maximumSignificantDigits: 3 }).format(value);

/** 1.2E-7 */
export const scientific = (value: number): string =>
  numbers({ notation: 'scientific', maximumFractionDigits: 1 }).format(value);

/** With so many digits after the sign, no fewer and no more. */
export const fixed = (value: number, digits: number): string =>
  numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** With so many digits after the sign, or fewer. */
export const upTo = (value: number, digits: number): string =>
  numbers({ maximumFractionDigits: digits, useGrouping: false }).format(value);

/** A number as the user gave it, with all its digits: 0.0001. */
export const exactly = (value: number): string =>
  numbers({ maximumSignificantDigits: 21, useGrouping: false }).format(value);

/** A share of 1 as 87.5%. */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  return numbers({
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Decimal units, as downloads are advertised: 94.5 MB. */
export function bytes(value: number): string {
  return byteParts(value)
    .map((part) => part.value)
    .join('');
}

/** The same in two: the number, and its unit with the space before it. */
export function bytesAndUnit(value: number): readonly [number: string, unit: string] {
  const parts = byteParts(value);
  const unit = parts.findIndex(({ type }) => type === 'literal' || type === 'unit');
  const text = (some: readonly Intl.NumberFormatPart[]) => some.map((part) => part.value).join('');
  return [text(parts.slice(0, unit)), text(parts.slice(unit))];
}

function byteParts(value: number): readonly Intl.NumberFormatPart[] {
  const power = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
  return numbers({
    style: 'unit',
    unit: byteUnits[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).formatToParts(value / 1000 ** power);
}

/** Two units at most: 820 ms, 4.2 s, 35 s, 4 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 0.9995) return `${integer(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${significant(Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** The units' signs are international. */
const join = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
  minor === 0
    ? `${integer(major)} ${majorUnit}`
    : `${integer(major)} ${majorUnit} ${integer(minor)} ${minorUnit}`;

export const date = (iso: string): string =>
  kept('date', () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })).format(
    new Date(iso),
  );

/** A list in prose: a, b and c. */
export const list = (items: readonly string[]): string =>
  kept('list', () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items);

/** The form of a word that goes with a number; languages with more forms than two need more here. */
export const plural = (value: number, one: string, other: string): string =>
  kept('plural', () => new Intl.PluralRules(locale)).select(value) === 'one' ? one : other;

/** 1 image, 400 images */
export const counted = (value: number, one: string, other: string): string =>
  `${integer(value)} ${plural(value, one, other)}`;
