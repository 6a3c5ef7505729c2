import { del, keys } from 'idb-keyval';
import { describe, expect, it } from 'vitest';
import { Job } from '../job';
import { openArchive } from './archive';
import { imageId } from './digest';
import { fixture } from './fixtures';
import { importImages } from './import';
import { file, noise, ownStore, sample } from './import.test-helper';
import { PixelSource, squareOf } from './pixels';
import type { ImageRecord } from './records';

const own = ownStore();

describe('PixelSource', () => {
  const spec = { size: 32, resize: 'stretch' } as const;

  it('gives real images back to the bit, in the order asked for', async () => {
    await own.add([await sample()]);
    const records = await own.store.records();
    const ids = records
      .filter((_, i) => i % 40 < 2)
      .map(({ id }) => id)
      .reverse();
    const squares = await new PixelSource(own.store).squares(ids, spec);
    expect(squares.length).toBe(20 * 32 * 32 * 3);
    const { blob } = await sample();
    const [first] = await openArchive('cifar10.zip', blob);
    const single = await squareOf(new Blob([await first!.read()]), spec);
    expect(squares.subarray(-single.length)).toEqual(single);
    // Row 3 of the test sheet, as Pillow reads it.
    expect(await imageId(Uint8Array.from(single))).toBe(
      'e5fcaa9fcb576b0b987f1f26526f5d22d3772f86e10879d3679bf5ee7275c22b',
    );
    expect(squares.subarray(0, single.length)).not.toEqual(single);
    expect((await new PixelSource(own.store).squares([], spec)).length).toBe(0);
  });

  it('gives the squares that import has kept of a large image, and they are those of the file', async () => {
    const specs = [24, 32].map((size) => ({ size, resize: 'stretch' }) as const);
    const large = await noise(1200, 900);
    const files = [file('cat/large.jpg', large), file('cat/small.png', 'png')];
    await importImages(files, own.store, new Job(), () => undefined, specs);
    const [{ id }] = (await own.store.records()) as [ImageRecord];
    expect(await keys(own.storage)).toEqual(
      expect.arrayContaining([`square/${id}/24.stretch`, `square/${id}/32.stretch`]),
    );
    expect((await keys(own.storage)).filter((key) => (key as string).startsWith('square/'))).toHaveLength(2);

    const fromFile = await Promise.all(specs.map((spec) => squareOf(new Blob([large]), spec)));
    const pixels = new PixelSource(own.store);
    expect(await pixels.squaresOf(id, specs)).toEqual(fromFile);
    // A stored square is believed: no file is read for it.
    await del(`image/${id}`, own.storage);
    expect(await pixels.squares([id], specs[0]!)).toEqual(fromFile[0]);
    expect(await pixels.squaresOf(id, specs)).toEqual(fromFile);
    await expect(pixels.squares([id], { ...specs[0]!, resize: 'crop' })).rejects.toMatchObject({
      code: 'image-unreadable',
    });
  });

  it('names the file that cannot be read', async () => {
    await own.add([file('cat/a.png', 'png'), file('cat/b.gif', 'gif')]);
    const [a, b] = await own.store.records();
    await own.storage('readwrite', (raw) => void raw.put(fixture('png').slice(0, 60), `image/${b!.id}`));
    const pixels = new PixelSource(own.store);
    await expect(pixels.squares([a!.id, b!.id], spec)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringContaining('cat/b.gif') as string,
    });
    // Bytes that decode, and are another picture's: the name of an image is what it is.
    await own.storage('readwrite', (raw) => void raw.put(fixture('png'), `image/${b!.id}`));
    for (const reading of [pixels.squares([b!.id], spec), pixels.squaresOf(b!.id, [spec])])
      await expect(reading).rejects.toMatchObject({
        code: 'image-unreadable',
        details: expect.stringContaining('The disk has changed its bytes') as string,
      });
    // Added again it is whole again, and not there twice.
    await own.store.setDamaged([b!.id]);
    expect((await own.store.leftOut()).leftOut).toEqual([
      { path: 'cat/b.gif', reason: 'damaged', detail: '' },
    ]);
    await own.add([file('cat/b.gif', 'gif')]);
    expect((await own.store.leftOut()).leftOut).toMatchObject([{ path: 'cat/b.gif', reason: 'duplicate' }]);
    expect(await own.store.records()).toHaveLength(2);
    expect(await pixels.squares([b!.id], spec)).toHaveLength(32 * 32 * 3);
    await expect(pixels.squares(['none'], spec)).rejects.toMatchObject({ code: 'image-unreadable' });
    await expect(squareOf(new Blob(['text']), spec)).rejects.toMatchObject({ code: 'image-unreadable' });
  });
});
