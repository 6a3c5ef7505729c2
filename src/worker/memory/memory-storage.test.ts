import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { del, get, getMany, set, setMany, entries } from 'idb-keyval';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Locks } from '../../engine/alive';
import { ImageStore } from '../../engine/data/image-store';
import { nothing, onDisk, type Readable } from '../../engine/memory/layer';
import { MemoryStore } from '../../engine/memory/memory-store';
import {
  deletePrefix,
  keysWithPrefix,
  openStorage,
  prefixRange,
  transact,
  type Storage,
} from '../../engine/storage';
import { bringUpToDate, startOver } from '../../engine/storage-version';
import { carryErrorData } from '../errors-on-the-wire';
import { memoryLost } from './lifeline';
import { memoryStorage } from './memory-storage';
import { serveLoss, serveMemory } from './served';

carryErrorData();
let databases = 0;
const disk = () => openStorage(`memory-${databases++}`);
const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** A memory, and ways of asking it. */
function memory({
  limit = Infinity,
  below = nothing,
  locks,
}: { limit?: number; below?: Readable; locks?: Locks } = {}) {
  const store = new MemoryStore(limit, below);
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    const leave = serveMemory(store, port2, Promise.resolve('alive'));
    return { storage: memoryStorage(port1, locks), leave };
  };
  return { store, connect, storage: connect().storage };
}

const image = (id: string, label = 'a') => ({
  record: {
    id,
    label,
    path: `${label}/${id}`,
    share: null,
    width: 8,
    height: 8,
    bytes: 3,
    mime: 'image/png',
  },
  bytes: Uint8Array.of(1, 2, 3),
  thumbnail: null,
});

const seen = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

describe('a memory in the place of the database', () => {
  const key = fc.constantFrom('a/1', 'a/2', 'a/3', 'b/1', 'b/2', 'c');
  const step = fc.oneof(
    fc.record({ put: key, value: fc.nat(9) }),
    fc.record({ remove: key }),
    fc.record({ removeAll: fc.constantFrom('a/', 'b/', '') }),
    fc.record({ read: key }),
    fc.record({ last: fc.constantFrom('a/', '') }),
  );
  const transactions = fc.array(fc.record({ steps: fc.array(step, { maxLength: 6 }), fails: fc.boolean() }), {
    maxLength: 6,
  });

  /** Everything that the transactions were answered, and what is left. */
  async function played(
    storage: Storage,
    script: typeof transactions extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const answers: unknown[] = [];
    for (const { steps, fails } of script)
      await transact(storage, async (store) => {
        for (const one of steps)
          if ('put' in one) store.put(one.value, one.put);
          else if ('remove' in one) store.delete(one.remove);
          else if ('removeAll' in one) store.delete(prefixRange(one.removeAll));
          else if ('read' in one)
            answers.push(await seen(store.get(one.read)), await seen(store.getKey(one.read)));
          else answers.push((await seen(store.openKeyCursor(prefixRange(one.last), 'prev')))?.key);
        if (fails) throw new Error('of its own');
      }).catch((error: unknown) => answers.push(String(error)));
    answers.push(
      await entries(storage),
      await keysWithPrefix(storage, 'a/'),
      await getMany(['a/1', 'c'], storage),
    );
    answers.push(await storage('readonly', (store) => seen(store.getAll(prefixRange('b/')))));
    answers.push(await storage('readonly', (store) => seen(store.count())));
    return answers;
  }

  test('answers whatever it is asked as the database would', async () => {
    await fc.assert(
      fc.asyncProperty(transactions, async (script) => {
        expect(await played(memory().storage, script)).toEqual(await played(disk(), script));
      }),
      { numRuns: 60 },
    );
  });

  test('over a full disk, too, whose own values it leaves as they are', async () => {
    await fc.assert(
      fc.asyncProperty(transactions, transactions, async (before, script) => {
        const [under, alike] = [disk(), disk()];
        await played(under, before);
        await played(alike, before);
        const stored = await entries(under);
        expect(await played(memory({ below: onDisk(under) }).storage, script)).toEqual(
          await played(alike, script),
        );
        expect(await entries(under)).toEqual(stored);
      }),
      { numRuns: 40 },
    );
  });

  test('serves the data set: images, an edit, and its undoing', async () => {
    const { storage } = memory();
    await bringUpToDate(storage);
    const images = new ImageStore(storage);
    await images.append([image('1'), image('2')]);
    expect(await images.append([image('2'), image('3', 'b')])).toMatchObject([{ id: '3' }]);
    await images.edit({ kind: 'drop', images: ['1'] });
    expect((await images.records()).map(({ id }) => id)).toEqual(['2', '3']);
    expect(await images.undo()).toBe(true);
    await images.edit({ kind: 'drop', images: ['1'] });
    // A dropped image can be added again.
    expect(await images.append([image('1', 'b')])).toMatchObject([{ id: '1', label: 'b' }]);
    expect([...(await images.bytes(['1', '4']))]).toEqual([['1', Uint8Array.of(1, 2, 3)]]);
    await startOver(storage);
    expect(await images.records()).toEqual([]);
  });

  test('is one for all who ask, each transaction by itself', async () => {
    const { connect } = memory();
    const askers = Array.from({ length: 4 }, () => connect().storage);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        transact(askers[i % 4]!, async (store) => {
          const count = (await seen(store.get('count') as IDBRequest<number | undefined>)) ?? 0;
          store.put(count + 1, 'count');
        }),
      ),
    );
    expect(await get('count', askers[0])).toBe(40);
  });

  test('forgets what a worker had begun that is gone, and serves the others', async () => {
    const { connect } = memory();
    const [dying, other] = [connect(), connect()];
    const begun = dying.storage('readwrite', (store) => {
      store.put(1, 'half');
      // It would go on asking.
      const again = () => {
        store.get('half').onsuccess = again;
      };
      again();
    });
    await begun;
    const waiting = set('whole', 2, other.storage);
    dying.leave();
    await waiting;
    expect(await entries(other.storage)).toEqual([['whole', 2]]);
  });
});

