import { describe, expect, it } from 'vitest';
import { Budget, inOrder } from './budget';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('Budget', () => {
  it('never has more in flight than it holds, but lets through what is too large by itself', async () => {
    const budget = new Budget(10);
    let load = 0;
    let peak = 0;
    const finished: number[] = [];
    await Promise.all(
      [4, 4, 4, 25, 1, 9, 2].map((cost, i) =>
        budget.spend(cost, async () => {
          load += Math.min(cost, 10);
          peak = Math.max(peak, load);
          await tick();
          load -= Math.min(cost, 10);
          finished.push(i);
        }),
      ),
    );
    expect(peak).toBe(10);
    expect(finished).toHaveLength(7);
  });

  it('gives back what failed work had taken', async () => {
    const budget = new Budget(1);
    await expect(budget.spend(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await budget.spend(1, () => Promise.resolve('yes'))).toBe('yes');
  });
});

describe('inOrder', () => {
  it('keeps the order, the width and the capacity', async () => {
    let running = 0;
    let peak = 0;
    const results: number[] = [];
    const work = async (n: number) => {
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setTimeout(resolve, 8 - n));
      running--;
      return n;
    };
    for await (const n of inOrder([1, 2, 3, 4, 5, 6, 7], work, 3)) results.push(n);
    expect(results).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(peak).toBe(3);
    peak = 0;
    for await (const n of inOrder([1, 2, 3], work, 3, 10, () => 6)) results.push(n);
    expect(peak).toBe(1);
  });

  it('waits for what it began when the reader stops', async () => {
    let finished = 0;
    const work = async () => {
      await tick();
      return ++finished;
    };
    const results = inOrder([1, 2, 3, 4, 5], work, 2);
    await results.next();
    await results.return();
    expect(finished).toBeGreaterThanOrEqual(2);
    const after = finished;
    await tick();
    await tick();
    expect(finished).toBe(after);
  });
});
