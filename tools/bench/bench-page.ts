import type { BenchContext } from './context.ts';
import type { BenchPage } from './page/main.ts';

type PageGlobals = typeof globalThis & { readonly bench: BenchPage };

export interface OpenBenchPage extends Pick<BenchPage, 'prepare' | 'measure'> {
  close(): Promise<void>;
}

/** A fresh page for contestants, and with it fresh memory. */
export async function openBenchPage({ browser, modulesUrl }: BenchContext): Promise<OpenBenchPage> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${modulesUrl}tools/bench/page/index.html`);
  await page.waitForFunction(() => 'bench' in globalThis);
  return {
    prepare: (name, task) =>
      page.evaluate(({ name, task }) => (globalThis as PageGlobals).bench.prepare(name, task), {
        name,
        task,
      }),
    measure: (name, options) =>
      page.evaluate(({ name, options }) => (globalThis as PageGlobals).bench.measure(name, options), {
        name,
        options,
      }),
    close: () => page.close(),
  };
}