describe('its limit', () => {
  test('is an error that says so; the transaction has not happened', async () => {
    const { storage, store } = memory({ limit: 100 });
    await set('a', new Uint8Array(60), storage);
    const tooMuch = transact(storage, (target) => {
      target.put(new Uint8Array(30), 'b');
      target.put(new Uint8Array(30), 'c');
      return Promise.resolve();
    });
    await expect(tooMuch).rejects.toMatchObject({ code: 'memory-full' });
    await expect(setMany([['b', new Uint8Array(41)]], storage)).rejects.toMatchObject({
      code: 'memory-full',
    });
    expect(await keysWithPrefix(storage, '')).toEqual(['a']);
    expect(store.bytes).toBe(60);
  });

  test('counts what is there, not what was', async () => {
    const { storage, store } = memory({ limit: 100 });
    await set('a', new Uint8Array(40), storage);
    await set('a', new Uint8Array(50), storage);
    expect(store.bytes).toBe(50);
    await del('a', storage);
    await set('b/1', new Uint8Array(90), storage);
    await deletePrefix(storage, 'b/');
    await set('c', new Uint8Array(100), storage);
    expect(store.bytes).toBe(100);
  });
});

describe('a memory whose worker is ended', () => {
  /** It never comes to an end: what it is asked for is still waited for when it is ended. */
  const slow: Readable = { ...nothing, get: () => new Promise(() => undefined) };
  const lost = expect.objectContaining({ code: 'memory-lost' }) as unknown;
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => error,
    );

  test('refuses what is waited for, and whatever comes later', async () => {
    let end!: () => void;
    const request = (_name: string, _options: unknown, granted: () => void) => {
      end = granted;
      return new Promise(() => undefined);
    };
    const { storage } = memory({ below: slow, locks: { request } as unknown as Locks });
    const waiting = [
      outcome(get('a', storage)),
      outcome(transact(storage, (store) => seen(store.get('a')))),
      outcome(new ImageStore(storage).append([image('1')])),
      // Behind the others, which have not ended.
      outcome(set('b', 1, storage)),
    ];
    await expect.poll(() => end).toBeDefined();
    end();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => lost));
    expect(await outcome(get('b', storage))).toEqual(lost);
    expect(await outcome(set('b', 2, storage))).toEqual(lost);
  });

  test('is lost for a worker that starts afterwards as well', async () => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveLoss(memoryLost('ended'), port2);
    const storage = memoryStorage(port1);
    expect(await outcome(get('a', storage))).toEqual(lost);
    expect(await outcome(set('a', 1, storage))).toEqual(lost);
  });

  test('is lost, too, when it is ended while it starts, before it could be watched', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const { port1, port2 } = new MessageChannel();
      ports.push(port1, port2);
      const asked = outcome(get('a', memoryStorage(port1)));
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await asked).toEqual(lost);
    } finally {
      vi.useRealTimers();
    }
  });
});
