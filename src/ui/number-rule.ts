export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

/** What is wrong with a number, as a sentence; empty when nothing is. */
export function checkNumber(value: number, { min, max, integer }: NumberRule): string {
  if (!Number.isFinite(value)) return 'Enter a number.';
  if (integer && !Number.isInteger(value)) return 'Enter a whole number.';
  if (value < min) return `The least is ${min}.`;
  if (value > max) return `The most is ${max}.`;
  return '';
}
