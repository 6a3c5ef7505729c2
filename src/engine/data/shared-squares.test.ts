import { beforeEach, describe, expect, it } from 'vitest';
import type { ImageId, InputSpec } from './records';
import { SharedSquares, type MakeSquares, type SquareLane } from './shared-squares';

const spec = (size: number): InputSpec => ({ size, resize: 'stretch' });
const ids = (n: number): ImageId[] => Array.from({ length: n }, (_, i) => String(i + 1));
const length = (size: number) => size * size * 3;

let decoded: ImageId[];
let sizes: number[];
beforeEach(() => {
  [decoded, sizes] = [[], []];
});

/** A square is filled with the image's number. */
const make: MakeSquares = async (id, specs) => {
  decoded.push(id);
  sizes.push(...specs.map(({ size }) => size));
  await new Promise((resolve) => setTimeout(resolve, 1));
  return specs.map(({ size }) => new Uint8Array(length(size)).fill(Number(id)));
};

async function take(lane: SquareLane, from: number, n: number, size: number): Promise<void> {
  const batch = ids(from + n).slice(from);
  const squares = await lane.squares(batch);
  expect(squares).toEqual(
    Uint8Array.from(batch.flatMap((id) => new Array<number>(length(size)).fill(Number(id)))),
  );
}

describe('SharedSquares', () => {
  it('decodes each image once for lanes in step, whoever comes first', async () => {
    const shared = new SharedSquares(make);
    const [a, b, c] = [shared.join(spec(2)), shared.join(spec(3)), shared.join(spec(2))];
    for (let from = 0; from < 40; from += 8)
      await Promise.all([take(a, from, 8, 2), take(b, from, 8, 3), take(c, from, 8, 2)]);
    expect(decoded.toSorted()).toEqual(ids(40).toSorted());
    // Two lanes of one size share one square.
    expect(sizes.filter((size) => size === 2)).toHaveLength(40);
    expect(shared.keptBytes).toBe(0);
  });

  it('keeps for a lane that is behind, within bounds, and decodes again what went', async () => {
    const shared = new SharedSquares(make, 10 * length(3));
    const [a, b] = [shared.join(spec(2)), shared.join(spec(3))];
    await take(a, 0, 8, 2);
    expect(shared.keptBytes).toBe(8 * length(3));
    await take(a, 8, 32, 2);
    expect(shared.keptBytes).toBeLessThanOrEqual(10 * length(3));
    await take(b, 0, 40, 3);
    expect(decoded).toHaveLength(40 + 30);
    // Nothing is made again for the lane that had it.
    expect(sizes.filter((size) => size === 2)).toHaveLength(40);
    expect(shared.keptBytes).toBe(0);
  });

  it('makes nothing for lanes that have gone, and forgets what was kept for them', async () => {
    const shared = new SharedSquares(make);
    const [a, b] = [shared.join(spec(2)), shared.join(spec(3))];
    await take(a, 0, 4, 2);
    expect(shared.keptBytes).toBe(4 * length(3));
    b.close();
    expect(shared.keptBytes).toBe(0);
    await take(a, 4, 4, 2);
    expect(sizes.slice(-4)).toEqual([2, 2, 2, 2]);
  });

  it('gives every lane the error of an image that cannot be read, and tries again when asked again', async () => {
    let broken = true;
    const shared = new SharedSquares((id, specs) =>
      broken && id === '2' ? Promise.reject(new Error('unreadable')) : make(id, specs),
    );
    const [a, b] = [shared.join(spec(2)), shared.join(spec(3))];
    const outcomes = await Promise.allSettled([a.squares(ids(4)), b.squares(ids(4))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    for (const id of ['1', '3', '4']) await a.squares([id]);
    broken = false;
    await take(a, 1, 1, 2);
    await take(b, 1, 1, 3);
  });

  it('lets a lane ask for the same image again', async () => {
    const shared = new SharedSquares(make);
    const [a, b] = [shared.join(spec(2)), shared.join(spec(3))];
    await take(a, 0, 1, 2);
    await take(a, 0, 1, 2);
    await take(b, 0, 1, 3);
    expect(decoded).toEqual(['1', '1']);
    expect(shared.keptBytes).toBe(0);
  });
});
