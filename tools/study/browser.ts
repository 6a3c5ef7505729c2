import { rmSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright';
import type { Headway } from '../../src/session/headway.ts';
import { chromiumArgs } from '../chromium.mjs';
import { mirroredFile } from '../mirror.mjs';

/** What `page.evaluate` finds in the page. */
export type PageGlobals = typeof globalThis & { readonly headway: Headway };

/** A Chromium whose profile, features included, survives this process. */
export async function openBrowser(executablePath: string, profile: string): Promise<BrowserContext> {
  const args = chromiumArgs.filter((arg) => !arg.includes('webgpu') && !arg.includes('swiftshader'));
  // It would answer with the page as it was built before. One that is there already is not blocked.
  rmSync(`${profile}/Default/Service Worker`, { recursive: true, force: true });
  const context = await chromium.launchPersistentContext(profile, {
    ...{ executablePath, args, headless: true, serviceWorkers: 'block' },
  });
  context.setDefaultTimeout(0);
  await routeCdn(context);
  return context;
}

/** Answers the CDN's URLs from the local mirror where it has the file, and lets them through where it has not. */
async function routeCdn(context: BrowserContext): Promise<void> {
  await context.route(/^https:\/\/(cdn\.jsdelivr\.net|unpkg\.com)\//, async (route) => {
    const { host, pathname } = new URL(route.request().url());
    const path = await mirroredFile(host + pathname).catch(() => null);
    if (path === null) return route.continue();
    const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
    return route.fulfill({ path, headers });
  });
}

/**
 * The built page, once it has read what earlier sessions left and looked at the machine. `ready`: what to do with the
 * tab before.
 */
export async function openPage(
  context: BrowserContext,
  url: string,
  ready?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const page = await context.newPage();
  await ready?.(page);
  page.on('console', (message) => {
    const text = message.text();
    if (text.startsWith('study: ')) console.log(`  ${text.slice(7)}`);
  });
  page.on('pageerror', (error) => console.error(error));
  await page.goto(url);
  await page.waitForFunction(() => {
    const { headway } = globalThis as Partial<PageGlobals>;
    const snapshot = headway?.snapshot();
    return snapshot?.ready === true && snapshot.backend !== null;
  });
  return page;
}

/** `error.code` and message of a HeadwayError as it comes out of `page.evaluate`. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}
