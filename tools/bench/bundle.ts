import type { BenchContext } from './context.ts';
import { firstLoad, firstLoadBudget } from './first-load.ts';
import type { Measure } from './results.ts';

/** What the built page asks of the network. */
export async function measureBundle({ browser, pageUrl, distFolder }: BenchContext): Promise<Measure[]> {
  const page = await browser.newPage();
  try {
    const { bytes, files } = await firstLoad(page, pageUrl, distFolder);
    return [
      {
        kind: 'measure',
        section: 'bundle',
        title: 'First visit, gzip',
        unit: 'KB',
        value: bytes / 1000,
        atMost: firstLoadBudget / 1000,
        note: `${files.length} files until the page is ready and knows the machine; no base, no backend, no format is in it`,
      },
    ];
  } finally {
    await page.close();
  }
}
