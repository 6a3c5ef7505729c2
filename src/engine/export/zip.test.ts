import { strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Job } from '../job';
import type { PackageFile } from './model';
import { checkFileName, ZipWriter } from './zip';

const file = (name: string, ...texts: string[]): PackageFile => ({
  name,
  chunks: texts.map((text) => strToU8(text)),
  deflate: true,
});

async function zipped(files: readonly PackageFile[], job = new Job()): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new ZipWriter((bytes) => void parts.push(bytes.slice()), job);
  for (const one of files) await zip.add(one);
  await zip.end();
  return Buffer.concat(parts);
}

describe('a zip', () => {
  it('holds what was put in, deflated or not, and is the same for the same files', async () => {
    const large = Uint8Array.from({ length: 5_000_001 }, (_, i) => (i * 7919) >> 8);
    const files = (): PackageFile[] => [
      file('a.txt', 'one ', 'two'),
      { name: 'folder/b.bin', chunks: [large.subarray(0, 11), large.subarray(11)], deflate: false },
      { name: 'c.bin', chunks: [large], deflate: 'fast' },
      { name: 'empty', chunks: [], deflate: false },
    ];
    const zip = await zipped(files());
    const found = unzipSync(zip);
    expect(Object.keys(found)).toEqual(['a.txt', 'folder/b.bin', 'c.bin', 'empty']);
    expect(Buffer.from(found['a.txt']!).toString()).toBe('one two');
    expect(Buffer.compare(found['folder/b.bin']!, large)).toBe(0);
    expect(Buffer.compare(found['c.bin']!, large)).toBe(0);
    expect(found.empty).toHaveLength(0);
    expect(Buffer.compare(await zipped(files()), zip)).toBe(0);
  });

  it('tells length and SHA-256 of each file', async () => {
    const zip = new ZipWriter(() => undefined, new Job());
    // SHA-256 of “abc”: FIPS 180-4, appendix B.1.
    expect(await zip.add(file('abc', 'a', 'bc'))).toEqual({
      name: 'abc',
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  it('waits for its sink, and gives pieces of a large file on as views', async () => {
    const data = new Uint8Array(5 * 2 ** 20);
    let waiting = 0;
    const own: boolean[] = [];
    const zip = new ZipWriter(async (bytes) => {
      expect(++waiting).toBe(1);
      own.push(bytes.buffer === data.buffer);
      await new Promise((resolve) => setTimeout(resolve, 1));
      waiting--;
    }, new Job());
    await zip.add({ name: 'data', chunks: [data], deflate: false });
    expect(own.filter(Boolean)).toHaveLength(3);
  });

  it('stops when it is cancelled, and when its sink fails', async () => {
    const job = new Job();
    const zip = new ZipWriter(() => job.cancel(), job);
    await expect(zip.add({ ...file('a', 'x'), deflate: false })).rejects.toMatchObject({ code: 'cancelled' });
    const full = new ZipWriter(() => Promise.reject(new Error('disk full')), new Job());
    await expect(full.add(file('a', 'x'))).rejects.toThrow('disk full');
  });

  it('takes no name twice, not even in another case', async () => {
    await expect(zipped([file('a.txt', ''), file('A.TXT', '')])).rejects.toThrow(RangeError);
  });
});

describe('a file name', () => {
  it.each(['README.md', 'certificate/picture-1.png', 'demo/tf.js', 'model.weights.h5', '_x'])(
    'may be %s',
    (name) => {
      expect(() => checkFileName(name)).not.toThrow();
    },
  );
  it.each([
    ...['../../x', '..', 'a/../b', '/etc/passwd', 'C:\\x', 'a\\b', 'a//b', '', '.hidden', 'a/'],
    ...['con', 'NUL.txt', 'com1', 'a/lpt9.md', 'dot.', 'space ', 'a:b', 'a\u0000b', '🦊', 'a?b', 'a\nb'],
  ])('may not be %j', (name) => {
    expect(() => checkFileName(name)).toThrow(RangeError);
  });
});
