import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../errors';
import { fuzz, mutated, patience } from '../fuzz.test-helper';
import { Random } from '../random';
import { isCifar10, openCifar10 } from './cifar10-binary';
import { cifar10Classes, pngBytes } from './cifar10-format';
import { batchOf, tarGzOf, tarOf } from './cifar10.test-helper';
import type { Bytes } from './records';

/** Twenty real images out of the sample that the page ships, two a class. */
const sample = Object.entries(
  unzipSync(new Uint8Array(readFileSync(new URL('../../../public/sample/cifar10.zip', import.meta.url)))),
).filter(([path]) => path.endsWith('.png'));
const images = cifar10Classes.flatMap((name, label) =>
  sample
    .filter(([path]) => path.split('/')[1] === name)
    .slice(0, 2)
    .map(([, bytes]) => ({ label, rgb: rgbOf(bytes) })),
);
const batch = batchOf(images);

function rgbOf(png: Uint8Array): Uint8Array {
  const { data, channels } = decode(png);
  return Uint8Array.from({ length: 3072 }, (_, i) => data[Math.floor(i / 3) * channels + (i % 3)]!);
}

const open = (path: string, bytes: Bytes) =>
  openCifar10(path, new Blob([bytes]), new AbortController().signal);

async function refusal(path: string, bytes: Bytes): Promise<string> {
  const error: unknown = await open(path, bytes).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HeadwayError);
  expect((error as HeadwayError).code).toBe('archive-unreadable');
  return (error as HeadwayError).details ?? '';
}

