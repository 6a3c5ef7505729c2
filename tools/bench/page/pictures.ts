import { photograph } from '../../../src/engine/bases/real-images.test-helper.ts';

/** Two photographs by turns, as squares [n, side, side, 3]. */
export async function pictures(n: number, side: number): Promise<Uint8Array> {
  const length = side * side * 3;
  const squares = new Uint8Array(n * length);
  const photographs = await Promise.all(
    ['cat', 'coffee'].map((name) => photograph(`/e2e/photos/${name}.jpg`, side, true)),
  );
  for (let i = 0; i < n; i++) squares.set(photographs[i % photographs.length]!, i * length);
  return squares;
}
