import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fuzz, mutated, patience } from '../fuzz.test-helper';
import { openArchive } from './archive';

const zip = (files: Zippable) => zipSync(files);
const blob = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)]);
const noise = (length: number, seed = 1) => {
  let state = seed;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
};
const open = (bytes: Uint8Array, path = 'pets.zip') => openArchive(path, blob(bytes));
const unreadable = { code: 'archive-unreadable' };

/** The first place after `from` where the four bytes of `signature` stand. */
function find(bytes: Uint8Array, signature: number, from = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = from; i + 4 <= bytes.length; i++) if (view.getUint32(i, true) === signature) return i;
  throw new Error('not there');
}

describe('openArchive', () => {
  it('gives back stored and deflated files, under a folder of its own name', async () => {
    const picture = noise(300_000);
    const text = strToU8('to be or not to be '.repeat(20_000));
    const sources = await open(
      zip({
        cat: { '1.png': [picture, { level: 0 }], 'ä🐈.txt': [text, { level: 9 }] },
        'empty.png': new Uint8Array(),
      }),
      'my/Pets.ZIP',
    );
    expect(sources.map(({ path, size }) => [path, size])).toEqual([
      ['my/Pets/cat/1.png', 300_000],
      ['my/Pets/cat/ä🐈.txt', 380_000],
      ['my/Pets/empty.png', 0],
    ]);
    expect(Buffer.compare(await sources[0]!.read(), picture)).toBe(0);
    expect(Buffer.compare(await sources[1]!.read(), text)).toBe(0);
    expect((await sources[2]!.read()).length).toBe(0);
  });

  it('does not repeat the folder of its own name', async () => {
    const paths = async (files: Zippable) => (await open(zip(files), 'my/pets.zip')).map(({ path }) => path);
    expect(await paths({ 'pets/cat/a.png': noise(3), 'pets/dog/b.png': noise(3) })).toEqual([
      'my/pets/cat/a.png',
      'my/pets/dog/b.png',
    ]);
    expect(await paths({ 'pets/a.png': noise(3), 'dog/b.png': noise(3) })).toEqual([
      'my/pets/pets/a.png',
      'my/pets/dog/b.png',
    ]);
  });

  it('leaves no way out of its folder', async () => {
    const sources = await open(
      zip({ '../../etc/a.png': noise(3), '/b.png': noise(3), 'C:\\x\\c.png': noise(3) }),
    );
    expect(sources.map(({ path }) => path)).toEqual(['pets/etc/a.png', 'pets/b.png', 'pets/x/c.png']);
  });

  it('reads an archive that something was written before, or after', async () => {
    const bytes = zip({ 'a.png': noise(1000) });
    const commented = new Uint8Array(bytes.length + 5);
    commented.set(bytes);
    commented[bytes.length - 2] = 5;
    const [source] = await open(commented);
    expect(Buffer.compare(await source!.read(), noise(1000))).toBe(0);
  });

  it.each([0, 10, 21, 22, 500])('refuses %i bytes of noise, whatever their name', async (length) => {
    await expect(open(noise(length))).rejects.toMatchObject(unreadable);
  });

  it('refuses an archive that is cut short, and a file whose bytes changed', async () => {
    const bytes = zip({ 'a.png': [noise(5000), { level: 0 }], 'b.txt': strToU8('abc'.repeat(1000)) });
    await expect(open(bytes.slice(0, -30))).rejects.toMatchObject(unreadable);
    bytes[200]! ^= 1;
    const [changed, intact] = await open(bytes);
    await expect(changed!.read()).rejects.toMatchObject(unreadable);
    expect((await intact!.read()).length).toBe(3000);
  });

  it('refuses a bomb: by what it claims, and by what it does', async () => {
    const zeros = new Uint8Array(70 * 2 ** 20);
    await expect(open(zip({ 'a.bmp': zeros }))).rejects.toMatchObject(unreadable);

    const liar = zip({ 'a.bmp': zeros.subarray(0, 2 ** 20) });
    const view = new DataView(liar.buffer, liar.byteOffset);
    view.setUint32(find(liar, 0x02014b50) + 24, 1000, true);
    const [source] = await open(liar);
    await expect(source!.read()).rejects.toMatchObject({
      ...unreadable,
      details: 'It unpacks to more than it declares',
    });
  });

  it('refuses too large and encrypted files one by one', async () => {
    const bytes = zip({ 'a.png': [noise(100), { level: 0 }], 'b.png': noise(100), 'c.png': noise(100) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const first = find(bytes, 0x02014b50);
    view.setUint16(first + 8, 1, true);
    const second = find(bytes, 0x02014b50, first + 4);
    view.setUint16(second + 10, 14, true);
    const sources = await open(bytes);
    await expect(sources[0]!.read()).rejects.toMatchObject(unreadable);
    await expect(sources[1]!.read()).rejects.toMatchObject(unreadable);
    expect(Buffer.compare(await sources[2]!.read(), noise(100))).toBe(0);
  });

  it('refuses more files than anyone has', async () => {
    const bytes = zip({ 'a.png': noise(10) });
    const entry = bytes.slice(find(bytes, 0x02014b50), find(bytes, 0x06054b50));
    const count = 200_001;
    const crowd = new Uint8Array(count * entry.length + 22);
    for (let i = 0; i < count; i++) crowd.set(entry, i * entry.length);
    crowd.set(bytes.slice(-22), count * entry.length);
    const view = new DataView(crowd.buffer);
    view.setUint32(crowd.length - 10, count * entry.length, true);
    view.setUint32(crowd.length - 6, 0, true);
    await expect(open(crowd)).rejects.toMatchObject(unreadable);
  });
});

it(
  'changed archives are read or refused, and so are their files',
  async () => {
    const files: Zippable = {
      cat: {
        '1.png': [noise(700), { level: 0 }],
        'ä.png': [strToU8('to be or not to be '.repeat(50)), { level: 9 }],
      },
      'empty.png': new Uint8Array(),
    };
    const readAll = async (bytes: Uint8Array) => {
      for (const source of await open(bytes)) await source.read();
    };
    const { refused } = await fuzz(mutated(zip(files)), readAll, {
      count: 500,
      codes: ['archive-unreadable', 'image-too-large'],
    });
    expect(refused).toBeGreaterThan(100);
  },
  patience,
);
