/** Finds a Chromium for the tests, or has Playwright install one. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const usual = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a browser that is already here; null when there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const found = usual.find((path) => path && existsSync(path));
  if (found) return found;
  const { chromium } = createRequire(import.meta.url)('playwright');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

export function findOrInstallChromium() {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium found; installing one with Playwright …');
  execFileSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const installed = findChromium();
  if (!installed)
    throw new Error('No Chromium could be installed. Set CHROMIUM_PATH to a Chrome or Chromium.');
  return installed;
}

/**
 * Flags for every test: quiet on closed networks, and WebGPU in software so that its numerics can be checked.
 * @type {string[]}
 */
export const chromiumArgs = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--enable-unsafe-webgpu',
  '--enable-unsafe-swiftshader',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
