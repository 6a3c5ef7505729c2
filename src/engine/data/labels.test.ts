import { describe, expect, it } from 'vitest';
import { assignLabels, cleanPath } from './labels';

const labels = (...paths: string[]) => assignLabels(paths).map(({ label }) => label);
const shares = (...paths: string[]) => assignLabels(paths).map(({ label, share }) => [label, share]);

describe('cleanPath', () => {
  it('keeps a path inside its root', () => {
    expect(cleanPath('/a/b.png')).toBe('a/b.png');
    expect(cleanPath('../../etc/./passwd')).toBe('etc/passwd');
    expect(cleanPath('C:\\pets\\cat\\1.png')).toBe('pets/cat/1.png');
  });
});

describe('assignLabels', () => {
  it('takes each of several dropped folders as a class', () => {
    expect(labels('cat/1.jpg', 'dog/1.jpg')).toEqual(['cat', 'dog']);
  });

  it('takes the folders inside one dropped folder as classes', () => {
    expect(labels('pets/cat/1.jpg', 'pets/dog/1.jpg')).toEqual(['cat', 'dog']);
    expect(labels('my/data/pets/cat/1.jpg', 'my/data/pets/dog/1.jpg')).toEqual(['cat', 'dog']);
  });

  it('takes one flat folder as one class', () => {
    expect(labels('cat/1.jpg', 'cat/2.jpg')).toEqual(['cat', 'cat']);
    expect(labels('pets/cat/1.jpg', 'pets/cat/2.jpg')).toEqual(['cat', 'cat']);
  });

  it('keeps the class of what lies deeper', () => {
    expect(labels('pets/cat/a/b/1.jpg', 'pets/cat/2.jpg', 'pets/dog/c/3.jpg')).toEqual(['cat', 'cat', 'dog']);
    expect(labels('cat/1.jpg', 'cat/kittens/2.jpg')).toEqual(['cat', 'cat']);
  });

  it('gives no label to strays beside class folders, or outside any folder', () => {
    expect(labels('pets/x.jpg', 'pets/cat/1.jpg', 'pets/dog/1.jpg')).toEqual([null, 'cat', 'dog']);
    expect(labels('x.jpg', 'pets/cat/1.jpg', 'pets/dog/1.jpg')).toEqual([null, 'cat', 'dog']);
    expect(labels('x.jpg')).toEqual([null]);
    expect(labels()).toEqual([]);
  });

  it('is not led astray by documents beside the classes', () => {
    expect(labels('data/README.txt', 'data/pets/cat/1.jpg', 'data/pets/dog/1.jpg')).toEqual([
      null,
      'cat',
      'dog',
    ]);
  });

  it('reads the share from train, val and test folders, in any case', () => {
    expect(
      shares('d/train/cat/1.jpg', 'd/Valid/cat/2.jpg', 'd/TEST/dog/3.jpg', 'd/validation/dog/x/4.jpg'),
    ).toEqual([
      ['cat', 'train'],
      ['cat', 'validation'],
      ['dog', 'test'],
      ['dog', 'validation'],
    ]);
    expect(shares('training/cat/1.jpg', 'testing/cat/2.jpg', 'val/cat/3.jpg')).toEqual([
      ['cat', 'train'],
      ['cat', 'test'],
      ['cat', 'validation'],
    ]);
  });

  it('knows the share when only one of those folders is dropped', () => {
    expect(shares('d/test/cat/1.jpg', 'd/test/dog/2.jpg')).toEqual([
      ['cat', 'test'],
      ['dog', 'test'],
    ]);
    expect(shares('val/cat/1.jpg', 'val/cat/2.jpg')).toEqual([
      ['cat', 'validation'],
      ['cat', 'validation'],
    ]);
  });

  it('leaves a class that is called test alone', () => {
    expect(shares('test/1.jpg', 'cat/1.jpg')).toEqual([
      ['test', null],
      ['cat', null],
    ]);
    expect(shares('test/1.jpg', 'test/2.jpg')).toEqual([
      ['test', null],
      ['test', null],
    ]);
  });

  it('hides what systems leave behind', () => {
    const paths = [
      '.DS_Store',
      'cat/.DS_Store',
      'cat/Thumbs.db',
      'Desktop.ini',
      'cat/Icon\r',
      '__MACOSX/cat/._1.jpg',
      '.git/x.jpg',
    ];
    expect(assignLabels([...paths, 'cat/1.jpg']).map(({ hidden }) => hidden)).toEqual([
      ...paths.map(() => true),
      false,
    ]);
    expect(labels('.git/1.jpg', 'pets/cat/1.jpg', 'pets/dog/1.jpg')).toEqual([null, 'cat', 'dog']);
  });

  it('normalises labels, so that one name typed on two systems is one class', () => {
    expect(labels('pets/cafe\u0301/1.jpg', 'pets/caf\u00e9/2.jpg')).toEqual(['caf\u00e9', 'caf\u00e9']);
  });

  it('takes any name as a label', () => {
    const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '🐈‍⬛', 'x'.repeat(300), '1'];
    expect(labels(...names.map((name) => `pets/${name}/1.jpg`))).toEqual(names);
  });

  it('reads Windows paths', () => {
    expect(labels('pets\\cat\\1.jpg', 'pets\\dog\\1.jpg')).toEqual(['cat', 'dog']);
  });
});
