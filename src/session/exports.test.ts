import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../engine/errors';
import { defaultRunRequest, type RunResult } from '../engine/run';
import type { EngineApi } from '../worker/api';
import type { ExportRequest } from '../worker/files-api';
import type { EngineClient } from '../worker/client';
import { Exports } from './exports';
import type { ExportOptions } from './headway';
import type { Action } from './reducer';
import type { Workers } from './run-lane';
import type { ExportState } from './state';

const run = {
  runId: 'a',
  base: 'vgg16',
  weightsDigest: 'ab',
  request: defaultRunRequest,
} as unknown as RunResult;
const gone = new HeadwayError({ code: 'weights-incompatible', message: 'No.', advice: 'Again.' });

/** An export worker that writes two pieces, and a base whose features are the lengths of the pictures. */
function machine({
  pictures = 2,
  broken = null as HeadwayError | null,
  onPiece = () => undefined,
  of = run,
} = {}) {
  const requests: ExportRequest[] = [];
  const states: (ExportState | null)[] = [];
  const embedded: number[] = [];
  let ended = 0;
  const pngs = Array.from({ length: pictures }, (_, i) => new Blob([new Uint8Array(i + 1)]));
  const api: Partial<Record<keyof EngineApi, unknown>> = {
    testPictures: () => (pictures === 0 ? null : pngs),
    embed: (_: unknown, images: readonly Blob[]) => {
      embedded.push(images.length);
      return {
        features: Float32Array.from(images.flatMap(({ size }) => [size, 10 * size])),
        failed: images.map(() => null),
      };
    },
    exportRun: async (
      _: number,
      request: ExportRequest,
      onProgress: (progress: unknown) => void,
      onChunk: ((bytes: Uint8Array) => Promise<void>) | null,
    ) => {
      requests.push(request);
      for (const piece of [1, 2]) {
        await onChunk?.(Uint8Array.of(piece));
        onProgress({ done: piece, total: 2, unit: 'bytes' });
        onPiece();
        if (broken) throw broken;
      }
      return onChunk === null ? new Blob(['zip']) : null;
    },
  };
  const client = {
    call: (use: (api: unknown) => unknown) => Promise.resolve().then(() => use(api)),
    job: (use: (api: unknown, job: number, listening: (f: unknown) => unknown) => unknown) => ({
      result: Promise.resolve().then(() => use(api, 1, (listener) => listener)),
    }),
    terminate: () => {
      ended++;
    },
  } as unknown as EngineClient;
  const workers = {
    base: () => client,
    residency: { use: (_: string, work: () => unknown) => work() },
  } as unknown as Workers;
  const dispatch = (action: Action) => {
    if (action.type === 'exporting') states.push(action.exporting);
  };
  const exports = new Exports(client, workers, () => [of], dispatch);
  return { exports, requests, states, embedded, ended: () => ended };
}

/** Keeps what it is given, and how it ended. */
function sink() {
  const seen = { bytes: [] as number[], end: '' };
  const stream = new WritableStream<Uint8Array>({
    write: (bytes) => void seen.bytes.push(...bytes),
    close: () => void (seen.end = 'closed'),
    abort: () => void (seen.end = 'aborted'),
  });
  return { seen, stream };
}

describe('an export', () => {
  it('puts the pictures through the base, in one batch, before it is written', async () => {
    const { exports, requests, states, embedded, ended } = machine();
    const told: number[] = [];
    const blob = await exports.toBlob('a', 'onnx', {
      weights: 'float16',
      onProgress: ({ done }) => told.push(done),
    });
    expect(await blob.text()).toBe('zip');
    expect(embedded).toEqual([2]);
    expect(requests[0]!.options).toEqual({
      weights: 'float16',
      preprocessing: 'inside',
      pictures: 'generated',
    });
    expect(requests[0]!.pictures.map(({ features }) => [...features])).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect(told).toEqual([1, 2]);
    expect(states.map((state) => state && (state.progress?.done ?? 0))).toEqual([0, 1, 2, null]);
    // The worker's memory goes back.
    expect(ended()).toBe(1);
  });

  it('goes on without pictures where the base is gone', async () => {
    const { exports, requests, embedded } = machine({ pictures: 0 });
    await exports.toBlob('a', 'tfjs-head');
    expect(embedded).toEqual([]);
    expect(requests[0]!.pictures).toEqual([]);
  });

  it('of a head alone is refused before it begins where the run has changed its base', async () => {
    const { exports, requests, states } = machine({
      of: { ...run, request: { ...defaultRunRequest, tail: 'train', cuts: { vgg16: 'block4_pool' } } },
    });
    await expect(exports.toBlob('a', 'onnx-head')).rejects.toMatchObject({ code: 'invalid-request' });
    expect(states).toEqual([]);
    await exports.toBlob('a', 'onnx');
    expect(requests).toHaveLength(1);
  });

  it('into a stream closes it; one that fails aborts it', async () => {
    const good = sink();
    await machine().exports.toStream('a', 'tfjs', good.stream);
    expect(good.seen).toEqual({ bytes: [1, 2], end: 'closed' });
    const bad = sink();
    const { exports, states, ended } = machine({ broken: gone });
    await expect(exports.toStream('a', 'tfjs', bad.stream)).rejects.toBe(gone);
    expect(bad.seen).toEqual({ bytes: [1], end: 'aborted' });
    expect(states.at(-1)).toBeNull();
    expect(ended()).toBe(1);
    // And the next one can begin.
    await expect(exports.toBlob('a', 'tfjs')).rejects.toBe(gone);
  });

  it('is one at a time', async () => {
    const { exports } = machine();
    const first = exports.toBlob('a', 'tfjs');
    await expect(exports.toBlob('a', 'onnx')).rejects.toMatchObject({ code: 'invalid-request' });
    await first;
  });

  it('does not begin once its signal has fired', async () => {
    const { exports, requests } = machine();
    await expect(exports.toBlob('a', 'tfjs', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['zip', {}, 'There is no export format zip.'],
    ['tfjs', { weights: 'int8' }, 'weights cannot be int8.'],
    ['tfjs', { preprocessing: 1 }, 'preprocessing cannot be 1.'],
    ['tfjs', { pictures: '../../x' }, 'pictures cannot be ../../x.'],
  ])('as %s with %j is refused', async (format, options, message) => {
    const { exports, states } = machine();
    await expect(exports.toBlob('a', format as 'tfjs', options as ExportOptions)).rejects.toMatchObject({
      code: 'invalid-request',
      message,
    });
    expect(states).toEqual([]);
  });
});
