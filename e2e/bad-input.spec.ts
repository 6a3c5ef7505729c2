import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { chunk } from './support/animation';
import { snapshot, test, waitForImages } from './support/app';
import { cifarImages, drop, folderOf } from './support/images';

const hostile = ['__proto__', '<img src=x onerror=alert(1)>', '🐱 猫', 'x'.repeat(200)];

test('broken files are left out with a reason, and nothing else is lost', async ({ app }) => {
  const [good, other] = cifarImages().get('cat')!;
  const root = folderOf([
    ['pets/cat/good.png', good!.bytes],
    ['pets/cat/again.png', good!.bytes],
    ['pets/cat/text.jpg', 'this is not a picture'],
    ['pets/cat/cut.png', good!.bytes.slice(0, good!.bytes.length / 2)],
    ['pets/cat/.DS_Store', 'x'],
    ['pets/dog/zero.png', ''],
    ['pets/dog/good.png', other!.bytes],
    ['pets/dog/stolen.png', good!.bytes],
    ['pets/empty/Thumbs.db', 'x'],
  ]);
  await drop(app, [join(root, 'pets')]);
  await waitForImages(app, 2);
  const { dataset } = await snapshot(app);
  expect(dataset.ignored).toBe(2);
  const reasons = new Map(dataset.leftOut.map(({ path, reason }) => [path, reason]));
  expect(reasons.get('pets/cat/cut.png')).toBe('unreadable');
  expect(reasons.get('pets/cat/text.jpg')).toBe('not-an-image');
  expect(reasons.get('pets/dog/zero.png')).toBe('empty-file');
  // A folder is read in no promised order: of the three copies of one image any may be the one that stays.
  const copies = ['pets/cat/good.png', 'pets/cat/again.png', 'pets/dog/stolen.png'];
  const left = copies.filter((path) => reasons.has(path));
  expect(left).toHaveLength(2);
  expect(left.map((path) => reasons.get(path))).toContain('duplicate-other-label');
  expect(reasons.size).toBe(5);
  await expect(app.getByText(/left out/i).first()).toBeVisible();
});

test('one class alone is explained, not run', async ({ app }) => {
  const images = cifarImages().get('cat')!.slice(0, 3);
  const root = folderOf(images.map(({ name, bytes }) => [`cat/${name}`, bytes] as const));
  await drop(app, [join(root, 'cat')]);
  await waitForImages(app, 3);
  const code = await app.evaluate(() =>
    window.headway.run().then(
      () => 'ran',
      (error: unknown) => (error as { code?: string }).code,
    ),
  );
  expect(code).toBe('too-few-classes');
  expect((await snapshot(app)).dataset.images).toBe(3);
});

test('class names are only ever text', async ({ app }) => {
  const images = cifarImages().get('deer')!;
  const alerts: string[] = [];
  app.on('dialog', (dialog) => {
    alerts.push(dialog.message());
    void dialog.dismiss();
  });
  const files = hostile.flatMap((label, i) =>
    images
      .slice(3 * i, 3 * i + 3)
      .map(({ name, bytes }) => ({ path: `${label}/${name}`, bytes: [...bytes] })),
  );
  const report = await app.evaluate(
    (list) =>
      window.headway.addImages(
        list.map(({ path, bytes }) => ({ path, blob: new Blob([new Uint8Array(bytes)]) })),
      ),
    files,
  );
  expect(report.added).toBe(12);
  const { dataset } = await snapshot(app);
  expect(new Set(dataset.classes.map(({ label }) => label))).toEqual(new Set(hostile));
  for (const label of hostile) await expect(app.getByText(label, { exact: true }).first()).toBeVisible();
  const [run] = await app.evaluate(() => window.headway.run({ epochs: 2 }));
  expect(new Set(run!.classes)).toEqual(new Set(hostile));
  expect(alerts).toEqual([]);
});

test('an empty folder says that there was nothing in it', async ({ app }) => {
  await drop(app, [folderOf([['readme.txt', 'no images here']])]);
  await expect(app.getByText(/left out|no images/i).first()).toBeVisible();
  expect((await snapshot(app)).dataset.images).toBe(0);
});

test('a picture of 30,000 pixels is refused before it is decoded', async ({ app }) => {
  // A valid PNG header is all that it takes.
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  header.writeUInt32BE(30_000, 16);
  header.writeUInt32BE(30_000, 20);
  header.set([8, 2, 0, 0, 0], 24);
  const root = folderOf([
    ['a/huge.png', header],
    ['b/fine.png', cifarImages().get('cat')![0]!.bytes],
  ]);
  await drop(app, [join(root, 'a'), join(root, 'b')]);
  await waitForImages(app, 1);
  expect((await snapshot(app)).dataset.leftOut).toMatchObject([{ path: 'a/huge.png', reason: 'too-large' }]);
});

test('what swells up inside a picture, or never ends, costs no more than a picture', async ({ app }) => {
  const [first, second] = cifarImages().get('cat')!;
  const zeros = deflateSync(Buffer.alloc(256 * 2 ** 20));
  const root = folderOf([
    ['a/profile.png', pngWith(first!.bytes, chunk('iCCP', Buffer.concat([Buffer.from('all\0\0'), zeros])))],
    ['a/text.png', pngWith(second!.bytes, chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), zeros])))],
    ['a/film.gif', film(20_000)],
  ]);
  await drop(app, [join(root, 'a')]);
  await expect
    .poll(async () => {
      const { dataset } = await snapshot(app);
      return dataset.images + dataset.leftOut.length;
    })
    .toBe(3);
  // An animation is its first picture.
  expect((await snapshot(app)).dataset).toMatchObject({ images: 3, leftOut: [] });
});

/** A PNG with one more chunk behind its header. */
const pngWith = (png: Uint8Array, more: Buffer): Buffer =>
  Buffer.concat([png.subarray(0, 33), more, png.subarray(33)]);

/** A GIF of 64 × 64 pixels, of which each picture changes one. */
function film(pictures: number): Buffer {
  const header = Buffer.from('GIF89a\x40\0\x40\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const control = [0x21, 0xf9, 4, 0, 1, 0, 0, 0];
  const picture = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
  return Buffer.concat([
    header,
    Buffer.alloc(23 * pictures, Buffer.from([...control, ...picture])),
    Buffer.from([0x3b]),
  ]);
}
