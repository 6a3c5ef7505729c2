/** The whole story in a Firefox, which has other means than Chromium; and in one that lacks what older ones lack. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { findFirefox } from '../../tools/firefox.mjs';
import { cifarImages, classFolders } from '../support/images';
import { unpacked, verify } from '../support/packages';
import { Firefox } from './bidi.ts';
import { Tab } from './tab.ts';

interface Options {
  readonly preferences: Readonly<Record<string, boolean>>;
}
const path = findFirefox();
const test = base.extend<Options & { tab: Tab; downloads: string; said: string[] }>({
  preferences: [{}, { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright wants one.
  said: async ({}, use) => use([]),
  // eslint-disable-next-line no-empty-pattern -- Playwright wants one.
  downloads: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'headway-downloads-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  tab: async ({ baseURL, downloads, preferences, said }, use) => {
    const firefox = await Firefox.start(path!, {
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      // Nobody is asked but the page's own server, which has the weights as well.
      'network.proxy.type': 1,
      'network.proxy.ssl': 'localhost',
      'network.proxy.ssl_port': 9,
      ...preferences,
    });
    await firefox.listen('log.entryAdded', ({ level, text }) => {
      if (level === 'error') said.push(String(text));
    });
    const tab = await Tab.open(firefox);
    await tab.beforeAnyPage(() =>
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`against the policy: ${violatedDirective} ${blockedURI}`),
      ),
    );
    await tab.goto(baseURL!);
    await use(tab);
    await firefox.close();
  },
});

test.skip(path === null, 'No Firefox was found here; FIREFOX_PATH may name one.');

/** The one zip among the files, once it is whole. */
async function downloaded(folder: string): Promise<string> {
  let path: string | undefined;
  const zip = () => {
    const files = readdirSync(folder);
    path = files.find((file) => file.endsWith('.zip') && statSync(join(folder, file)).size > 0);
    return path !== undefined && !files.some((file) => file.endsWith('.part'));
  };
  await expect.poll(zip, { timeout: 60_000 }).toBe(true);
  return join(folder, path!);
}

const ready = (tab: Tab) => tab.until(() => window.headway.snapshot().ready, null, 60_000);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const labels = ['frog', 'ship'];

for (const [name, preferences] of [
  ['as it is', {}],
  [
    'without relaxed SIMD and service workers',
    {
      'javascript.options.wasm_relaxed_simd': false,
      'dom.serviceWorkers.enabled': false,
    },
  ],
] as const)
  test.describe(name, () => {
    test.use({ preferences });

    test('images, a run that nobody looks at, its results, a package, and all again after a reload', async ({
      tab,
      downloads,
      said,
    }) => {
      await ready(tab);
      expect(await tab.evaluate(() => crossOriginIsolated)).toBe(true);
      for (const [i, folder] of classFolders(labels, 4).entries()) {
        await tab.setFiles(
          'Images of one class',
          readdirSync(folder).map((file) => join(folder, file)),
        );
        await tab.type('Class', labels[i]!);
        await tab.click('dialog button', 'Add');
        await tab.until((count) => window.headway.snapshot().dataset.images === count, 4 * (i + 1));
      }
      await tab.type('Epochs', '2');
      await tab.click('button', 'Run');
      await tab.until(() => window.headway.snapshot().lanes.length > 0);

      // Another tab in front of it: this one has no frames, and its timers are slow.
      const other = await Tab.open(tab.firefox);
      expect(await tab.evaluate(() => document.hidden)).toBe(true);
      // Long enough for a worker that is held while it starts threads, and another one in its place.
      const phase = () => tab.evaluate(() => window.headway.snapshot().lanes[0]!.phase);
      await expect.poll(phase, { timeout: 180_000, intervals: [500] }).toMatch(/done|failed/);
      expect(await tab.evaluate(() => window.headway.snapshot().lanes[0]!.error)).toBeNull();
      await tab.until(() => document.title === 'Headway');
      await other.close();
      const [run] = await tab.evaluate(() => window.headway.snapshot().results);
      expect(run).toMatchObject({ base: 'resnet50', backend: 'wasm', timing: { extractedImages: 8 } });
      expect(run!.history).toHaveLength(2);
      const note = await tab.evaluate(() => window.headway.snapshot().lanes[0]!.note?.text ?? '');
      console.log(`${name}: ${run!.timing.imagesPerSecond!.toFixed(1)} images/s. ${note}`);

      const frog = join(downloads, 'frog.png');
      writeFileSync(frog, cifarImages().get('frog')!.at(-1)!.bytes);
      await tab.setFiles('Images to classify', [frog]);
      await tab.find('[role=img]', 'The picture;');

      await tab.click('button', 'Download');
      const folder = unpacked(readFileSync(await downloaded(downloads)));
      expect(await verify(folder)).toMatch(/This copy predicts what Headway predicted\.\s*$/);
      rmSync(folder, { recursive: true });

      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() =>
        (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);

      await tab.reload();
      await ready(tab);
      await tab.find('td, th', 'ResNet50');
      const { dataset, results } = await tab.evaluate(() => window.headway.snapshot());
      expect(dataset.images).toBe(8);
      expect(results.map(({ runId }) => runId)).toEqual([run!.runId]);
      expect(said).toEqual([]);
    });
  });
