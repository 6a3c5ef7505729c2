import { describe, expect, it, vi } from 'vitest';
import { filesBelow, underLabel, type DropEntry } from './drop';

const file = (name: string): DropEntry => ({
  name,
  isFile: true,
  isDirectory: false,
  ...{ file: (done: (blob: Blob) => void) => done(new Blob([name])) },
});
const lost = (name: string): DropEntry => ({
  name,
  isFile: true,
  isDirectory: false,
  ...{ file: (_: unknown, failed: (error: unknown) => void) => failed(new Error('gone')) },
});
/** Gives its entries in batches, as browsers do. */
const folder = (name: string, entries: readonly DropEntry[], batch = 100): DropEntry => ({
  name,
  isFile: false,
  isDirectory: true,
  ...{
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done: (some: DropEntry[]) => void) => {
          done(entries.slice(at, at + batch));
          at += batch;
        },
      };
    },
  },
});

describe('dropped folders', () => {
  it('are read to their last batch, with paths', async () => {
    const cats = Array.from({ length: 250 }, (_, index) => file(`${index}.jpg`));
    const found = await filesBelow([folder('pets', [folder('cat', cats), file('notes.txt')])]);
    expect(found).toHaveLength(251);
    expect(found[249]!.path).toBe('pets/cat/249.jpg');
    expect(found[250]!.path).toBe('pets/notes.txt');
    expect(await found[0]!.blob.text()).toBe('0.jpg');
  });

  it('go on past what cannot be read', async () => {
    const found = await filesBelow([folder('cat', [lost('1.jpg'), file('2.jpg')])]);
    expect(found.map(({ path }) => path)).toEqual(['cat/2.jpg']);
  });

  it('tell how many files were found', async () => {
    const onFound = vi.fn();
    await filesBelow([file('1.jpg')], onFound);
    expect(onFound).toHaveBeenLastCalledWith(1);
  });
});

it('puts loose images under the class that was asked for, and leaves others alone', () => {
  const blob = new Blob();
  const files = underLabel(
    [
      { path: '1.jpg', blob },
      { path: 'dog/2.jpg', blob },
    ],
    'cat/kitten',
  );
  expect(files.map(({ path }) => path)).toEqual(['cat∕kitten/1.jpg', 'dog/2.jpg']);
});
