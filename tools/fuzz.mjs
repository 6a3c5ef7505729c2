/**
 * `npm run fuzz`: every reader of foreign files is given 10,000 changed ones; each has to be read, or refused with an
 * error of ours, within time and memory. What fails is shrunk and printed with the seed that finds it again.
 *
 *   npm run fuzz -- --runs 1000 --seed 7   so many, and those of that seed
 *   npm run fuzz -- src/engine/project     only the readers below that path
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { findOrInstallChromium } = await import('./chromium.mjs');
const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const seed = values.seed ?? String(randomInt(2 ** 31));
console.log(`${values.runs} files a reader, seed ${seed}`);
let failed = false;
for (const project of ['unit', 'browser']) {
  const { status } = spawnSync(
    'npx',
    ['vitest', 'run', '--project', project, '--passWithNoTests', '-t', 'changed', ...positionals],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: 'inherit',
      env: {
        ...process.env,
        CHROMIUM_PATH: findOrInstallChromium(),
        VITE_FUZZ_RUNS: values.runs,
        VITE_FUZZ_SEED: seed,
      },
      shell: process.platform === 'win32',
    },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
