import type { BrowserContext } from '@playwright/test';

/** Runs `script` first in every page and every worker of the context: what a browser might do, and no page asks for. */
export async function everywhere(context: BrowserContext, script: () => void): Promise<void> {
  const text = `(${String(script)})();`;
  await context.addInitScript(text);
  await context.route(/\.worker-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${text}${await response.text()}` });
  });
}

/** A browser that keeps nothing, as some do in private windows. */
export function withoutDatabase(context: BrowserContext): Promise<void> {
  return everywhere(context, () =>
    Object.defineProperty(globalThis, 'indexedDB', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    }),
  );
}
