/** A long run tells that it has ended, by a notification, when nobody looks at the page and it was asked to. */
import { expect, test, type Page } from '@playwright/test';
import type { FakeSession } from './fake-session.ts';
import { open } from './page.ts';

interface Told {
  readonly title: string;
  readonly body: string;
}

/** Notifications are written down instead of shown, and allowed once they are asked for. */
function noteNotifications(): void {
  const told: Told[] = [];
  class Noted {
    onclick: (() => void) | null = null;
    static permission = 'default';
    static requestPermission = () => Promise.resolve((Noted.permission = 'granted'));
    constructor(title: string, { body }: { body: string }) {
      told.push({ title, body });
    }
  }
  Object.assign(globalThis, { Notification: Noted, told });
}

const told = (page: Page) => page.evaluate(() => (globalThis as unknown as { told: Told[] }).told);

/** As browsers do, it gives a hidden page no frames. */
const look = (page: Page, away: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      value: hidden ? 'hidden' : 'visible',
    });
    if (hidden) window.requestAnimationFrame = () => 0;
    document.dispatchEvent(new Event('visibilitychange'));
  }, away);

/** How long the first lane has to go, in seconds; null: it has ended. */
const goOn = (page: Page, secondsLeft: number | null) =>
  page.evaluate((left) => {
    const session = (document.querySelector('headway-app') as unknown as { session: FakeSession }).session;
    const [lane] = session.state.lanes;
    const extract = { ...lane!.progress.extract!, secondsLeft: left };
    const patch = left === null ? { phase: 'done' as const } : { progress: { ...lane!.progress, extract } };
    session.update({ lanes: [{ ...lane!, ...patch }] });
  }, secondsLeft);

test.beforeEach(({ page }) => page.addInitScript(noteNotifications));

test('it is asked for by a press, for long runs only, and comes when nobody looks', async ({ page }) => {
  await open(page, 'running');
  const bell = page.locator('run-bell').getByRole('button');
  await expect(bell).toHaveCount(0);
  await goOn(page, 600);
  await bell.click();
  await expect(bell).toHaveCount(0);
  await look(page, true);
  await expect(page).toHaveTitle('53 % ResNet50 – Headway');
  await goOn(page, null);
  await expect.poll(() => told(page)).toEqual([{ title: 'Headway', body: 'ResNet50: finished.' }]);
  await expect(page).toHaveTitle('Headway');
});

test('whoever looks at the page, or was not asked, is told nothing', async ({ page }) => {
  for (const [asked, away] of [
    [true, false],
    [false, true],
  ] as const) {
    await page.goto('about:blank');
    await open(page, 'running');
    await goOn(page, 600);
    const bell = page.locator('run-bell').getByRole('button');
    await expect(bell).toBeVisible();
    if (asked) await bell.click();
    await look(page, away);
    await goOn(page, null);
    await expect(page).toHaveTitle('Headway');
    expect(await told(page)).toEqual([]);
  }
});
