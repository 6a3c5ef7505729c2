import { describe, expect, it } from 'vitest';
import type { RunResult } from '../engine/run';
import { csv } from './parts/chart-export';
import { answerUnder, batchTable, cameraTrouble, noCamera, picturesAmong } from './try-view';

const file = (path: string, type = '') => ({ path, blob: new Blob([], { type }) });

describe('picturesAmong', () => {
  it('tells by type or by name, and leaves hidden files alone', () => {
    const files = [
      file('a/x.JPG'),
      file('a/notes.txt', 'text/plain'),
      file('clip', 'image/png'),
      file('a/._x.jpg', 'image/jpeg'),
      file('Thumbs.db'),
    ];
    expect(picturesAmong(files).map(({ path }) => path)).toEqual(['a/x.JPG', 'clip']);
  });
});

describe('batchTable', () => {
  const runs = [
    { runId: 'a', classes: ['cat', '=dog'] },
    { runId: 'b', classes: ['cat', '=dog'] },
  ] as unknown as RunResult[];
  const rows = [
    {
      path: 'one, two.png',
      error: null,
      answers: [{ runId: 'a', label: 'cat', probability: 0.75, probabilities: [0.75, 0.25] }],
    },
    {
      path: 'bad.png',
      error: { code: 'image-unreadable' as const, message: 'No.', advice: '' },
      answers: [],
    },
  ];
  const names = new Map([
    ['a', 'First'],
    ['b', 'Second'],
  ]);

  it('has every probability of every run, and what is missing stays empty', () => {
    const table = batchTable(rows, runs, names, 0);
    expect(table.head).toEqual([
      ...['File', 'Problem', 'First: answer', 'First: probability', 'First: cat', 'First: =dog'],
      ...['Second: answer', 'Second: probability', 'Second: cat', 'Second: =dog'],
    ]);
    expect(csv(table).split('\r\n').slice(1, 3)).toEqual([
      '"one, two.png",,cat,0.75,0.75,0.25,,,,',
      'bad.png,No.,,,,,,,,',
    ]);
  });

  it('withholds what is not sure enough', () => {
    expect(batchTable(rows, runs, names, 0.8).rows[0]![2]).toBe('none of these');
    expect(answerUnder('cat', Math.fround(0.9), 0.9)).toBe('cat');
    expect(answerUnder('cat', 0.89, 0.9)).toBeNull();
  });
});

describe('cameraTrouble', () => {
  it('tells what is wrong apart', () => {
    const messages = ['NotFoundError', 'NotAllowedError', 'NotReadableError', 'Surprise'].map(
      (name) => cameraTrouble(new DOMException('', name)).message,
    );
    expect(new Set([...messages, cameraTrouble(noCamera()).message]).size).toBe(5);
  });
});
