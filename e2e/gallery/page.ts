import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { gallery } from './address.ts';
import type { Gallery } from './main.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A scene, and the errors that its page throws from then on. */
export async function open(page: Page, scene: string): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${gallery}?state=${scene}`);
  await expect(page.getByRole('main')).toBeVisible();
  return errors;
}

/** Another scene in a page that is open: quicker than a page of its own. */
export const show = (page: Page, scene: string): Promise<void> =>
  page.evaluate((name) => (globalThis as unknown as { gallery: Gallery }).gallery.show(name), scene);

/** Where axe looks, by a selector, and the rules that make no sense there. */
interface Looked {
  readonly within?: string;
  readonly without?: readonly string[];
}

/** Nothing that axe objects to, and nothing that sticks out. */
export async function expectWhole(page: Page, looked: Looked = {}): Promise<void> {
  await expectAccessible(page, looked);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Nothing that axe objects to. */
export async function expectAccessible(page: Page, { within, without = [] }: Looked = {}): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(
    ({ context, options }) =>
      (
        globalThis as unknown as { axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> } }
      ).axe.run(context ?? document, options),
    {
      context: within,
      options: {
        // What passes is not described, which takes longer than to look at it.
        resultTypes: ['violations'],
        rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
      } satisfies RunOptions,
    },
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([]);
}

/** The element with the focus, through all shadow roots, by its accessible label. */
export const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? null;
  });
