/**
 * `npm test`: installs when needed, finds or installs a Chromium, then runs everything: types, lint and formatting,
 * unit tests, numerics in a real browser, and the journeys. Ends with one line of totals.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
 * @param {{ more?: Record<string, string>, held?: boolean }} [options] `held`: what it says is shown when it has ended,
 * so that it does not run into what another says meanwhile
 * @returns {Promise<boolean>} whether all went well
 */
async function step(title, command, { more = {}, held = false } = {}) {
  if (!held) console.log(`\n── ${title}`);
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    stdio: held ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...env, ...more },
    shell: process.platform === 'win32',
  });
  /** @type {Buffer[]} */
  const said = [];
  child.stdout?.on('data', (/** @type {Buffer} */ data) => said.push(data));
  child.stderr?.on('data', (/** @type {Buffer} */ data) => said.push(data));
  const [status] = await once(child, 'close');
  if (held) console.log(`\n── ${title}\n${Buffer.concat(said).toString()}`);
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

/** @param {string} project */
const vitest = (project) => [
  ...['npx', 'vitest', 'run', '--project', project, '--reporter=default', '--reporter=json'],
  `--outputFile.json=${reports}/${project}.json`,
];
const playwright = ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts'];
const screens = {
  more: {
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/screens.json`,
    E2E_ONLY: 'screens',
    E2E_GALLERY_PORT: String(await freePort()),
  },
  held: true,
};
const steps = [
  await step('types, lint, formatting', ['npm', 'run', '--silent', 'check']),
  // Neither needs more than a core for long.
  ...(await Promise.all([
    step('unit tests', vitest('unit')),
    step('screens', [...playwright, '--project', 'screens'], screens),
  ])),
  await step('numerics in a browser', vitest('browser')),
  await step('journeys', [...playwright, '--project', 'journeys'], {
    more: {
      PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/journeys.json`,
      E2E_ONLY: 'journeys',
      E2E_PORT: String(await freePort()),
    },
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

const run = ['unit.json', 'browser.json'].map((file) => read(file) ?? {});
const browsed = ['screens.json', 'journeys.json'].map((file) => read(file)?.stats ?? {});
/** @param {(stats: Record<string, number>) => number} count */
const inBrowser = (count) => browsed.reduce((sum, stats) => sum + count(stats), 0);
/** @param {'numPassedTests' | 'numPendingTests' | 'numFailedTests'} name */
const inVitest = (name) => run.reduce((sum, stats) => sum + (stats[name] ?? 0), 0);
const passed = inVitest('numPassedTests') + inBrowser(({ expected = 0, flaky = 0 }) => expected + flaky);
const skipped = inVitest('numPendingTests') + inBrowser(({ skipped: left = 0 }) => left);
// A step that failed without a failed test (a type error, a crash) counts as one.
const failures = inVitest('numFailedTests') + inBrowser(({ unexpected = 0 }) => unexpected);
const failed = Math.max(failures, steps.filter((ok) => !ok).length);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
