import { expect } from 'vitest';

/** The largest difference; infinite where there is a NaN or the lengths differ. */
export function apart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
  }
  return most;
}

/** Says how far apart two outputs are, and fails where that is more than `tolerance`; features as a share of the largest. */
export function expectClose(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  relative = false,
): void {
  const scale = relative
    ? Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    : 1;
  const difference = apart(actual, expected) / scale;
  console.info(`${what}: ${difference.toExponential(1)} apart${relative ? ' of the largest' : ''}`);
  expect(difference, what).toBeLessThanOrEqual(tolerance);
}

/** The bytes of a file that is written in pieces. */
export async function joined(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
