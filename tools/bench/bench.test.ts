import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';
import { report } from './report.ts';
import { replaceFigures, type BenchResults, type Comparison } from './results.ts';
import { inTurns, orderOf, ratios, spread } from './statistics.ts';

const machine = {
  ...{ system: 'Linux', processor: 'P', cores: 2, memoryGiB: 8 },
  ...{ browser: 'Chromium 1', node: '20' },
};
const comparison: Comparison = {
  ...{ kind: 'comparison', section: 'head', title: 'A head', unit: 'examples/s', subject: 'ours' },
  rates: { ours: [10, 12, 90], stock: [5, 4, 10], native: [100, 100, 100] },
  targets: [{ baseline: 'stock', atLeast: 2.5 }],
  note: 'as it was',
};
const when = { measuredOn: '2026-01-01', loadBefore: 0.1, machine };
const head: BenchResults = [
  { ...comparison, ...when },
  { kind: 'measure', section: 'head', title: 'Size', unit: 'KB', value: 1234.5, atMost: 1000, ...when },
];

describe('benchmarks', () => {
  it('take the middle, the least and the most, and ratios by round', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
    expect(spread([4, 1, 2, 3]).median).toBe(2.5);
    expect(ratios([10, 12, 90], [5, 4, 10])).toEqual({ median: 3, low: 2, high: 9 });
    expect(() => ratios([1], [1, 2])).toThrow(RangeError);
    expect(() => spread([])).toThrow('Nothing was measured');
  });

  it('let everyone begin', async () => {
    expect([0, 1, 2, 3].map((round) => orderOf(['a', 'b', 'c'], round).join(''))).toEqual([
      ...['abc', 'bca', 'cab', 'abc'],
    ]);
    let now = 0;
    const rates = await inTurns(['a', 'b'], 2, () => Promise.resolve(now++));
    expect(rates).toEqual({ a: [0, 3], b: [1, 2] });
  });

  it('say what is met and what is not', () => {
    const text = report(head);
    expect(text).toContain('| A head | 12 examples/s | stock: 5 | **3 ×** (2–9) | ✓ ≥ 2.5 |');
    expect(text).toContain('| native: 100 | **0.12 ×** (0.1–0.9) |  |');
    expect(text).toContain('| Size | 1,235 KB | ✗ ≤ 1,000 KB |');
    expect(text).toContain('- A head: as it was.');
    expect(text).toContain('load average before 0.1.');
    expect(text).toContain('Not measured.');
  });

  it('keep what was not measured again', () => {
    const again = { ...head[0]!, loadBefore: 2 };
    const other = { ...head[1]!, section: 'extraction', title: 'Other' } as const;
    const all = replaceFigures(head, [other, again]);
    expect(all).toEqual([other, again, head[1]]);
    expect(report(all)).toContain('load average before 0.1 to 2.');
  });

  it('read their options', () => {
    expect(parseOptions([])).toMatchObject({ rounds: 5, rehearsal: false, sections: { length: 5 } });
    expect(parseOptions(['--sections', 'bundle,head']).sections).toEqual(['head', 'bundle']);
    expect(() => parseOptions(['--sections', 'speed'])).toThrow('--sections takes some of');
    expect(() => parseOptions(['--rounds', '0'])).toThrow('--rounds takes a whole number');
  });
});
