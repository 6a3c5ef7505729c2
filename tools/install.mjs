/** Installs the dependencies when they are missing or older than the lock file. Needs nothing but Node. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} file */
const locked = (file) => JSON.parse(readFileSync(root + file, 'utf8')).packages;

function installed() {
  if (!existsSync(root + 'node_modules/.package-lock.json')) return false;
  const wanted = locked('package-lock.json');
  const here = locked('node_modules/.package-lock.json');
  // Optional packages are for other platforms; npm leaves them out.
  return Object.keys(wanted).every(
    (path) => path === '' || wanted[path].optional || here[path]?.version === wanted[path].version,
  );
}

export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Headway needs Node 20.19 or newer; this is ${process.version}.`);
    process.exit(1);
  }
  if (installed()) return;
  console.log('Installing dependencies …');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
