import { expose } from 'comlink';
import { bottleneckSpec } from '../../../src/engine/features/estimate.ts';
import { chunkSize, FeatureStore } from '../../../src/engine/features/store.ts';
import { trainRun } from '../../../src/engine/heads/train-run.ts';
import { Job } from '../../../src/engine/job.ts';
import { Random } from '../../../src/engine/random.ts';
import { defaultRunRequest, type Extraction, type LabelledIds } from '../../../src/engine/run.ts';
import { openStorage } from '../../../src/engine/storage.ts';
import type { Contestant } from './contestant.ts';
import type { ScaleOptions, ScaleTask } from './scale-task.ts';

const width = 2048;
const classes = 10;
const epochs = 2;
const spec = bottleneckSpec('resnet50', 'f'.repeat(64), 'stretch');
const storage = openStorage('bench-scale');
const idOf = (i: number) => String(i).padStart(64, '0');

/** The last leg of a run: features out of the store, a head trained on them, and its evaluation. */
const scale: Contestant = {
  async prepare(given) {
    const { sizes } = given as ScaleTask;
    const store = new FeatureStore(storage);
    const present = await store.presentIds(spec);
    const random = new Random(1, 'features');
    const noise = Float32Array.from({ length: 1 << 20 }, () => random.normal());
    for (let from = present.size; from < Math.max(...sizes); from += chunkSize) {
      const ids = Array.from({ length: chunkSize }, (_, i) => idOf(from + i));
      const start = random.below(noise.length / 2);
      const features = new Float32Array(chunkSize * width);
      for (let i = 0; i < features.length; i++) {
        const label = (from + Math.floor(i / width)) % classes;
        // Classes overlap: of such as do not, the exact head would try every penalty.
        features[i] = noise[label * width + (i % width)]! + 16 * noise[start + i]!;
      }
      await store.put(spec, ids, features);
    }
  },

  async measure(given) {
    const { images, head } = given as ScaleOptions;
    const share = (from: number, to: number): LabelledIds => ({
      ids: Array.from({ length: to - from }, (_, i) => idOf(from + i)),
      labels: Uint16Array.from({ length: to - from }, (_, i) => (from + i) % classes),
    });
    const validation = Math.round(images / 5);
    const split = {
      classes: Array.from({ length: classes }, (_, i) => `${i}`),
      train: share(validation, images),
      validation: share(0, validation),
      test: share(0, 0),
    };
    const extraction = {
      spec,
      backend: 'wasm',
      failed: [],
      timing: {},
      weights: {},
    } as unknown as Extraction;
    const exact = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;
    const request = { ...defaultRunRequest, epochs, ...(head === 'exact' && { head: exact }) };
    const start = performance.now();
    await trainRun(
      storage,
      { request, base: 'resnet50', split, extraction },
      new Job(),
      () => undefined,
      () => undefined,
    );
    const seconds = (performance.now() - start) / 1000;
    return head === 'exact' ? images / seconds : (epochs * images) / seconds;
  },
};
expose(scale);
