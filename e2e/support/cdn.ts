import type { BrowserContext } from '@playwright/test';
import { mirroredFile } from '../../tools/mirror.mjs';

/** Answers the CDN's own URLs from the mirror, so that the journeys exercise what production fetches. */
export async function routeCdn(context: BrowserContext): Promise<string[]> {
  const served: string[] = [];
  await context.route(
    /^https:\/\/(cdn\.jsdelivr\.net|unpkg\.com|raw\.githubusercontent\.com)\//,
    async (route) => {
      const { host, pathname } = new URL(route.request().url());
      const file = await mirroredFile(host + pathname);
      if (file === null) return route.fulfill({ status: 404, body: 'Not mirrored' });
      served.push(host + pathname);
      return route.fulfill({
        path: file,
        headers: { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' },
      });
    },
  );
  return served;
}
