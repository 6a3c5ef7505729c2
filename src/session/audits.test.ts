import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ImageStore, type NewImage } from '../engine/data/image-store';
import { bottleneckSpec } from '../engine/features/estimate';
import { FeatureStore } from '../engine/features/store';
import type { RunResult } from '../engine/run';
import { openStorage, type Storage } from '../engine/storage';
import type { DataApi } from '../worker/api';
import { ChannelWorker } from '../worker/channel-worker.test-helper';
import { EngineClient } from '../worker/client';
import { Jobs } from '../worker/jobs';
import { dataService } from '../worker/services/data-service';
import { Audits } from './audits';
import { Dataset } from './dataset';
import { initialState, reduce, type Action } from './reducer';
import type { SessionState } from './state';

let databases = 0;
let storage: Storage;
let state: SessionState;
let audits: Audits;
let dataset: Dataset;
let store: ImageStore;
let looked: number;
let worker: ChannelWorker;

const image = (id: string, label: string, hash: string): NewImage => ({
  record: {
    id,
    label,
    path: `${label}/${id}.png`,
    share: null,
    width: 64,
    height: 64,
    bytes: 1,
    mime: 'image/png',
    phash: hash.repeat(32),
  },
  bytes: Uint8Array.of(1),
  thumbnail: null,
});
const dispatch = (action: Action) => {
  state = reduce(state, action);
  audits.watch();
};
const codes = () => state.audit?.findings.map(({ code }) => code);
const checked = () => vi.waitFor(() => expect(state.audit?.stale).toBe(false), { timeout: 3000 });

beforeEach(async () => {
  storage = openStorage(`audits-${databases++}`);
  store = new ImageStore(storage);
  looked = 0;
  const service = dataService(storage, new Jobs());
  const api: Partial<DataApi> = {
    ...service,
    audit: (request) => {
      looked++;
      return service.audit(request);
    },
  };
  const client = new EngineClient('data', () => {
    worker = new ChannelWorker(api);
    return worker as unknown as Worker;
  });
  state = initialState;
  audits = new Audits(client, () => state, dispatch);
  dataset = new Dataset(
    client,
    () => state,
    dispatch,
    () => Promise.resolve(),
  );
  dispatch({ type: 'ready' });
  await store.append([
    image('1', 'cat', '0'),
    image('2', 'cat', 'f'),
    image('3', 'dog', '3'),
    image('4', 'dog', '3'),
    image('5', 'dog', '5'),
  ]);
});
afterEach(() => worker.terminate());

it('looks over the data set when it has changed, once for several changes, and says what it saw', async () => {
  await dataset.undo();
  expect(state.audit).toBeNull();
  dispatch({ type: 'request', patch: { seed: 3 } });
  dispatch({ type: 'request', patch: { seed: 4 } });
  dispatch({ type: 'request', patch: { epochs: 40 } });
  await checked();
  expect(looked).toBe(1);
  expect(state.audit?.images).toBe(5);
  expect(codes()).toEqual(['few-images', 'copies']);
});

it('is looked over again after a remedy and after its undoing', async () => {
  await dataset.undo();
  await checked();
  const before = state.dataset.records;
  await dataset.applyRemedy(state.audit!.findings[1]!.remedies[0]!);
  expect(state.audit?.stale).toBe(true);
  expect(state.dataset.lastEdit).toEqual({ kind: 'drop', images: 1 });
  await checked();
  expect(codes()).toEqual(['few-images']);
  expect(await dataset.undo()).toBe(true);
  expect(state.dataset.records).toEqual(before);
  await checked();
  expect(codes()).toEqual(['few-images', 'copies']);
  expect(await dataset.undo()).toBe(false);
});

it('waits for imports, and forgets what it found when everything is gone', async () => {
  await dataset.undo();
  await checked();
  dispatch({ type: 'import-started' });
  dispatch({ type: 'request', patch: { validationShare: 0.4 } });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(looked).toBe(1);
  await dataset.removeClass('cat');
  await checked();
  expect(looked).toBe(2);
  await dataset.removeClass('dog');
  expect(state.audit).toBeNull();
});

it('is made again after a run, with the features that it stored', async () => {
  await dataset.undo();
  await checked();
  expect(state.audit!.findings[1]!.advice).toContain('After a run of ResNet50');
  const spec = bottleneckSpec('resnet50', '00f202cf05e407b1'.padEnd(64, '0'), 'stretch');
  const features = new Float32Array(2 * 2048);
  features.set([1, 0], 0);
  features.set([0.4, 0.9], 2048);
  await new FeatureStore(storage).put(spec, ['3', '4'], features);
  dispatch({ type: 'results', results: [{ runId: 'r' } as RunResult] });
  expect(state.audit?.stale).toBe(true);
  await checked();
  expect(looked).toBe(2);
  expect(codes()).toEqual(['few-images', 'look-alikes']);
  dispatch({ type: 'results', results: state.results.slice() });
  expect(state.audit?.stale).toBe(false);
});

it('rejects what is no edit, and changes nothing', async () => {
  await expect(dataset.applyRemedy({ kind: 'drop' } as never)).rejects.toMatchObject({
    code: 'invalid-request',
  });
  expect(await store.records()).toHaveLength(5);
});
