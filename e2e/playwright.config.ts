import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from '../tools/chromium.mjs';

const port = Number(process.env.E2E_PORT ?? 4188);
const executablePath = findChromium();

export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/test/journeys',
  // Two cores: journeys extract real features and would only wait for each other. Screens compute nothing.
  workers: 1,
  projects: [
    { name: 'journeys', testIgnore: '**/gallery/**' },
    { name: 'screens', testMatch: '**/gallery/*.spec.ts', fullyParallel: true },
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
    trace: 'retain-on-failure',
    launchOptions: { args: chromiumArgs, ...(executablePath === null ? {} : { executablePath }) },
  },
  // The gallery serves itself.
  ...(process.env.E2E_SCREENS_ONLY
    ? {}
    : {
        webServer: {
          command: 'node tools/start.mjs --no-open',
          cwd: '..',
          env: { PORT: String(port) },
          url: `http://localhost:${port}`,
          timeout: 180_000,
          reuseExistingServer: false,
        },
      }),
});
