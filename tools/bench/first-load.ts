import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';

/** Bytes, gzip, that a first visit may download before any base has been chosen. */
export const firstLoadBudget = 350_000;

export interface FirstLoad {
  /** Below the built page's folder. */
  readonly files: readonly string[];
  /** Gzip, as servers send them. */
  readonly bytes: number;
}

/**
 * What a first visit asks its own server for until the page is ready and knows the machine: page, scripts, styles, the
 * engine's worker. The service worker's provisions for working offline come later and are not in it.
 */
export async function firstLoad(page: Page, url: string, dist: string): Promise<FirstLoad> {
  const files = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === new URL(url).origin) files.add(pathname === '/' ? 'index.html' : pathname.slice(1));
  });
  await page.goto(url);
  await page.waitForFunction(() => {
    const { headway } = globalThis as {
      headway?: { snapshot(): { ready: boolean; backend: object | null } };
    };
    const snapshot = headway?.snapshot();
    return snapshot?.ready === true && snapshot.backend !== null;
  });
  const sizes = [...files]
    .map((file) => join(dist, file))
    .filter(existsSync)
    .map(gzipped);
  return { files: [...files], bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}
