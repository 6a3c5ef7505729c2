import type { BrowserContext } from '@playwright/test';
import { mirroredFile } from '../../tools/mirror.mjs';
import { mirrorPrefix } from '../../tools/vite/mirror.ts';

/**
 * Answers the CDN's own URLs from the mirror, so that the journeys exercise what production fetches. They are sent on
 * to `origin`, the server of the page: through Playwright's own protocol the weights of a base take five times as long.
 * Without it, for pages of another origin, whose policy would not let them go there, Playwright answers.
 */
export async function routeCdn(context: BrowserContext, origin?: string): Promise<string[]> {
  const served: string[] = [];
  await context.route(
    /^https:\/\/(cdn\.jsdelivr\.net|unpkg\.com|raw\.githubusercontent\.com)\//,
    async (route) => {
      const { host, pathname } = new URL(route.request().url());
      const file = await mirroredFile(host + pathname);
      if (file === null) return route.fulfill({ status: 404, body: 'Not mirrored' });
      served.push(host + pathname);
      const headers = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
      if (origin === undefined) return route.fulfill({ path: file, headers });
      const location = new URL(mirrorPrefix + host + pathname, origin).href;
      return route.fulfill({ status: 302, headers: { ...headers, location } });
    },
  );
  return served;
}
