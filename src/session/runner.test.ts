import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../engine/errors';
import { baseIds, type BaseId } from '../engine/nets';
import { defaultRunRequest, type BaseRequest, type Extraction, type RunResult } from '../engine/run';
import { openStorage } from '../engine/storage';
import type { ChannelWorker } from '../worker/channel-worker.test-helper';
import type { EngineClient } from '../worker/client';
import { Persistence } from './persistence';
import { initialState, reduce } from './reducer';
import { Residency } from './residency';
import type { Workers } from './run-lane';
import { Runner } from './runner';
import { fails, fakeEngine, GiB, held, never, small, until, type Behaviour } from './runner.test-helper';
import type { SessionState } from './state';

let behaviour: Partial<Record<BaseId, Behaviour>>;
let trained: (base: BaseId) => Promise<void>;
let started: { name: string; worker: ChannelWorker }[];
let extracting: BaseId[];
let asked: BaseRequest[];
let state: SessionState;
let finished: BaseId[];
let persistence: Persistence;
let databases = 0;
let onChange: () => void = () => undefined;

beforeEach(() => {
  [behaviour, started, extracting, asked, finished] = [{}, [], [], [], []];
  trained = () => Promise.resolve();
  state = initialState;
  onChange = () => undefined;
  persistence = new Persistence(openStorage(`runner-${databases++}`));
});
afterEach(() => started.forEach(({ worker }) => worker.terminate()));

const client = (name: string): EngineClient =>
  fakeEngine({
    name,
    work(request) {
      extracting.push(request.base);
      asked.push(request);
      return behaviour[request.base]?.() ?? Promise.resolve();
    },
    trained: (base) => trained(base),
    onStart: (worker) => started.push({ name, worker }),
  });

function runner(machine = { memory: 8 * GiB, cores: 8 }, more: Partial<Workers> = {}): Runner {
  const bases = new Map(baseIds.map((id) => [id, client(id)]));
  const base = (id: BaseId) => bases.get(id)!;
  return new Runner(
    client('data'),
    { base, head: client('head'), residency: new Residency(base, machine), ...more },
    persistence,
    (action) => {
      state = reduce(state, action);
      queueMicrotask(onChange);
    },
    (result) => {
      finished.push(result.base);
      return Promise.resolve();
    },
  );
}

const request = { ...defaultRunRequest, bases: baseIds };
const [first, second, third] = baseIds as [BaseId, BaseId, BaseId];
const phases = () => Object.fromEntries(state.lanes.map(({ base, phase }) => [base, phase]));
const starts = (base: BaseId) => started.filter(({ name }) => name === base).length;
/** Extraction of that base goes on until it is released, by what is returned. */
function hold(base: BaseId): () => void {
  const [released, release] = held();
  behaviour[base] = released;
  return release;
}

