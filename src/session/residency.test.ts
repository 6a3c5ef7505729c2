import { beforeEach, describe, expect, it, vi } from 'vitest';
import { baseIds, type BaseId } from '../engine/nets';
import { baseBytes, Residency, thisMachine } from './residency';

const GiB = 2 ** 30;
const machine = (memory: number, cores = 8) => ({ memory: memory * GiB, cores });

/** Workers that live from their first use until they are ended. */
let alive: Set<BaseId>;
let log: string[];
beforeEach(() => {
  alive = new Set();
  log = [];
});
const worker = (base: BaseId) => ({
  alive: alive.has(base),
  terminate: () => {
    alive.delete(base);
    log.push(`end ${base}`);
  },
});

/** Starts work that goes on until `finish`. */
function start(residency: Residency, base: BaseId, options: Parameters<Residency['use']>[2] = {}) {
  let finish!: () => void;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const work = () => {
    alive.add(base);
    log.push(`start ${base}`);
    return done;
  };
  return { finish, result: residency.use(base, work, options) };
}
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('baseBytes', () => {
  it.each(baseIds)('puts %s between 1.0 and 1.3 GB, as measured', (base) => {
    expect(baseBytes(base) / 1e9).toBeGreaterThan(1);
    expect(baseBytes(base) / 1e9).toBeLessThan(1.4);
  });
});

describe('thisMachine', () => {
  it.each([
    [
      { deviceMemory: 4, hardwareConcurrency: 6 },
      { memory: 2 * GiB, cores: 6 },
    ],
    [{ hardwareConcurrency: 2 }, { memory: 4 * GiB, cores: 2 }],
  ])('%o', (navigator, expected) => {
    vi.stubGlobal('navigator', navigator);
    expect(thisMachine()).toEqual(expected);
    vi.unstubAllGlobals();
  });
});

describe('Residency', () => {
  it('lets all three in where they fit, and ends none', async () => {
    const residency = new Residency(worker, machine(4));
    const work = baseIds.map((base) => start(residency, base));
    expect(log).toHaveLength(3);
    work.forEach(({ finish }) => finish());
    await Promise.all(work.map(({ result }) => result));
    expect(alive.size).toBe(3);
  });

  it('lets one in at a time where one fits, first come first served, and ends the idle one before', async () => {
    const residency = new Residency(worker, machine(2));
    const [a, b, c] = baseIds.map((base) => start(residency, base));
    expect(log).toEqual([`start ${baseIds[0]!}`]);
    a!.finish();
    await settle();
    b!.finish();
    await settle();
    c!.finish();
    await Promise.all([a!.result, b!.result, c!.result]);
    const [first, second, third] = baseIds;
    expect(log).toEqual([
      `start ${first!}`,
      `end ${first!}`,
      `start ${second!}`,
      `end ${second!}`,
      `start ${third!}`,
    ]);
  });

  it('runs no more at once than there are cores', async () => {
    const residency = new Residency(worker, machine(100, 2));
    const work = baseIds.map((base) => start(residency, base));
    expect(log).toHaveLength(2);
    work[1]!.finish();
    await settle();
    expect(log).toHaveLength(3);
  });

  it('always lets one in, however small the machine', () => {
    start(new Residency(worker, machine(0.1, 0)), 'vgg16');
    expect(log).toEqual(['start vgg16']);
  });

  it('lets a second piece of work with the same base in at once', () => {
    const residency = new Residency(worker, machine(1));
    start(residency, 'vgg16');
    start(residency, 'vgg16');
    expect(log).toHaveLength(2);
  });

  it('lets somebody at the screen in at once, and puts things right afterwards', async () => {
    const residency = new Residency(worker, machine(1));
    const run = start(residency, 'vgg16');
    const asked = start(residency, 'resnet50', { wait: false });
    expect(log).toEqual(['start vgg16', 'start resnet50']);
    asked.finish();
    await asked.result;
    expect(log.at(-1)).toBe('end resnet50');
    expect(alive).toEqual(new Set(['vgg16']));
    run.finish();
  });

  it('gives its place on after a failure, and lets a cancelled one out of the queue', async () => {
    const residency = new Residency(worker, machine(1));
    const failing = residency.use('vgg16', () => settle().then(() => Promise.reject(new Error('broken'))));
    const abort = new AbortController();
    const cancelled = start(residency, 'resnet50', { signal: abort.signal });
    const last = start(residency, 'inception-v3');
    abort.abort();
    await expect(cancelled.result).rejects.toMatchObject({ code: 'cancelled' });
    await expect(failing).rejects.toThrow('broken');
    await settle();
    expect(log).toEqual(['start inception-v3']);
    last.finish();
    const late = residency.use('vgg16', settle, { signal: AbortSignal.abort() });
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
  });
});
