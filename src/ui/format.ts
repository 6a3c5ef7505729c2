import type { Progress } from '../engine/job';
import { words } from './words';
import { bytes, bytesAndUnit, duration, fixed, integer, significant } from './words/numbers';

export {
  bytes,
  date,
  duration,
  exactly,
  fixed,
  integer,
  large,
  list,
  percent,
  scientific,
} from './words/numbers';

/** Three digits after the sign, so that a column of losses lines up. */
export const loss = (value: number): string =>
  Number.isFinite(value) ? fixed(value, 3) : words.units.notANumber;

/** Three significant digits: rates, areas. */
export const decimal = (value: number): string =>
  Number.isFinite(value) ? significant(value) : words.units.notANumber;

export const images = (value: number): string => words.units.images(value);
export const classes = (value: number): string => words.units.classes(value);
export const epochs = (value: number): string => words.units.epochs(value);

/** Time left, coarse enough not to flicker. */
export function timeLeft(seconds: number): string {
  if (seconds < 1) return words.units.aMomentLeft;
  const step = seconds < 20 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
  return words.units.left(duration(Math.ceil(seconds / step) * step));
}

/** 212 of 400 images; 31.5 of 94.5 MB */
export function amount({ done, total, unit }: Progress): string {
  if (unit === 'bytes') {
    const [some, someUnit] = bytesAndUnit(done);
    const [, allUnit] = bytesAndUnit(total);
    return words.units.of(someUnit === allUnit ? some : bytes(done), bytes(total));
  }
  return words.units.of(integer(done), words.units[unit](total));
}

/** 12.3 images/s; below one a second the other way round: 2.5 s per image */
export function rate(perSecond: number, unit: Progress['unit']): string {
  if (unit === 'bytes') return `${bytes(perSecond)}/s`;
  if (perSecond < 1 && perSecond > 0) return words.units.per(duration(1 / perSecond), unit);
  return `${decimal(perSecond)} ${words.units.named[unit]}/s`;
}
