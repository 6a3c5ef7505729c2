import { test as base, type Page } from '@playwright/test';
import type {} from '../../src/main';
import { routeCdn } from './cdn';

interface LongTasks {
  headwayLongTasks?: { start: number; duration: number }[];
}

/**
 * A page with the app open, the CDN answered from the mirror, and every long main-thread task noted. `ownServer`: the
 * page comes from the server that has the mirror, too.
 */
export const test = base.extend<{ app: Page; served: string[]; ownServer: boolean }>({
  ownServer: [true, { option: true }],
  served: [
    async ({ context, baseURL, ownServer }, use) =>
      use(await routeCdn(context, ownServer ? baseURL : undefined)),
    { auto: true },
  ],
  app: async ({ page }, use) => {
    await watchLongTasks(page);
    await openApp(page);
    await use(page);
  },
});

export async function openApp(page: Page): Promise<void> {
  await page.goto('/');
  await page.waitForFunction(() => window.headway.snapshot().ready);
}

/** Milliseconds of each main-thread task above 50 ms that began after `since`, a `performance.now()` of the page. */
export function longTasks(page: Page, since: number): Promise<number[]> {
  return page.evaluate(
    (from) =>
      ((window as LongTasks).headwayLongTasks ?? [])
        .filter(({ start }) => start >= from)
        .map(({ duration }) => Math.round(duration)),
    since,
  );
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: { start: number; duration: number }[] = ((window as LongTasks).headwayLongTasks = []);
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask' });
  });
}

export const snapshot = (page: Page) => page.evaluate(() => window.headway.snapshot());

/** Waits until the import that goes on has ended with this many images stored. */
export async function waitForImages(page: Page, count: number): Promise<void> {
  await page.waitForFunction((images) => {
    const { dataset } = window.headway.snapshot();
    return dataset.importing === null && dataset.images === images;
  }, count);
}