describe('a batch of the binary version', () => {
  it('gives every image with its label, share and pixels', async () => {
    const sources = await open('somewhere/data_batch_3.bin', batch);
    expect(sources).toHaveLength(20);
    expect(sources.map(({ placed }) => placed)).toEqual(
      images.map(({ label }) => ({ label: cifar10Classes[label], share: 'train' })),
    );
    expect(sources[19]!.path).toBe('cifar10/train/truck/20019.png');
    for (const [i, source] of sources.entries()) {
      const png = await source.read();
      expect([png.length, source.size]).toEqual([pngBytes, pngBytes]);
      expect(decode(png)).toMatchObject({ width: 32, height: 32, channels: 3 });
      expect([...decode(png).data]).toEqual([...images[i]!.rgb]);
    }
  });

  it('of the test set goes to the test share', async () => {
    const [first] = await open('test_batch.bin', batch);
    expect(first).toMatchObject({ path: 'cifar10/test/airplane/0.png', placed: { share: 'test' } });
  });

  it('is refused when it is cut short, too long or empty', async () => {
    const details = await refusal('data_batch_1.bin', batch.slice(0, -1));
    expect(details).toContain('data_batch_1.bin has 61,459 bytes, a whole batch 30,730,000');
    expect(await refusal('data_batch_1.bin', new Uint8Array())).toContain('0 bytes');
    expect(await refusal('data_batch_1.bin', new Uint8Array(10_001 * 3073))).toContain('bytes');
  });

  it('is refused when a label is not one of the ten', async () => {
    const bad = batch.slice();
    bad[7 * 3073] = 10;
    expect(await refusal('data_batch_1.bin', bad)).toContain('Image 7 has the label 10');
  });

  it('is never read wrongly, whatever happens to its bytes', async () => {
    const random = new Random(1, 'mutations');
    let [refused, read] = [0, 0];
    for (let round = 0; round < 200; round++) {
      let bytes = batch.slice();
      if (random.uniform() < 0.3) bytes = bytes.slice(0, random.below(bytes.length));
      for (let flips = random.below(20); flips > 0 && bytes.length > 0; flips--)
        bytes[random.below(bytes.length)] = random.below(256);
      try {
        const sources = await open('data_batch_1.bin', bytes);
        expect(sources).toHaveLength(bytes.length / 3073);
        const i = random.below(sources.length);
        const png = await sources[i]!.read();
        expect([...decode(png).data.subarray(0, 3)]).toEqual(
          [1, 1025, 2049].map((at) => bytes[i * 3073 + at]),
        );
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(HeadwayError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
    expect(read).toBeGreaterThan(20);
  });
});

describe('the archive of the binary version', () => {
  const files = [
    { name: 'cifar-10-batches-bin/', bytes: new Uint8Array() },
    { name: 'cifar-10-batches-bin/readme.html', bytes: new TextEncoder().encode('<p>') },
    { name: 'cifar-10-batches-bin/test_batch.bin', bytes: batch.slice(0, 3073) },
    { name: 'cifar-10-batches-bin/data_batch_2.bin', bytes: batch },
  ];

  it.each([
    ['cifar-10-binary.tar.gz', tarGzOf(files)],
    ['cifar-10-binary (1).tar.gz', tarGzOf(files)],
    ['cifar-10-binary.tar', tarOf(files)],
  ])('gives its batches, training first: %s', async (name, bytes) => {
    const sources = await open(name, bytes);
    expect(sources).toHaveLength(21);
    expect(sources[0]!.path).toBe('cifar10/train/airplane/10000.png');
    expect(sources[20]!.path).toBe('cifar10/test/airplane/0.png');
    expect([...decode(await sources[5]!.read()).data]).toEqual([...images[5]!.rgb]);
  });

  it('is refused when it is damaged, cut short or of something else', async () => {
    const whole = tarGzOf(files);
    expect(await refusal('cifar-10-binary.tar.gz', whole.slice(0, 20_000))).toContain('cut short');
    expect(await refusal('cifar-10-binary.tar', tarOf(files).slice(0, 5000))).toContain('cut short');
    expect(await refusal('cifar-10-binary.tar', new Uint8Array(2000).fill(65))).toContain(
      'Not a tar archive',
    );
    expect(await refusal('cifar-10-binary.tar', tarOf([]))).toContain('no batch of CIFAR-10');
    const other = tarOf([{ name: 'cifar-100-binary/train.bin', bytes: batch }]);
    expect(await refusal('cifar-100-binary.tar', other)).toContain('This is CIFAR-100');
  });

  it('of another version says which to take instead', async () => {
    for (const [name, version] of [
      ['data_batch_1', 'Python'],
      ['data_batch_1.mat', 'Matlab'],
    ] as const) {
      const details = await refusal('cifar-10.tar.gz', tarGzOf([{ name: `cifar-10/${name}`, bytes: batch }]));
      expect(details).toContain(`${version} version`);
      expect(details).toContain('cifar-10-binary.tar.gz');
    }
  });

  it('stops when the job does', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(openCifar10('cifar-10.tar', new Blob([tarOf(files)]), stopped)).rejects.toThrow('stopped');
  });
});

describe('files of other versions', () => {
  it('say which to take instead, and only if they are what their name says', async () => {
    expect(await refusal('data_batch_1', Uint8Array.of(0x80, 2, 1))).toContain('Python version');
    expect(await refusal('test_batch.mat', new TextEncoder().encode('MATLAB 5.0'))).toContain('Matlab');
    const [same] = await open('my/test_batch', batch);
    expect(same).toMatchObject({ path: 'my/test_batch', size: batch.length });
    expect(same!.placed).toBeUndefined();
  });

  it('are known by their names', () => {
    const names = ['a/data_batch_1.bin', 'test_batch', 'cifar10_binary.tar.gz', 'CIFAR-100-python.tgz'];
    expect(names.filter((name) => !isCifar10(name))).toEqual([]);
    const others = ['data_batch_6.bin', 'my_test_batch.bin', 'cifar-1000.tar', 'cats/1.bin', 'cifar-10.png'];
    expect(others.filter(isCifar10)).toEqual([]);
  });
});

describe('changed files', () => {
  const small = batchOf(images.slice(0, 2));
  const tar = [
    { name: 'cifar-10-batches-bin/readme.html', bytes: new Uint8Array(700) },
    { name: 'cifar-10-batches-bin/data_batch_1.bin', bytes: small },
  ];
  it.each([
    ['test_batch.bin', small],
    ['cifar-10-binary.tar', tarOf(tar)],
    ['cifar-10-binary.tar.gz', tarGzOf(tar)],
  ])(
    'of %s are read or refused',
    async (path, bytes) => {
      const readAll = async (file: Bytes) => {
        for (const source of await open(path, file)) await source.read();
      };
      const { refused } = await fuzz(mutated(bytes), readAll, { count: 150, codes: ['archive-unreadable'] });
      expect(refused).toBeGreaterThan(20);
    },
    patience,
  );
});
