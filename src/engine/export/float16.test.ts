import { expect, test } from 'vitest';
import { fromFloat16 } from '../bases/formats/halves';
import { Random } from '../random';
import { toFloat16 } from './float16';

test('every float16 there is survives the way to float32 and back', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, i) => i).filter((half) => ((half >> 10) & 31) !== 31);
  expect(toFloat16(fromFloat16(all))).toEqual(all);
});

test('numbers between two are rounded to the nearer one, ties to even', () => {
  // numpy: np.float32([...]).astype(np.float16).view(np.uint16)
  const values = [
    1 + 2 ** -11,
    1 + 3 * 2 ** -11,
    1 + 2 ** -11 + 2 ** -23,
    2 ** -25,
    3 * 2 ** -25,
    0.1,
    -0.3,
    65519,
  ];
  expect([...toFloat16(Float32Array.from(values))]).toEqual([
    0x3c00, 0x3c02, 0x3c01, 0x0000, 0x0002, 0x2e66, 0xb4cd, 0x7bff,
  ]);
});

test('no rounding is off by more than half a step', () => {
  const random = new Random(1, 'float16');
  const values = Float32Array.from(
    { length: 20_000 },
    () => random.normal() * 10 ** (8 * random.uniform() - 7),
  );
  const back = fromFloat16(toFloat16(values));
  for (const [i, value] of values.entries())
    expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
});

test.each([65520, -1e9, Infinity, NaN])('%f is refused', (value) => {
  expect(() => toFloat16(Float32Array.of(1, value))).toThrow('does not fit into 16 bits');
});

test('a view into a larger buffer is read where it begins', () => {
  expect([...toFloat16(Float32Array.of(9, 1, -2).subarray(1))]).toEqual([0x3c00, 0xc000]);
});
