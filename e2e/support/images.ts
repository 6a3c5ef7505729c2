import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';

const zip = new URL('../../public/sample/cifar10.zip', import.meta.url);

/** Real CIFAR-10 test images from the sample, by class. */
export function cifarImages(): Map<string, { name: string; bytes: Uint8Array }[]> {
  const classes = new Map<string, { name: string; bytes: Uint8Array }[]>();
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    const [, label, name] = path.split('/');
    if (!label || !name?.endsWith('.png')) continue;
    classes.set(label, [...(classes.get(label) ?? []), { name, bytes }]);
  }
  return classes;
}

/** Writes files into a new temporary folder; keys are paths below it. Returns the folder. */
export function folderOf(files: Iterable<readonly [path: string, bytes: Uint8Array | string]>): string {
  const root = mkdtempSync(join(tmpdir(), 'headway-'));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

/** Folders of the first `count` images of each of `labels`; returns the folder of each class. */
export function classFolders(labels: readonly string[], count: number): string[] {
  const images = cifarImages();
  const root = folderOf(
    labels.flatMap((label) =>
      images
        .get(label)!
        .slice(0, count)
        .map(({ name, bytes }) => [`${label}/${name}`, bytes] as const),
    ),
  );
  return labels.map((label) => join(root, label));
}

/**
 * Drops files and folders on the middle of the page as the operating system does it. The browser now and then swallows
 * a drag that comes while a page is still being laid out, as a hand would notice: then it is dragged again.
 */
export async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  await page.evaluate(() => {
    const counter = window as { headwayDrops?: number };
    counter.headwayDrops = 0;
    const count = () => (counter.headwayDrops = 1);
    addEventListener('drop', count, { capture: true, once: true });
  });
  await expect(async () => {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
    await page.waitForFunction(() => (window as { headwayDrops?: number }).headwayDrops === 1, null, {
      timeout: 2_000,
    });
  }).toPass({ timeout: 15_000 });
  await session.detach();
}
