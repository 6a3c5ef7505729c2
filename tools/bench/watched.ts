/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import type { BaseId } from '../../src/engine/nets/index.ts';

interface Watching {
  benchTasks: { readonly start: number; readonly ms: number }[];
}

/** Notes every long task of the page's main thread, from before its first script. */
export function watchTasks(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const tasks: Watching['benchTasks'] = ((globalThis as unknown as Watching).benchTasks = []);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, ms: duration });
    }).observe({ type: 'longtask' });
  });
}

/** Milliseconds from which on a browser tells of a task. */
export const leastTold = 50;

/** Milliseconds of the longest task that began while `work` went on; `leastTold` where none was longer. */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const from = await page.evaluate(() => performance.now());
  await work();
  return longestTaskSince(page, from);
}

/** The same of all since a moment of `performance.now()`. */
export function longestTaskSince(page: Page, from: number): Promise<number> {
  return page.evaluate(
    ({ from, leastTold }) =>
      (globalThis as unknown as Watching).benchTasks
        .filter(({ start }) => start >= from)
        .reduce((most, { ms }) => Math.max(most, ms), leastTold),
    { from, leastTold },
  );
}

/** Frees what the benchmark itself has left in the page's heap: a collection of it would be counted as the page's work. */
export async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
}

/** Bytes. */
export interface Memory {
  /** JavaScript heap of the page, its DOM and its array buffers: what it holds, and garbage not yet collected. */
  readonly page: number;
  /** Private memory of the whole tab: workers, WebAssembly and the browser's own. Null where the system does not tell. */
  readonly tab: number | null;
}

/** The most that was held while `work` went on, looked at four times a second. */
export async function mostMemory(page: Page, work: () => Promise<unknown>): Promise<Memory> {
  await collectGarbage(page);
  const ofPage = await page.context().newCDPSession(page);
  const ofBrowser = await page.context().browser()!.newBrowserCDPSession();
  const most = { page: 0, tab: null as number | null };
  const look = async () => {
    const heap: Readonly<Record<string, number>> = { ...(await ofPage.send('Runtime.getHeapUsage')) };
    const held = ['usedSize', 'embedderHeapUsedSize', 'backingStorageSize'];
    most.page = Math.max(
      most.page,
      held.reduce((sum, name) => sum + (heap[name] ?? 0), 0),
    );
    const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo');
    // Of the renderers, the page's is the largest.
    for (const { type, id } of processInfo) {
      const bytes = type === 'renderer' ? privateBytes(id) : null;
      if (bytes !== null) most.tab = Math.max(most.tab ?? 0, bytes);
    }
  };
  const state: { isOver: boolean } = { isOver: false };
  const looking = (async () => {
    while (!state.isOver) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  try {
    await work();
  } finally {
    state.isOver = true;
    await looking;
    await Promise.all([ofPage.detach(), ofBrowser.detach()]);
  }
  return most;
}

/** Of a process, as Linux tells it. */
function privateBytes(pid: number): number | null {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return 1024 * Number(kilobytes);
  } catch {
    return null;
  }
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
