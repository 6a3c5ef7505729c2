import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../errors';
import { Job, type Progress } from '../job';
import { openStorage } from '../storage';
import { fixture } from './fixtures';
import { ImageStore } from './image-store';
import { importImages } from './import';
import { file, numbered, ownStore, sample, text } from './import.test-helper';
import type { ImageRecord } from './records';
import { splitImages } from './split';

const own = ownStore();

describe('importImages', () => {
  it('imports the sample, ten classes of forty, in order', async () => {
    const progress: Progress[] = [];
    const seen: ImageRecord[] = [];
    const report = await importImages([await sample()], own.store, new Job(), (step, batch) => {
      progress.push(step);
      seen.push(...batch);
    });
    expect(report).toEqual({ added: 400, leftOut: [], ignored: 0 });
    expect(progress[0]).toMatchObject({ done: 0, total: 400, unit: 'images' });
    expect(progress.at(-1)).toMatchObject({ done: 400, total: 400 });
    expect(progress.length).toBeGreaterThanOrEqual(400 / 64);
    const records = await new ImageStore(openStorage(own.name)).records();
    expect(records).toEqual(seen);
    const counts = new Map<string, number>();
    for (const { label } of records) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array.from({ length: 10 }, () => 40));
    expect([...counts.keys()]).toContain('frog');
    expect(records[0]).toMatchObject({
      path: 'cifar10/airplane/3.png',
      label: 'airplane',
      share: null,
      width: 32,
      height: 32,
      mime: 'image/png',
    });
    const { train, validation } = splitImages(records, { validationShare: 0.2, seed: 42 });
    expect([train.length, validation.length]).toEqual([320, 80]);

    const again = await own.add([await sample()]);
    expect(again.added).toBe(0);
    expect(again.leftOut).toHaveLength(400);
    expect(again.leftOut.every(({ reason }) => reason === 'duplicate')).toBe(true);
    expect(await own.store.records()).toHaveLength(400);
  });

  it('leaves out what cannot be used, with the reason, and goes on', async () => {
    const report = await own.add([
      file('pets/cat/good.png', 'png'),
      file('pets/cat/empty.jpg', new Uint8Array()),
      file('pets/cat/text.jpg', text('I am no picture')),
      file('pets/cat/cut.png', fixture('png').slice(0, 60)),
      file('pets/cat/wide.png', 'widePng'),
      file('pets/cat/scan.tiff', 'tiff'),
      file('pets/dog/noise.zip', text('PK, but no archive')),
      file('pets/dog/.DS_Store', text('x')),
      file('pets/dog/Thumbs.db', text('x')),
      file('pets/stray.webp', 'webp'),
      file('pets/dog/good.bmp', 'bmp'),
    ]);
    expect(report.added).toBe(2);
    expect(report.ignored).toBe(2);
    const reasons = new Map(report.leftOut.map(({ path, reason }) => [path, reason]));
    expect([...reasons].sort()).toEqual(
      [
        ['pets/cat/empty.jpg', 'empty-file'],
        ['pets/cat/text.jpg', 'not-an-image'],
        ['pets/cat/cut.png', 'unreadable'],
        ['pets/cat/wide.png', 'too-large'],
        ['pets/cat/scan.tiff', 'unreadable'],
        ['pets/dog/noise.zip', 'unreadable'],
        ['pets/stray.webp', 'no-label'],
      ].sort(),
    );
    expect(report.leftOut.find(({ reason }) => reason === 'too-large')!.detail).toContain('30000');
    const kept = await new ImageStore(own.storage).leftOut();
    expect(kept).toEqual({ leftOut: report.leftOut, ignored: 2 });
  });

  it('reports a file that has gone since it was dropped', async () => {
    const gone = new Blob(['x']);
    Object.defineProperty(gone, 'arrayBuffer', {
      value: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
    });
    const report = await own.add([{ path: 'cat/a.png', blob: gone }]);
    expect(report.leftOut).toMatchObject([{ path: 'cat/a.png', reason: 'unreadable' }]);
  });

  it('takes nothing in from nothing', async () => {
    expect(await own.add([])).toEqual({ added: 0, leftOut: [], ignored: 0 });
    expect(await own.add([file('.DS_Store', 'png')])).toEqual({ added: 0, leftOut: [], ignored: 1 });
    expect(await own.store.leftOut()).toEqual({ leftOut: [], ignored: 1 });
  });

  it('keeps each image once, and says where its twin is', async () => {
    const report = await own.add([
      file('d/train/cat/a.png', 'png'),
      file('d/train/cat/a copy.png', 'png'),
      file('d/test/cat/leak.png', 'png'),
      file('d/train/dog/b.png', 'png'),
      file('d/train/dog/c.webp', 'webp'),
    ]);
    expect(report.added).toBe(2);
    expect(report.leftOut.map(({ path, reason }) => [path, reason])).toEqual([
      ['d/train/cat/a copy.png', 'duplicate'],
      ['d/test/cat/leak.png', 'duplicate'],
      ['d/train/dog/b.png', 'duplicate-other-label'],
    ]);
    for (const { detail } of report.leftOut) expect(detail).toContain('d/train/cat/a.png');
    const later = await own.add([file('x/fox/z.png', 'png'), file('x/fox/gif.gif', 'gif')]);
    expect(later.leftOut).toMatchObject([{ path: 'x/fox/z.png', reason: 'duplicate-other-label' }]);
    expect((await own.store.records()).map(({ label, share }) => [label, share])).toEqual([
      ['cat', 'train'],
      ['dog', 'train'],
      ['fox', null],
    ]);
  });

  it('keeps any class name', async () => {
    const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '🐈', 'x'.repeat(300)];
    const files = await Promise.all(
      names.map(async (label, i) => file(`d/${label}/1.png`, await numbered(i))),
    );
    expect((await own.add(files)).added).toBe(5);
    expect((await own.store.records()).map(({ label }) => label)).toEqual(names);
  });

  it('gives rotated photographs their upright size', async () => {
    await own.add([file('cat/a.jpg', 'rotatedJpeg')]);
    expect((await own.store.records())[0]).toMatchObject({ width: 24, height: 16, mime: 'image/jpeg' });
  });

  it('stores thumbnails of large images', async () => {
    await own.add([file('cat/large.png', await numbered(7, 500)), file('cat/small.png', 'png')]);
    const [large, small] = await own.store.records();
    const thumb = await own.store.thumbnail(large!.id);
    const bitmap = await createImageBitmap(thumb);
    expect([thumb.type, bitmap.width, bitmap.height]).toEqual(['image/jpeg', 128, 128]);
    expect((await own.store.thumbnail(small!.id)).size).toBe(fixture('png').length);
  });

  it('keeps what was stored when it is cancelled, and goes on from there', async () => {
    const files = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => file(`cat/${i}.png`, await numbered(i))),
    );
    const job = new Job();
    let told = 0;
    const error: unknown = await importImages(files, own.store, job, (_, batch) => {
      told += batch.length;
      if (told > 0) job.cancel();
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HeadwayError);
    expect(error).toMatchObject({ code: 'cancelled' });
    const records = await own.store.records();
    expect(records.length).toBe(told);
    expect(told).toBeLessThan(200);
    expect(told).toBeGreaterThan(0);
    expect((await own.store.bytes(records.map(({ id }) => id))).size).toBe(told);
    expect((await own.add(files)).added).toBe(200 - told);
  });

  it('stores each image once when two imports run at the same time', async () => {
    const files = await Promise.all(
      Array.from({ length: 80 }, async (_, i) => file(`cat/${i}.png`, await numbered(i))),
    );
    const [a, b] = await Promise.all([own.add(files), own.add(files)]);
    expect(a.added + b.added).toBe(80);
    expect(a.leftOut.length + b.leftOut.length).toBe(80);
    expect(await own.store.records()).toHaveLength(80);
  });

  it('opens several archives, each a class', async () => {
    const pack = async (from: number) =>
      zipSync({
        'a.png': await numbered(from),
        'b.png': await numbered(from + 1),
        '__MACOSX/._a.png': text('x'),
      });
    const report = await own.add([file('cats.zip', await pack(0)), file('dogs.zip', await pack(10))]);
    expect(report).toEqual({ added: 4, leftOut: [], ignored: 2 });
    expect((await own.store.records()).map(({ label }) => label)).toEqual(['cats', 'cats', 'dogs', 'dogs']);
  });

  it('imports thousands of files in bounded batches', async () => {
    const template = await numbered(1);
    // Bytes after a PNG's end do not matter to a decoder, but make another file of it.
    const files = Array.from({ length: 3000 }, (_, i) => ({
      path: `${i % 2 === 0 ? 'cat' : 'dog'}/${i}.png`,
      blob: new Blob([template, String(i)]),
    }));
    let largest = 0;
    const report = await importImages(files, own.store, new Job(), (_, batch) => {
      largest = Math.max(largest, batch.length);
    });
    expect(report).toEqual({ added: 3000, leftOut: [], ignored: 0 });
    expect(largest).toBeLessThanOrEqual(64);
  });
});
