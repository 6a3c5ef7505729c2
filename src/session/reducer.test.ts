import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../engine/data/records';
import { initialState, newLane, reduce, type Action } from './reducer';
import type { SessionState } from './state';

const record = (id: string, label: string): ImageRecord => ({
  id,
  label,
  path: `${label}/${id}.png`,
  share: null,
  width: 32,
  height: 32,
  bytes: 100,
  mime: 'image/png',
});
const progress = { done: 1, total: 4, unit: 'images', perSecond: null, secondsLeft: null } as const;
const after = (...actions: Action[]): SessionState => actions.reduce(reduce, initialState);

describe('reduce', () => {
  it('counts classes by label, whatever the labels are called', () => {
    const records = [
      record('1', 'b'),
      record('2', '__proto__'),
      record('3', 'b'),
      record('4', 'constructor'),
    ];
    const { dataset } = after({ type: 'dataset', records, leftOut: [], ignored: 2, lastEdit: null });
    expect(dataset.classes).toEqual([
      { label: '__proto__', count: 1 },
      { label: 'b', count: 2 },
      { label: 'constructor', count: 1 },
    ]);
    expect(dataset.ignored).toBe(2);
  });

  it('lists what a run had to leave out, each file once', () => {
    const row = (path: string, detail = '') => ({ path, reason: 'damaged', detail }) as const;
    const leftOut = [row('a/1.png'), row('a/2.png')];
    const note = { code: 'images-left-out', text: '', leftOut } as const;
    const { dataset, lanes } = after(
      { type: 'dataset', records: [], leftOut: [row('a/2.png', 'old')], ignored: 0, lastEdit: null },
      { type: 'lanes', lanes: [newLane('vgg16')] },
      { type: 'run-event', event: { type: 'note', base: 'vgg16', note } },
    );
    expect(dataset.leftOut).toEqual([row('a/2.png'), row('a/1.png')]);
    expect(lanes[0]!.note).toEqual(note);
  });

  it('grows the data set while an import goes on, and ends it with what storage holds', () => {
    const growing = after(
      { type: 'import-started' },
      { type: 'import-batch', progress, batch: [record('1', 'a')] },
      { type: 'import-batch', progress: { ...progress, done: 2 }, batch: [record('2', 'b')] },
    );
    expect(growing.dataset.records).toHaveLength(2);
    expect(growing.dataset.importing?.done).toBe(2);
    const done = reduce(growing, {
      type: 'dataset',
      records: [record('1', 'a')],
      leftOut: [],
      ignored: 0,
      lastEdit: null,
    });
    expect(done.dataset.importing).toBeNull();
    expect(done.dataset.classes).toEqual([{ label: 'a', count: 1 }]);
  });

  it('keeps the progress of every phase of a lane, and its curve', () => {
    const metrics = { epoch: 1, loss: 2, accuracy: 0.1, valLoss: 2, valAccuracy: 0.1 };
    const note = { code: 'own-server', text: 'Asking this page’s own server.' } as const;
    const { lanes } = after(
      { type: 'lanes', lanes: [newLane('resnet50')] },
      { type: 'run-event', event: { type: 'progress', base: 'resnet50', phase: 'download', progress } },
      { type: 'run-event', event: { type: 'note', base: 'resnet50', note } },
      { type: 'run-event', event: { type: 'progress', base: 'resnet50', phase: 'extract', progress } },
      { type: 'run-event', event: { type: 'epoch', base: 'resnet50', metrics } },
    );
    expect(lanes[0]).toMatchObject({
      phase: 'extract',
      progress: { download: progress, extract: progress },
      note,
      history: [metrics],
    });
  });

  it('never changes the state it is given', () => {
    const before = after({ type: 'lanes', lanes: [newLane('resnet50')] });
    const copy = structuredClone(before);
    reduce(before, { type: 'lane', base: 'resnet50', patch: { phase: 'failed' } });
    reduce(before, { type: 'import-batch', progress, batch: [record('1', 'a')] });
    reduce(before, { type: 'request', patch: { epochs: 3 } });
    expect(before).toEqual(copy);
  });
});
