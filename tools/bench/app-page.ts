/// <reference lib="dom" />
import { unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { openPage, type PageGlobals } from '../study/browser.ts';
import type { BaseId } from '../../src/engine/nets/index.ts';
import type { RunRequest, RunResult } from '../../src/engine/run.ts';
import type { BenchContext } from './context.ts';

/** The application itself, emptied. */
export async function openApp(
  { browser, pageUrl }: BenchContext,
  ready?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const page = await openPage(browser, pageUrl, ready);
  // The page before may just have been closed: until it has let go, this one only reads.
  await page.waitForFunction(() => (globalThis as PageGlobals).headway.snapshot().access === 'write');
  await page.evaluate(() => (globalThis as PageGlobals).headway.reset());
  return page;
}

/** Adds the first images of each of CIFAR-10's ten classes in the sample, 32 pixels a side; images a second. */
export function addSmall(page: Page, zip: Uint8Array, perClass: number): Promise<number> {
  const taken = new Map<string, number>();
  const files = unzipSync(zip, {
    filter: ({ name }) => {
      const label = name.split('/')[1]!;
      const before = taken.get(label) ?? 0;
      taken.set(label, before + 1);
      return name.endsWith('.png') && before < perClass;
    },
  });
  return page.evaluate(
    async (list) => {
      const given = list.map(([path, bytes]) => ({ path, blob: new Blob([new Uint8Array(bytes)]) }));
      const start = performance.now();
      const { added } = await (globalThis as PageGlobals).headway.addImages(given);
      return (1000 * added) / (performance.now() - start);
    },
    Object.entries(files).map(([path, bytes]): [string, number[]] => [path, [...bytes]]),
  );
}

/** Adds photographs of 12 megapixels, blown up from a small one and made grainy; images a second. */
export function addPhotographs(page: Page, count: number, jpeg: Uint8Array): Promise<number> {
  return page.evaluate(
    async ({ count, bytes }) => {
      const [width, height] = [4000, 3000];
      const photograph = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      const files: { path: string; blob: Blob }[] = [];
      for (let i = 0; i < count; i++) {
        context.drawImage(photograph, 0, 0, width, height);
        const image = context.getImageData(0, 0, width, height);
        // Grain as a sensor has it, so that a file is as large as a camera's: some 5 MB.
        for (let k = 0, x = i + 1; k < image.data.length; k++) {
          x = (Math.imul(x, 1664525) + 1013904223) | 0;
          if (k % 4 !== 3) image.data[k]! += x >> 27;
        }
        context.putImageData(image, 0, 0);
        const blob = await context.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
        files.push({ path: `${i % 2 === 0 ? 'cat' : 'dog'}/${i}.jpg`, blob });
      }
      const start = performance.now();
      const { added } = await (globalThis as PageGlobals).headway.addImages(files);
      return (1000 * added) / (performance.now() - start);
    },
    { count, bytes: [...jpeg] },
  );
}

/** Forgets all features, and nothing else. */
export async function forgetFeatures(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('headway');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('records', 'readwrite');
          transaction.objectStore('records').delete(IDBKeyRange.bound('features/', 'features/\uffff'));
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error!);
        };
      }),
  );
}

/** One run of one base, and how long it took from the request to the result. */
export async function run(
  page: Page,
  base: BaseId,
  request: Partial<RunRequest>,
): Promise<{ readonly result: RunResult; readonly ms: number }> {
  return page.evaluate(
    async ({ base, request }) => {
      const start = performance.now();
      const [result] = await (globalThis as PageGlobals).headway.run({ ...request, bases: [base] });
      return { result: result!, ms: performance.now() - start };
    },
    { base, request },
  );
}
