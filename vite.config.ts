import { readFileSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './tools/chromium.mjs';
import { asJavascript } from './tools/vite/as-javascript.ts';
import { fixtures, hasFixtures } from './tools/vite/fixtures.ts';
import { wasmKernels } from './tools/vite/kernels.ts';
import { mirror } from './tools/vite/mirror.ts';
import { policy } from './tools/vite/policy.ts';
import { serviceWorker } from './tools/vite/service-worker.ts';
import { threadedWasm } from './tools/vite/threaded-wasm.ts';

// Found late, a dependency reloads the page in the middle of a run or a test.
const dependencies = [
  ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
    (name) => `@tensorflow/tfjs-${name}`,
  ),
  '@bufbuild/protobuf',
  '@bufbuild/protobuf/codegenv2',
  '@bufbuild/protobuf/wire',
  'comlink',
  'fast-png',
  'fflate',
  'flatbuffers',
  'h5wasm',
  'hash-wasm',
  'idb-keyval',
  'image-size',
  'ml-matrix',
  'pure-rand/distribution/uniformFloat64',
  'pure-rand/distribution/uniformInt',
  'pure-rand/generator/xoroshiro128plus',
  'umap-js',
];
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const executablePath = findChromium();
/** Files that take minutes to measure something: `npm run study` asks for them (`tools/study.mjs`). */
const study = process.env.HEADWAY_STUDY_TESTS;

// Cross-origin isolation: without it there is no SharedArrayBuffer, hence no wasm threads.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  define: { __HEADWAY_VERSION__: JSON.stringify(version) },
  base: './',
  plugins: [mirror(), threadedWasm(), asJavascript(), wasmKernels(), policy(), serviceWorker()],
  worker: { format: 'es', plugins: () => [threadedWasm(), asJavascript(), wasmKernels()] },
  optimizeDeps: { include: dependencies },
  server: { headers },
  preview: { headers },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,tools}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        plugins: [fixtures()],
        // Stock libraries, which tests compare with.
        optimizeDeps: { include: ['@tensorflow/tfjs', 'onnxruntime-web/wasm'] },
        define: { 'import.meta.env.HAS_FIXTURES': JSON.stringify(hasFixtures) },
        test: {
          name: 'browser',
          include: [study ?? 'src/**/*.browser.test.ts'],
          exclude: study === undefined ? ['**/*.study.browser.test.ts'] : [],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Two cores: numerics tests that run side by side only wait for each other.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: chromiumArgs, ...(executablePath === null ? {} : { executablePath }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
