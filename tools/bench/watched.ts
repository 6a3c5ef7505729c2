/// <reference lib="dom" />
import type { Page } from 'playwright';
import type { BaseId } from '../../src/engine/nets/index.ts';

interface Watching {
  benchTasks: { readonly start: number; readonly ms: number }[];
}
type Measuring = Performance & { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> };

/** Notes every long task of the page's main thread, from before its first script. */
export function watchTasks(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const tasks: Watching['benchTasks'] = ((globalThis as unknown as Watching).benchTasks = []);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, ms: duration });
    }).observe({ type: 'longtask' });
  });
}

/** Milliseconds of the longest task that began while `work` went on; 50 where none was longer. */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const from = await page.evaluate(() => performance.now());
  await work();
  return page.evaluate(
    (from) =>
      (globalThis as unknown as Watching).benchTasks
        .filter(({ start }) => start >= from)
        .reduce((most, { ms }) => Math.max(most, ms), 50),
    from,
  );
}

/** The most that page and workers held while `work` went on, in bytes, as the browser counts it after a collection. */
export async function mostMemory(page: Page, work: () => Promise<unknown>): Promise<number> {
  const state: { isOver: boolean } = { isOver: false };
  let most = 0;
  const sampling = (async () => {
    while (!state.isOver) {
      const bytes = await page.evaluate(async () => {
        const { bytes } = await (performance as Measuring).measureUserAgentSpecificMemory();
        return bytes;
      });
      most = Math.max(most, bytes);
    }
  })();
  try {
    await work();
  } finally {
    state.isOver = true;
    await sampling;
  }
  return most;
}

/** Gives every image in the store made-up features of a base, around one centre a class. */
export async function seedFeatures(page: Page, base: BaseId, spec: string, width: number): Promise<void> {
  await page.evaluate(
    async ({ spec, width }) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error!);
        });
      const database = await done(indexedDB.open('headway'));
      const store = (mode: IDBTransactionMode) =>
        database.transaction('records', mode).objectStore('records');
      const chunks = (await done(
        store('readonly').getAll(IDBKeyRange.bound('records/', 'records/\uffff')),
      )) as { id: string; label: string }[][];
      const records = chunks.flat();
      let seed = 1;
      const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) | 0) / 2 ** 31;
      const centres = new Map<string, Float32Array>();
      for (let from = 0; from < records.length; from += 64) {
        const some = records.slice(from, from + 64);
        const values = new Float32Array(some.length * width);
        for (const [i, { label }] of some.entries()) {
          if (!centres.has(label)) centres.set(label, Float32Array.from({ length: width }, random));
          const centre = centres.get(label)!;
          for (let k = 0; k < width; k++) values[i * width + k] = Math.max(0, centre[k]! + 2 * random());
        }
        const writing = store('readwrite');
        writing.put(values, `features/${spec}/${from}`);
        await done(
          writing.put({ ids: some.map(({ id }) => id), checksum: null }, `features/${spec}/${from}/ids`),
        );
      }
      database.close();
    },
    { spec, width },
  );
  console.log(`  ${base}: features made up`);
}
