/**
 * `npm run soak`: half an hour of adding, running, cancelling, deleting, predicting and reloading in random order, on
 * the built page in headless Chromium; after each, records, screen and memory have to be as they should be.
 *
 *   npm run soak -- --minutes 3 --seed 7   so long, and in the order of that seed
 *   npm run soak -- --quiet                only the summary
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    quiet: { type: 'boolean', default: false },
  },
});
const { build, preview, runnerImport } = await import('vite');
const { findOrInstallChromium } = await import('./chromium.mjs');
const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}.cache/soak/dist`;
await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
const page = await preview({ root, logLevel: 'warn', build: { outDir }, preview: { port: 4291 } });
const { openBrowser, openPage } = (await runnerImport('./tools/study/browser.ts', { root })).module;
const { soak } = (await runnerImport('./e2e/support/soak.ts', { root })).module;
const profile = mkdtempSync(join(tmpdir(), 'headway-soak-'));
const sample = Object.entries(unzipSync(readFileSync(`${root}public/sample/cifar10.zip`)));
const pictures = sample.filter(([path]) => path.endsWith('.png')).map(([path, bytes]) => ({ path, bytes }));
const seed = Number(values.seed);
let browser = null;
try {
  browser = await openBrowser(findOrInstallChromium(), profile);
  const url = page.resolvedUrls?.local[0] ?? '';
  console.log(`${values.minutes} minutes, seed ${seed}`);
  const report = await soak(await openPage(browser, url), {
    seed,
    seconds: 60 * Number(values.minutes),
    pictures,
    log: values.quiet ? undefined : console.log,
  });
  console.log(JSON.stringify(report, null, 2));
} finally {
  await browser?.close();
  await page.close();
  rmSync(profile, { recursive: true, force: true });
}
