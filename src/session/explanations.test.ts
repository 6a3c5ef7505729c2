import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../engine/errors';
import type { Progress } from '../engine/job';
import type { BaseId } from '../engine/nets';
import { defaultRunRequest, type BaseRequest, type RunResult } from '../engine/run';
import type { EngineApi } from '../worker/api';
import type { EngineClient } from '../worker/client';
import { Explanations } from './explanations';
import type { BatchRow } from './predict-many';
import type { Workers } from './run-lane';

const run = (runId: string, base: BaseId, patch: Partial<RunResult> = {}): RunResult =>
  ({
    runId,
    base,
    classes: ['cat', 'dog', '__proto__'],
    weightsDigest: 'ab',
    request: defaultRunRequest,
    split: { train: [], validation: [] },
    ...patch,
  }) as unknown as RunResult;

/** Of a picture a base only sees its size; a head says the class of the size modulo three. */
function machine(
  runs: readonly RunResult[],
  broken: (base: BaseId, image: Blob) => HeadwayError | null = () => null,
) {
  const seen: string[] = [];
  const requests: BaseRequest[] = [];
  let abort = () => undefined as unknown;
  const feature = (request: BaseRequest, image: Blob) => {
    const error = broken(request.base, image);
    if (error) throw error;
    return image.size;
  };
  const client = (api: Partial<Record<keyof EngineApi, unknown>>) =>
    ({
      call: (use: (api: unknown) => unknown) => Promise.resolve().then(() => use(api)),
    }) as unknown as EngineClient;
  const base = client({
    look: (request: BaseRequest, image: Blob) => {
      seen.push(`${request.base} ${image.size}`);
      requests.push(request);
      const vector = Float32Array.of(feature(request, image));
      return {
        side: 2,
        square: new Uint8Array(12),
        map: { height: 1, width: 1, channels: 1, values: vector },
        vector,
      };
    },
    embed: (request: BaseRequest, images: readonly Blob[]) => {
      seen.push(`${request.base} × ${images.length}`);
      const features: number[] = [];
      const failed = images.map((image) => {
        try {
          features.push(feature(request, image));
          return null;
        } catch (error) {
          if ((error as HeadwayError).code !== 'image-unreadable') throw error;
          return (error as HeadwayError).toData();
        }
      });
      abort();
      return { features: Float32Array.from(features), failed };
    },
  });
  const head = client({
    classify: (_: string, features: Float32Array) =>
      Float32Array.from({ length: features.length * 3 }, (_, at) =>
        features[Math.floor(at / 3)]! % 3 === at % 3 ? 0.8 : 0.1,
      ),
    account: (_: string, map: { values: Float32Array }, label: string | null) => ({
      probabilities: Float32Array.of(0.1, 0.8, 0.1),
      target: label === null ? 1 : ['cat', 'dog', '__proto__'].indexOf(label),
      map: { height: 1, width: 1, values: map.values, bias: 0.5, score: 2.5, exact: true },
    }),
    nearest: (runId: string, vector: Float32Array, count: number, except: string | null) => [
      { id: `${runId} ${vector[0]} ${count} ${except}`, label: 'cat', similarity: 1 },
    ],
  });
  const workers = {
    base: () => base,
    head,
    residency: { use: (_: BaseId, work: () => unknown) => work() },
  } as unknown as Workers;
  return {
    seen,
    requests,
    explanations: new Explanations(workers, () => runs),
    abortAfterABatch: (controller: AbortController) => (abort = () => controller.abort()),
  };
}

const image = (size: number) => new Blob([new Uint8Array(size)]);
const files = (...sizes: number[]) => sizes.map((size) => ({ path: `${size}.png`, blob: image(size) }));
const unreadable = new HeadwayError({ code: 'image-unreadable', message: 'No.', advice: 'Again.' });
const gone = new HeadwayError({ code: 'weights-incompatible', message: 'No.', advice: 'Again.' });