describe('Runner', () => {
  it('lets the others finish when one fails, and says what failed', async () => {
    behaviour[second] = fails('out-of-memory');
    const results = await runner().run(request);
    expect(results.map(({ base }) => base)).toEqual([first, third]);
    expect(phases()).toEqual({ [first]: 'done', [second]: 'failed', [third]: 'done' });
    expect(state.lanes[1]!.error).toMatchObject({ code: 'out-of-memory', advice: 'Again.' });
    expect(finished.toSorted()).toEqual([first, third].toSorted());
  });

  it('begins again as soon as the last lane is done, before what is left of that run is stored', async () => {
    const one = runner();
    const all = { ...request, bases: [first] };
    const again = new Promise<RunResult[]>((resolve, reject) => {
      onChange = () => {
        if (state.lanes[0]!.phase !== 'done' || one.running) return;
        onChange = () => undefined;
        one.run(all).then(resolve, reject);
      };
    });
    await one.run(all);
    expect(await again).toHaveLength(1);
    expect(phases()).toEqual({ [first]: 'done' });
    expect(one.running).toBe(false);
  });

  it('loads no base whose features are all in the store, and waits for no other', async () => {
    behaviour[first] = never;
    const stored = { failed: [], weights: {}, timing: { extractedImages: 0 } } as unknown as Extraction;
    const one = runner(
      { memory: 0, cores: 1 },
      { stored: ({ base }) => Promise.resolve(base === second ? stored : null) },
    );
    const run = one.run({ ...request, bases: [first, second] });
    await until(() => finished.includes(second));
    expect([starts(second), extracting]).toEqual([0, [first]]);
    expect(state.lanes[1]).toMatchObject({ phase: 'done' });
    one.cancel(first);
    await run;
  });

  it('rejects only when all fail', async () => {
    for (const base of baseIds) behaviour[base] = fails('weights-unreachable');
    await expect(runner().run(request)).rejects.toMatchObject({ code: 'weights-unreachable' });
    expect(Object.values(phases())).toEqual(['failed', 'failed', 'failed']);
  });

  it('goes on in a new worker, with fewer images at once, when one crashes', async () => {
    behaviour[first] = never;
    const run = runner().run(request);
    await until(() => extracting.length === 3);
    behaviour = {};
    started.find(({ name }) => name === first)!.worker.crash('out of memory');
    expect(await run).toHaveLength(3);
    expect(asked.filter(({ base }) => base === first).map(({ gentle }) => gentle)).toEqual([undefined, true]);
    expect(state.lanes[0]!.note?.text).toMatch(/fewer images/);
  });

  it('lets the others finish when a worker crashes again', async () => {
    behaviour[first] = never;
    const run = runner().run(request);
    for (const count of [1, 2]) {
      await until(() => extracting.filter((base) => base === first).length === count);
      started.findLast(({ name }) => name === first)!.worker.crash('out of memory');
    }
    expect((await run).map(({ base }) => base)).toEqual([second, third]);
    expect(state.lanes[0]!.error).toMatchObject({ code: 'worker-crashed' });
  });

  it('trains again when the worker of the heads crashes', async () => {
    let times = 0;
    trained = () => (++times === 1 ? never() : Promise.resolve());
    const run = runner().run({ ...request, bases: [first] });
    await until(() => times === 1);
    started.find(({ name }) => name === 'head')!.worker.crash('killed');
    expect(await run).toHaveLength(1);
    expect(extracting).toEqual([first]);
  });

  it.each<[string, ErrorCode[], (string | null)[]]>([
    ['once, goes on with it', ['device-lost'], ['webgpu', 'webgpu']],
    ['twice, goes on without it', ['device-lost', 'device-lost'], ['webgpu', 'webgpu', 'wasm']],
    ['for good, goes on without it', ['device-lost', 'backend-unavailable'], ['webgpu', 'webgpu', 'wasm']],
  ])('when the graphics card is lost %s', async (_, codes, backends) => {
    const left = [...codes];
    behaviour[first] = () => {
      const code = left.shift();
      return code === undefined ? Promise.resolve() : fails(code)();
    };
    const results = await runner().run({ ...request, bases: [first], backend: 'webgpu' });
    expect(results).toHaveLength(1);
    expect(asked.map(({ backend }) => backend)).toEqual(backends);
    // What is on a lost card is lost: every attempt has a worker of its own.
    expect(starts(first)).toBe(backends.length);
  });

  it('computes damaged features again, once', async () => {
    let damaged = 1;
    trained = () => (damaged-- > 0 ? fails('features-missing')() : Promise.resolve());
    expect(await runner().run({ ...request, bases: [first] })).toHaveLength(1);
    expect(extracting).toEqual([first, first]);
    damaged = 2;
    await expect(runner().run({ ...request, bases: [first] })).rejects.toMatchObject({
      code: 'features-missing',
    });
  });

  it('retries one alone, in a worker of its own that starts afresh', async () => {
    behaviour[second] = fails('out-of-memory');
    const three = runner();
    await three.run(request);
    expect(started.find(({ name }) => name === second)!.worker.terminated).toBe(true);
    behaviour = {};
    extracting = [];
    await three.retry(second);
    expect(extracting).toEqual([second]);
    expect(starts(second)).toBe(2);
    expect(starts(first)).toBe(1);
    expect(Object.values(phases())).toEqual(['done', 'done', 'done']);
    expect(state.lanes[1]!.error).toBeNull();
  });

  it('keeps the base where only the head failed', async () => {
    trained = (base) => (base === second ? fails('out-of-memory')() : Promise.resolve());
    const three = runner();
    await three.run(request);
    expect(phases()[second]).toBe('failed');
    trained = () => Promise.resolve();
    await three.retry(second);
    expect(starts(second)).toBe(1);
  });

  it('cancels one and leaves the others alone', async () => {
    behaviour[third] = never;
    const three = runner();
    const run = three.run(request);
    await until(() => finished.length === 2);
    three.cancel(third);
    expect(await run).toHaveLength(2);
    expect(phases()[third]).toBe('cancelled');
    expect(state.lanes[2]!.error).toBeNull();
    // Its worker is whole: what it loaded is still good.
    expect(started.find(({ name }) => name === third)!.worker.terminated).toBe(false);
  });

  it('lets lanes wait where not all fit, and starts them as others end', async () => {
    const release = hold(first);
    const run = runner(small).run(request);
    await until(() => extracting.length === 1);
    expect(phases()).toEqual({ [first]: 'waiting', [second]: 'waiting', [third]: 'waiting' });
    expect(started.filter(({ name }) => name === second)).toEqual([]);
    release();
    expect(await run).toHaveLength(3);
    expect(extracting).toEqual(baseIds);
    const alive = started.filter(
      ({ name, worker }) => baseIds.includes(name as BaseId) && !worker.terminated,
    );
    expect(alive.map(({ name }) => name)).toEqual([third]);
  });

  it('cancels a lane that waits, and the one behind it moves up', async () => {
    const release = hold(first);
    const three = runner(small);
    const run = three.run(request);
    await until(() => extracting.length === 1);
    three.cancel(second);
    await until(() => phases()[second] === 'cancelled');
    release();
    expect((await run).map(({ base }) => base)).toEqual([first, third]);
    expect(starts(second)).toBe(0);
  });

  it('pauses a lane that waits: it starts paused', async () => {
    const release = hold(first);
    const three = runner(small);
    const run = three.run({ ...request, bases: [first, second] });
    await until(() => extracting.length === 1);
    three.pause(second);
    behaviour[second] = () => new Promise((resolve) => setTimeout(resolve, 30));
    release();
    await until(() => extracting.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(finished).toEqual([first]);
    three.resume(second);
    expect(await run).toHaveLength(2);
  });

  it('remembers what is unfinished while it runs, and nothing afterwards', async () => {
    behaviour[third] = never;
    const three = runner();
    const run = three.run(request);
    await until(() => finished.length === 2);
    // Those that ended need not be run again.
    await expect.poll(async () => (await persistence.unfinished())?.bases).toEqual([third]);
    three.cancel(third);
    await run;
    expect(await persistence.unfinished()).toBeUndefined();
  });

  it('cancels all at once by signal, waiting ones included', async () => {
    behaviour[first] = never;
    const abort = new AbortController();
    const run = runner(small).run(request, { signal: abort.signal });
    await until(() => extracting.length === 1);
    abort.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(Object.values(phases())).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });
});
