import { describe, expect, it } from 'vitest';
import { Job } from '../job';
import { Random } from '../random';
import { closePairs } from './close-pairs';
import { rowCosine } from './feature-similarity';

const random = new Random(1, 'close pairs');

/** Rows as after a relu and a mean over places: positive, each value with a scale of its own; of length 1. */
function rowsOf(
  n: number,
  width: number,
  planted: readonly (readonly [number, number, number])[],
): Float32Array {
  const rows = new Float32Array(n * width);
  const scales = Array.from({ length: width }, () => Math.exp(random.normal()));
  const unit = (row: Float32Array) => {
    const length = Math.hypot(...row);
    row.forEach((value, i) => (row[i] = value / length));
  };
  for (let from = 0; from < rows.length; from += width) {
    const row = rows.subarray(from, from + width);
    for (let i = 0; i < width; i++) row[i] = scales[i]! * Math.max(0, random.normal());
    unit(row);
  }
  for (const [from, to, noise] of planted) {
    const copy = rows.subarray(to * width, (to + 1) * width);
    copy.set(
      rows.subarray(from * width, (from + 1) * width).map((value) => value * (1 + noise * random.normal())),
    );
    unit(copy);
  }
  return rows;
}

describe('closePairs', () => {
  it('finds what comparing all with all in full finds, and no other', async () => {
    const width = 100;
    const planted = Array.from({ length: 30 }, (_, i) => [i, 299 - i, i / 40] as const);
    const rows = rowsOf(300, width, planted);
    const expected: string[] = [];
    for (let b = 0; b < 300; b++)
      for (let a = 0; a < b; a++) if (rowCosine(rows, width, a, b) >= 0.95) expected.push(`${a} ${b}`);
    const found = await closePairs(rows, width, 0.95, new Job());
    expect(found.map(({ a, b }) => `${a} ${b}`).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(5);
    expect(expected.length).toBeLessThan(100);
    for (const { a, b, similarity } of found) expect(similarity).toBeCloseTo(rowCosine(rows, width, a, b), 5);
  });

  it('knows no pairs of one or none', async () => {
    expect(await closePairs(new Float32Array(), 8, 0.9, new Job())).toEqual([]);
    expect(await closePairs(Float32Array.of(1, 0), 2, 0.9, new Job())).toEqual([]);
  });

  it('lets itself be stopped', async () => {
    const job = new Job();
    const search = closePairs(rowsOf(2_000, 256, []), 256, 0.95, job);
    job.cancel();
    await expect(search).rejects.toMatchObject({ code: 'cancelled' });
  });
});