describe('Explanations', () => {
  const two = [run('a', 'resnet50'), run('b', 'resnet50'), run('c', 'vgg16')];

  it('look at a picture once a base, however much is asked of it', async () => {
    const { explanations, seen } = machine(two);
    const picture = image(4);
    const predictions = await explanations.predict(picture);
    expect(predictions.map(({ runId, classes }) => [runId, classes[0]!.label])).toEqual([
      ['a', 'dog'],
      ['b', 'dog'],
      ['c', 'dog'],
    ]);
    const explained = await explanations.explain(picture, 'b');
    expect(explained).toMatchObject({ label: 'dog', margin: 2.5, exact: true, square: { side: 2 } });
    expect((await explanations.explain(picture, 'b', '__proto__')).label).toBe('__proto__');
    expect((await explanations.nearest(picture, 'a', 3))[0]!.id).toBe('a 4 3 null');
    expect(seen).toEqual(['resnet50 4', 'vgg16 4']);
  });

  it('of a run that trained its base look through its own weights, to the last stage', async () => {
    const request = { ...defaultRunRequest, tail: 'train', cuts: { resnet50: 'conv4_block6_out' } } as const;
    const { explanations, requests } = machine([
      run('published', 'resnet50'),
      run('trained', 'resnet50', { request, weightsDigest: 'cd' }),
    ]);
    const picture = image(4);
    await explanations.predict(picture);
    await explanations.explain(picture, 'trained');
    expect(requests.map(({ weightsDigest, cut }) => [weightsDigest, cut])).toEqual([
      ['ab', 'avg_pool'],
      ['cd', 'avg_pool'],
    ]);
  });

  it('try a failed look again', async () => {
    let fails = true;
    const { explanations, seen } = machine(two, () => (fails ? unreadable : null));
    const picture = image(4);
    await expect(explanations.explain(picture, 'a')).rejects.toMatchObject({ code: 'image-unreadable' });
    fails = false;
    await explanations.explain(picture, 'a');
    expect(seen).toHaveLength(2);
  });

  it('say which run is unknown', async () => {
    const { explanations } = machine([]);
    await expect(explanations.explain(image(1), 'x')).rejects.toMatchObject({ code: 'unknown-run' });
    await expect(explanations.predict(image(1))).rejects.toMatchObject({ code: 'unknown-run' });
    await expect(explanations.predictMany(files(1))).rejects.toMatchObject({ code: 'unknown-run' });
  });
});

describe('predictMany', () => {
  const two = [run('a', 'resnet50'), run('b', 'vgg16'), run('c', 'resnet50')];

  it('fills a row for each picture, base by base, in batches', async () => {
    const { explanations, seen } = machine(two);
    const told: BatchRow[] = [];
    const steps: Progress[] = [];
    const sizes = Array.from({ length: 11 }, (_, i) => i + 1);
    const rows = await explanations.predictMany(files(...sizes), {
      onRow: (row, index) => (told[index] = row),
      onProgress: (step) => steps.push(step),
    });
    expect(seen).toEqual(['resnet50 × 8', 'resnet50 × 3', 'vgg16 × 8', 'vgg16 × 3']);
    expect(rows.map(({ path }) => path)).toEqual(sizes.map((size) => `${size}.png`));
    for (const [i, { answers }] of rows.entries()) {
      expect(answers.map(({ runId }) => runId)).toEqual(['a', 'b', 'c']);
      const label = ['cat', 'dog', '__proto__'][(i + 1) % 3];
      for (const answer of answers) expect(answer.label).toBe(label);
      expect(answers[0]!.probabilities).toHaveLength(3);
      expect(answers[0]!.probability).toBeCloseTo(0.8, 6);
    }
    expect(told).toEqual(rows);
    expect(steps.at(-1)).toMatchObject({ done: 22, total: 22 });
  });

  it('names the pictures that cannot be read, and goes on', async () => {
    const { explanations } = machine(two, (_, { size }) => (size === 2 ? unreadable : null));
    const rows = await explanations.predictMany(files(1, 2, 3));
    expect(rows.map(({ error, answers }) => [error?.code ?? null, answers.length])).toEqual([
      [null, 3],
      ['image-unreadable', 0],
      [null, 3],
    ]);
    expect(rows[2]!.answers[0]!.label).toBe('cat');
  });

  it('is cancelled between batches, and what was told stands', async () => {
    const { explanations, abortAfterABatch } = machine(two);
    const controller = new AbortController();
    abortAfterABatch(controller);
    let told = 0;
    await expect(
      explanations.predictMany(files(...Array.from({ length: 20 }, () => 1)), {
        signal: controller.signal,
        onRow: () => told++,
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toBe(8);
  });

  it('leaves out a base whose weights are gone, unless it is the only one', async () => {
    const { explanations } = machine(two, (base) => (base === 'vgg16' ? gone : null));
    const rows = await explanations.predictMany(files(1));
    expect(rows[0]!.answers.map(({ runId }) => runId)).toEqual(['a', 'c']);
    const alone = machine([two[1]!], () => gone);
    await expect(alone.explanations.predictMany(files(1))).rejects.toMatchObject({
      code: 'weights-incompatible',
    });
  });
});
