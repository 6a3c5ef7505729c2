import { test as base, type Page } from '@playwright/test';
import type {} from '../../src/main';
import { routeCdn } from './cdn';

interface LongTasks {
  headwayLongTasks?: number[];
}

/** A page with the app open, the CDN answered from the mirror, and every long main-thread task noted. */
export const test = base.extend<{ app: Page; served: string[] }>({
  // Playwright insists on a destructured first argument, even an empty one.
  served: async ({ context }, use) => use(await routeCdn(context)),
  app: async ({ page, served }, use) => {
    void served;
    await watchLongTasks(page);
    await openApp(page);
    await use(page);
  },
});

export async function openApp(page: Page): Promise<void> {
  await page.goto('/');
  await page.waitForFunction(() => window.headway.snapshot().ready);
}

/** Milliseconds of each main-thread task above 50 ms since the page opened. */
export function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as LongTasks).headwayLongTasks ?? []);
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: number[] = ((window as LongTasks).headwayLongTasks = []);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
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
