/**
 * `npm run study`: repeats the article of 2017 in headless Chromium, from CIFAR-10's images to curves, and writes what
 * it measured to `docs/study/`. It can be interrupted: the browser's profile stays in `.cache/study`, and with it the
 * features that were extracted.
 *
 *   npm run study -- --bases resnet50,inception-v3   only these bases (the others keep their earlier results)
 *   npm run study -- --limit 40                      only so many images a side, into .cache/study: a rehearsal
 *   npm run study -- --seeds 3                       seeds 1 … 3 instead of 1 … 5
 *   npm run study -- --report                        only the table and the chart, from the last results
 *   npm run study -- --cases                         instead: the article's cases 2 and 3, in some ten minutes; prints
 *                                                    the figures that `docs/study/cases.md` has
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { build, createServer, preview, runnerImport } = await import('vite');
const { findOrInstallChromium } = await import('./chromium.mjs');
if (process.argv.includes('--cases')) process.exit(measureCases(findOrInstallChromium()));

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}.cache/study/dist`;
const common = /** @type {const} */ ({ root, logLevel: 'warn' });

const measures = !process.argv.includes('--report');
if (measures) await build({ ...common, build: { outDir, emptyOutDir: true } });
// After the build: it makes a development build of every later one in this process.
const { fixtures } = (await runnerImport('./tools/vite/fixtures.ts', { root })).module;
const page = measures ? await preview({ ...common, build: { outDir }, preview: { port: 4290 } }) : null;
// For the study's own modules, and for heads on features that did not come out of the page.
const modules = await createServer({
  ...common,
  cacheDir: `${root}.cache/study/vite`,
  plugins: [fixtures()],
  server: { port: 4390, hmr: false, watch: null },
});
await modules.listen();
try {
  const { study } = await modules.ssrLoadModule('/tools/study/study.ts');
  await study({
    args: process.argv.slice(2),
    root,
    chromium: findOrInstallChromium(),
    pageUrl: page?.resolvedUrls?.local[0],
    modulesUrl: modules.resolvedUrls?.local[0],
  });
} finally {
  await modules.close();
  await page?.close();
}

/**
 * @param {string} chromium
 * @returns {number} the exit status
 */
function measureCases(chromium) {
  const file = 'src/engine/heads/cases.study.browser.test.ts';
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'browser'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium, HEADWAY_STUDY_TESTS: file },
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}
