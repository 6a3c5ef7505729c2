/**
 * `npm run bench`: measures how fast the page is beside stock libraries, in headless Chromium, and writes results and
 * tables to `docs/bench/`. Run it on a machine that does nothing else.
 *
 *   npm run bench -- --sections extraction,head   only these; all other figures stay as they were
 *   npm run bench -- --bases resnet50             extraction and pipeline of this base only
 *   npm run bench -- --rounds 3                   instead of 5
 *   npm run bench -- --most 5000                  no data set larger than that, instead of 50,000
 *   npm run bench -- --rehearsal                  writes into .cache/bench instead
 *   npm run bench -- --report                     only the tables, from the last results
 */
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { build, createServer, preview, runnerImport } = await import('vite');
const { findOrInstallChromium } = await import('./chromium.mjs');

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}.cache/bench/dist`;
const common = /** @type {const} */ ({ root, logLevel: 'warn' });

const args = process.argv.slice(2);
const sections = args[args.indexOf('--sections') + 1] ?? '';
/** Whether the built page is measured, or single modules only. */
const needsPage =
  !args.includes('--report') && (!args.includes('--sections') || /pipeline|scale|bundle/.test(sections));
if (needsPage) await build({ ...common, build: { outDir, emptyOutDir: true } });
// After the build: it makes a development build of every later one in this process.
const { fixtures, hasFixtures } = (await runnerImport('./tools/vite/fixtures.ts', { root })).module;
const page = needsPage ? await preview({ ...common, build: { outDir }, preview: { port: 4295 } }) : null;
const modules = await createServer({
  ...common,
  cacheDir: `${root}.cache/bench/vite`,
  plugins: [fixtures()],
  // Stock libraries, which we compare with.
  optimizeDeps: { include: ['@tensorflow/tfjs', 'onnxruntime-web/wasm'] },
  define: { 'import.meta.env.HAS_FIXTURES': JSON.stringify(hasFixtures) },
  server: { port: 4395, hmr: false, watch: null },
});
await modules.listen();
try {
  const { bench } = await modules.ssrLoadModule('/tools/bench/bench.ts');
  await bench({
    args,
    root,
    distFolder: outDir,
    chromium: findOrInstallChromium(),
    pageUrl: page?.resolvedUrls?.local[0],
    modulesUrl: modules.resolvedUrls?.local[0],
  });
} finally {
  await modules.close();
  await page?.close();
}
