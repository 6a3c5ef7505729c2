/** Finds a Firefox for the journey that is made in one; none is ever installed. */
import { existsSync } from 'node:fs';

const usual = [
  process.env['FIREFOX_PATH'],
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/**
 * Path of a Firefox that is here; null when there is none.
 * @returns {string | null}
 */
export function findFirefox() {
  return usual.find((path) => path && existsSync(path)) ?? null;
}
