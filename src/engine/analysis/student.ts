/** Of 1 … 10 degrees of freedom. */
const few = [
  12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
] as const;
const z = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t distribution: by table, and for more than ten degrees of freedom by its expansion
 * around the normal quantile (Abramowitz and Stegun 1964, 26.7.5), to 2e-4.
 */
export function student975(freedom: number): number {
  const known = few[freedom - 1];
  if (known !== undefined) return known;
  const v = freedom;
  return (
    z +
    (z ** 3 + z) / (4 * v) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3)
  );
}
