import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from '../tools/chromium.mjs';
import { galleryPort } from './gallery/address.ts';

const port = Number(process.env.E2E_PORT ?? 4188);
/** Tests of one kind need the server of one kind. */
const only = process.env.E2E_ONLY;
const executablePath = findChromium();

export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/test/journeys',
  // Two cores: journeys extract real features and would only wait for each other. Screens compute nothing.
  workers: 1,
  projects: [
    { name: 'journeys', testIgnore: '**/e2e/{gallery,firefox}/**' },
    { name: 'screens', testMatch: '**/gallery/*.spec.ts', fullyParallel: true },
    // Firefox is not Playwright's here: `firefox/bidi.ts` starts it. It may hold a worker that starts workers for good,
    // once in some thirty runs, while a driver listens: then the story is told again, in another one.
    { name: 'firefox', testMatch: '**/e2e/firefox/*.spec.ts', retries: 1 },
  ],
  // A busy shared machine may swallow an event; twice in a row it is a fault.
  retries: process.env.CI ? 1 : 0,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? '../.cache/test/playwright.json' }],
  ],
  use: {
    baseURL: `http://localhost:${port}`,
    // It would answer instead of the routes that tests set up; `offline.spec.ts` lets it in.
    serviceWorkers: 'block',
    // Recording slows every test down: one that failed is recorded when it is tried again (where CI is set).
    trace: 'on-first-retry',
    launchOptions: { args: chromiumArgs, ...(executablePath === null ? {} : { executablePath }) },
  },
  webServer: [
    ...(only === 'screens' ? [] : [served('node tools/start.mjs --no-open', port, '')]),
    ...(only === 'journeys' ? [] : [served('node e2e/gallery/serve.mjs', galleryPort, 'e2e/gallery/')]),
  ],
});

function served(command: string, at: number, path: string) {
  const url = `http://localhost:${at}/${path}`;
  const env = { PORT: String(at) };
  return { command, cwd: '..', env, url, timeout: 180_000, reuseExistingServer: false };
}
