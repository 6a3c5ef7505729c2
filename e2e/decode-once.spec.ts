import { expect, type Page } from '@playwright/test';
import { snapshot, test } from './support/app';
import { cifarImages } from './support/images';

interface Counting {
  decoded: Record<string, number>;
}

/** Runs in every worker, before its own code. */
function countDecoding(): void {
  const channel = new BroadcastChannel('decoded');
  const decode = createImageBitmap.bind(globalThis);
  globalThis.createImageBitmap = ((...args: Parameters<typeof decode>) => {
    channel.postMessage((globalThis as unknown as { name: string }).name);
    return decode(...args);
  }) as typeof decode;
}

/** From now on the page knows how many images each worker has decoded. */
async function count(app: Page): Promise<void> {
  await app.evaluate(() => {
    const scope = globalThis as unknown as Counting;
    scope.decoded = {};
    new BroadcastChannel('decoded').onmessage = ({ data }: MessageEvent<string>) => {
      scope.decoded[data] = (scope.decoded[data] ?? 0) + 1;
    };
  });
  // As they are served: so each counts from its first line on.
  await app.route(/engine\.worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${countDecoding.toString()})();\n${await response.text()}` });
  });
}

const decodedBy = (app: Page) => app.evaluate(() => (globalThis as unknown as Counting).decoded);

test('images are decoded once for all bases, in a worker that ends with the run', async ({ app }) => {
  await count(app);
  const images = ['cat', 'truck'].flatMap((label) =>
    cifarImages()
      .get(label)!
      .slice(0, 6)
      .map(({ name, bytes }) => ({ path: `${label}/${name}`, bytes: [...bytes] })),
  );
  await app.evaluate(
    (list) =>
      window.headway.addImages(
        list.map(({ path, bytes }) => ({ path, blob: new Blob([new Uint8Array(bytes)]) })),
      ),
    images,
  );
  const results = await app.evaluate(() =>
    window.headway.run({ bases: ['resnet50', 'inception-v3'], epochs: 1 }),
  );
  expect((await snapshot(app)).lanes.map(({ error }) => error)).toEqual([null, null]);
  expect(results.map(({ timing }) => timing.extractedImages)).toEqual([12, 12]);
  const decoded = await decodedBy(app);
  expect(decoded).toMatchObject({ decoder: 12 });
  expect(Object.keys(decoded)).not.toContain('resnet50');
  expect(Object.keys(decoded)).not.toContain('inception-v3');
  expect((await snapshot(app)).lanes.map(({ phase }) => phase)).toEqual(['done', 'done']);
});

test('photographs are decoded at import and never again', async ({ app }) => {
  await count(app);
  const added = await app.evaluate(async () => {
    const context = new OffscreenCanvas(1200, 900).getContext('2d')!;
    const files: { path: string; blob: Blob }[] = [];
    for (let i = 0; i < 8; i++) {
      context.fillStyle = `hsl(${i * 45} 60% 50%)`;
      context.fillRect(100 * i, 0, 400, 900);
      const blob = await context.canvas.convertToBlob({ type: 'image/jpeg' });
      files.push({ path: `${i % 2 === 0 ? 'even' : 'odd'}/${i}.jpg`, blob });
    }
    return (await window.headway.addImages(files)).added;
  });
  expect(added).toBe(8);
  const results = await app.evaluate(() =>
    window.headway.run({ bases: ['resnet50', 'inception-v3'], epochs: 1 }),
  );
  expect(results.map(({ timing }) => timing.extractedImages)).toEqual([8, 8]);
  expect(await decodedBy(app)).toEqual({});
});
