import { expect } from '@playwright/test';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';

test('two tabs: the second reads, and takes over when the first is closed', async ({ app, context }) => {
  await drop(app, classFolders(['bird', 'ship'], 4));
  await waitForImages(app, 8);
  const second = await context.newPage();
  await openApp(second);
  expect(await snapshot(second)).toMatchObject({ access: 'read', dataset: { images: 8 } });
  await expect(second.getByText(/open in another tab/)).toBeVisible();
  await expect(second.locator('#run')).toHaveAttribute('inert');
  const { bytes } = cifarImages().get('frog')![0]!;
  const add = () =>
    second.evaluate(
      (list) => window.headway.addImages([{ path: 'ship/frog.png', blob: new Blob([new Uint8Array(list)]) }]),
      [...bytes],
    );
  await expect(add()).rejects.toThrow(/Another tab/);

  // The first goes on as if it were alone, and the second shows it when it is looked at again.
  await app.evaluate(() => window.headway.run({ epochs: 1 }));
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(async () => (await snapshot(second)).results.length).toBe(1);

  await app.close();
  await expect.poll(async () => (await snapshot(second)).access).toBe('write');
  await expect(second.getByText(/open in another tab/)).toBeHidden();
  expect(await add()).toMatchObject({ added: 1 });
  const [run] = await second.evaluate(() => window.headway.run({ epochs: 1 }));
  expect(run!.timing.extractedImages).toBe(1);

  // Room is made from the header: weights and features go, and come back when they are needed.
  await second.getByRole('button', { name: 'Storage' }).click();
  const dialog = second.getByRole('dialog', { name: 'What is stored in this browser' });
  for (const what of ['Weights of ResNet50', 'Features of ResNet50']) {
    await dialog.getByRole('button', { name: `Remove: ${what}` }).click();
    await expect(dialog.getByText(what)).toBeHidden();
  }
  await dialog.getByRole('button', { name: 'Done' }).click();
  const kinds = await second.evaluate(async () =>
    (await window.headway.storage()).entries.map(({ kind }) => kind),
  );
  expect(kinds.toSorted()).toEqual(['images', 'runs']);
  const [again] = await second.evaluate(() => window.headway.run({ epochs: 1 }));
  expect(again!.timing.extractedImages).toBe(9);
});
