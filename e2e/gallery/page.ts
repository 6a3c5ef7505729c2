import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { gallery } from './address.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A scene, and the errors that its page throws from then on. */
export async function open(page: Page, scene: string): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${gallery}?state=${scene}`);
  await expect(page.getByRole('main')).toBeVisible();
  return errors;
}

/** Nothing that axe objects to, and nothing that sticks out. */
export async function expectWhole(page: Page): Promise<void> {
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** The element with the focus, through all shadow roots, by its accessible label. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? null;
  });
