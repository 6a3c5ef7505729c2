/**
 * `npm test`: installs when needed, finds or installs a Chromium, then runs everything, two steps at a time:
 * types, lint and formatting, unit tests, numerics in a real browser, the journeys (one of them in a Firefox, where there
 * is one) and the screens. Ends with one line of totals.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
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
 * One line of what `name` says, with the name before it: two say something at a time.
 * @param {string} name
 * @param {import('node:stream').Readable} stream
 */
async function tell(name, stream) {
  for await (const line of createInterface(stream)) console.log(`${name.padEnd(9)}│ ${line}`);
}

/**
 * @param {string} name
 * @param {string[]} command
 * @param {Record<string, string>} [more] of the environment
 * @returns {Promise<boolean>} whether all went well
 */
async function step(name, [program = '', ...args], more = {}) {
  const start = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...more },
    shell: process.platform === 'win32',
  });
  const said = [tell(name, child.stdout), tell(name, child.stderr)];
  const [status] = await once(child, 'close');
  await Promise.all(said);
  const outcome = status === 0 ? 'passed' : 'FAILED';
  console.log(`── ${name}: ${outcome} after ${Math.round((performance.now() - start) / 1000)} s`);
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
/**
 * @param {'screens' | 'journeys'} project
 * @param {string} port the variable that names the port of its server
 * @param {string[]} more of the command
 */
const playwright = async (project, port, ...more) =>
  step(
    project,
    ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts', '--project', project, ...more],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: `${reports}/${project}.json`,
      E2E_ONLY: project,
      [port]: String(await freePort()),
    },
  );
// Two at a time: most of what runs here keeps one core busy and waits for much of its time. The longest
// come first, so that neither lane goes on for long when the other has ended.
const steps = [
  // The story in a Firefox that lacks something is told by `npm run test:firefox`.
  () => playwright('journeys', 'E2E_PORT', '--project', 'firefox', '--grep-invert', 'without.relaxed'),
  () => step('numerics', vitest('browser')),
  () => step('unit', vitest('unit')),
  () => step('check', ['npm', 'run', '--silent', 'check']),
  () => playwright('screens', 'E2E_GALLERY_PORT'),
];
/** @type {boolean[]} */
const outcomes = [];
async function lane() {
  for (let next = steps.shift(); next; next = steps.shift()) outcomes.push(await next());
}
await Promise.all([lane(), lane()]);

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
const failed = Math.max(failures, outcomes.filter((ok) => !ok).length);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
