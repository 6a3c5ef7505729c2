/**
 * `npm test`: installs when needed, finds or installs a Chromium, then runs everything: types, lint and formatting,
 * unit tests, numerics in a real browser, and the journeys. Ends with one line of totals.
 */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { findOrInstallChromium } = await import('./chromium.mjs');
const root = fileURLToPath(new URL('..', import.meta.url));
const reports = root + '.cache/test';
const env = { ...process.env, CHROMIUM_PATH: findOrInstallChromium() };
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/**
 * @param {string} title
 * @param {string[]} command
 * @param {Record<string, string>} [more]
 */
function step(title, command, more = {}) {
  console.log(`\n── ${title}`);
  const [program, ...args] = command;
  const { status } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...more },
    shell: process.platform === 'win32',
  });
  return status === 0;
}

/** @returns {Promise<number>} a port that nobody listens on */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 4188));
    });
  });
}

const playwright = ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts'];
const steps = [
  step('types, lint, formatting', ['npm', 'run', '--silent', 'check']),
  step('unit tests and numerics', [
    'npx',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports}/vitest.json`,
  ]),
  step('screens', [...playwright, '--project', 'screens', '--workers', '2'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/screens.json`,
    E2E_SCREENS_ONLY: 'yes',
  }),
  step('journeys', [...playwright, '--project', 'journeys'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/journeys.json`,
    E2E_PORT: String(await freePort()),
  }),
];

/** @param {string} file */
function read(file) {
  try {
    return JSON.parse(readFileSync(`${reports}/${file}`, 'utf8'));
  } catch {
    return null;
  }
}

const vitest = read('vitest.json');
const browsed = ['screens.json', 'journeys.json'].map((file) => read(file)?.stats ?? {});
/** @param {(stats: Record<string, number>) => number} count */
const inBrowser = (count) => browsed.reduce((sum, stats) => sum + count(stats), 0);
const passed = (vitest?.numPassedTests ?? 0) + inBrowser(({ expected = 0, flaky = 0 }) => expected + flaky);
const skipped = (vitest?.numPendingTests ?? 0) + inBrowser(({ skipped: left = 0 }) => left);
// A step that failed without a failed test (a type error, a crash) counts as one.
const failures = (vitest?.numFailedTests ?? 0) + inBrowser(({ unexpected = 0 }) => unexpected);
const failed = Math.max(failures, steps.filter((ok) => !ok).length);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
