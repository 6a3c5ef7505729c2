import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { articleCurveOf, articleCurves } from './histories';
import { articleIndices } from './indices';
import { epochsAhead, faultsOf } from './known-faults';
import { articleSettings } from './settings';

const folder = new URL('../../../../shared/fixtures/article-2017/', import.meta.url);
const available = existsSync(folder);
if (!available)
  console.info("Skipped: the article's data is not beside this checkout (fixtures/article-2017).");

const sides = ['train', 'validation'] as const;

describe("the article's images", () => {
  it('are 2,000 and 2,000 of the training set, none of them twice', () => {
    const all = sides.flatMap((share) => [...articleIndices(share)]);
    expect(all).toHaveLength(4000);
    expect(new Set(all).size).toBe(4000);
    expect(Math.max(...all)).toBeLessThan(50_000);
  });

  it.skipIf(!available).each(sides)('are those of the fixture: %s', (share) => {
    const indices: unknown = JSON.parse(readFileSync(new URL(`${share}-indices.json`, folder), 'utf8'));
    expect([...articleIndices(share)]).toEqual(indices);
  });
});

describe("the article's curves", () => {
  it('end as published', () => {
    const ends = articleCurves.map(({ id, history }) => [id, history.length, history.at(-1)!.valAccuracy]);
    expect(ends).toEqual([
      ['keras', 10, 0.7089],
      ['inception', 10, 0.6895],
      ['vgg', 10, 0.7705],
      ['resnet', 10, 0.9975],
    ]);
  });

  it.skipIf(!available)('are those of the fixture', () => {
    const text = readFileSync(new URL('histories.json', folder), 'utf8');
    const histories = JSON.parse(text) as Record<string, Record<string, number[]>>;
    for (const { id, history } of articleCurves)
      expect({
        acc: history.map(({ accuracy }) => accuracy),
        loss: history.map(({ loss }) => loss),
        val_acc: history.map(({ valAccuracy }) => valAccuracy),
        val_loss: history.map(({ valLoss }) => valLoss),
      }).toEqual(histories[id]);
  });

  it('tell the leak by themselves: validation ahead of the next epoch’s training', () => {
    const ahead = articleCurves.map(({ id, history }) => [id, epochsAhead(history)]);
    expect(Object.fromEntries(ahead)).toEqual({
      keras: { ahead: 0, of: 9 },
      inception: { ahead: 0, of: 9 },
      vgg: { ahead: 0, of: 9 },
      resnet: { ahead: 7, of: 9 },
    });
  });

  it('carry their faults', () => {
    const faults = articleCurves.map(({ id }) => [id, faultsOf(id).map((fault) => fault.id)]);
    expect(Object.fromEntries(faults)).toEqual({
      keras: [],
      inception: ['batch-statistics'],
      vgg: [],
      resnet: ['validation-leak', 'batch-statistics'],
    });
    expect(articleCurveOf('resnet50').id).toBe('resnet');
  });

  it('were trained with batches of 128 for InceptionV3 and of 16 after it', () => {
    const sizes = (['inception-v3', 'vgg16', 'resnet50'] as const).map((id) => articleSettings(id).batchSize);
    expect(sizes).toEqual([128, 16, 16]);
  });
});
