import { beforeAll, describe, expect, it } from 'vitest';
import { Job } from '../job';
import { curveAlarm } from '../results/curve-alarm';
import { defaultRunRequest, type TrainRequest } from '../run';
import { openStorage } from '../storage';
import { articleSide, hasArticle } from './article.test-helper';
import { collect, plainOptions, useBackend } from './training.test-helper';
import { trainHead } from './train';
import { trainRun } from './train-run';

describe('the article’s leak', () => {
  it('is refused: what trains does not judge', async () => {
    const side = { ids: ['1', '2'], labels: Uint16Array.of(0, 1) };
    const request: TrainRequest = {
      request: defaultRunRequest,
      base: 'vgg16',
      split: {
        classes: ['a', 'b'],
        train: side,
        validation: side,
        test: { ids: [], labels: new Uint16Array() },
      },
      extraction: {
        spec: {
          base: 'vgg16',
          weightsDigest: '',
          inputSize: 224,
          resize: 'stretch',
          cut: 'block5_pool',
          numberFormat: 'float32',
        },
        backend: 'wasm',
        weights: { source: '', precision: 'float32', licence: '', bytes: 0 },
        failed: [],
        timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null },
      },
    };
    const nothing = () => undefined;
    await expect(trainRun(openStorage('leak'), request, new Job(), nothing, nothing)).rejects.toMatchObject({
      code: 'split-overlap',
    });
  });

  describe.skipIf(!hasArticle)('without the guard', () => {
    beforeAll(() => useBackend('wasm'));

    it('inflates the accuracy to about 0.96, and the curves tell', async () => {
      const train = await articleSide('train');
      const spec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 } as const;
      const [history] = await collect(
        trainHead(spec, { ...plainOptions, batchSize: 16, seed: 4 }, train, train, new Job()),
      );
      const alarm = curveAlarm(history, 0);
      const { valAccuracy } = history.at(-1)!;
      console.info(`the leak on VGG16: ${valAccuracy}; alarm: ${alarm?.ahead} of ${alarm?.of} epochs`);
      expect(valAccuracy).toBeGreaterThan(0.94);
      expect(valAccuracy).toBeLessThan(0.98);
      expect(alarm).not.toBeNull();
    }, 300_000);
  });
});
