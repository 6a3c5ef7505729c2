/** `npm run icons`: draws the app's icons from `public/favicon.svg`; for when that has changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findOrInstallChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { chromium } = await import('playwright');
const folder = fileURLToPath(new URL('../public/', import.meta.url));
const svg = readFileSync(`${folder}favicon.svg`, 'utf8');
const ground = /<rect[^>]* fill="(#[0-9a-f]+)"/.exec(svg)?.[1] ?? 'none';
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: sandbox });
try {
  for (const side of [192, 512])
    // Systems cut maskable icons to shapes of their own; four fifths of the width are safe from that.
    for (const [name, share, background] of /** @type {const} */ ([
      ['icon', 1, 'transparent'],
      ['maskable', 0.75, ground],
    ])) {
      const page = await browser.newPage({ viewport: { width: side, height: side } });
      const style = `margin: 0; height: 100vh; display: grid; place-items: center; background: ${background}`;
      await page.setContent(`<body style="${style}"><div style="width: ${100 * share}%">${svg}</div></body>`);
      await page.addStyleTag({ content: 'svg { display: block }' });
      writeFileSync(`${folder}${name}-${side}.png`, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
} finally {
  await browser.close();
}
