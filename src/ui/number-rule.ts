import { words } from './words';
export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** What is wrong with a number, as a sentence; empty when nothing is. */
export function checkNumber(value: number, { min, max, integer }: NumberRule): string {
  if (!Number.isFinite(value)) return words.page.enterNumber;
  if (integer && !Number.isInteger(value)) return words.page.enterWhole;
  if (value < min) return words.page.least(min);
  if (value > max) return words.page.most(max);
  return '';
}
