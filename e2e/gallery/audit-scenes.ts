import type { EditMade } from '../../src/engine/data/edits';
import type { ImageRecord, Share } from '../../src/engine/data/records';
import { defaultRunRequest } from '../../src/engine/run';
import type { SessionState } from '../../src/session/state';
import { fakeChecks, fakeHash } from './fake-audit';

/** States of the look over the data set; `FakeSession` looks. */
type Ground = SessionState;

const record = (id: string, label: string, patch: Partial<ImageRecord> = {}): ImageRecord => ({
  id,
  label,
  path: `${label}/IMG_${id}.jpg`,
  share: null,
  width: 640,
  height: 480,
  bytes: 83_412,
  mime: 'image/jpeg',
  ...patch,
});
const many = (c: number, label: string, count: number, share: (i: number) => Share | null = () => null) =>
  Array.from({ length: count }, (_, i) => record(`${c}-${i}`, label, { share: share(i) }));
/** Of an image: the same picture under another id, for leading zeros draw the same. */
const copy = (of: string, n: number, label: string, patch: Partial<ImageRecord> = {}): ImageRecord =>
  record(of.replace('-', `-${'0'.repeat(n)}`), label, {
    phash: fakeHash(of),
    path: `${label}/${'copy of '.repeat(n)}IMG_${of}.jpg`,
    ...patch,
  });

function scene(
  ground: Ground,
  records: readonly ImageRecord[],
  lastEdit: EditMade | null = null,
): SessionState {
  const counts = new Map<string, number>();
  for (const { label } of records) counts.set(label, (counts.get(label) ?? 0) + 1);
  const classes = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, count]) => ({ label, count }));
  return { ...ground, dataset: { ...ground.dataset, records, classes, lastEdit } };
}

const folders = (i: number): Share => (i % 5 === 0 ? 'validation' : i % 5 === 1 ? 'test' : 'train');

export const auditScenes = {
  'audit-clean': (ground: Ground) =>
    scene(ground, [...many(0, 'cat', 60), ...many(1, 'dog', 70)], { kind: 'drop', images: 12 }),
  /** Everything that can be found. */
  'audit-findings': (ground: Ground) =>
    scene(
      {
        ...ground,
        dataset: {
          ...ground.dataset,
          leftOut: [{ path: 'dog/also a cat.jpg', reason: 'duplicate-other-label', detail: '' }],
        },
      },
      [
        ...many(0, 'cat', 60, folders),
        ...many(1, 'dog', 50, folders),
        ...many(2, 'Cats', 20, folders),
        ...many(3, '<img src=x onerror=alert(1)>', 9, folders),
        ...[2, 3, 7].map((i) => copy(`0-${i}`, 1, 'cat', { share: 'validation' })),
        copy('0-2', 2, 'cat', { share: 'test' }),
        ...[12, 13].map((i) => copy(`0-${i}`, 1, 'dog', { share: 'train' })),
        ...[17, 18, 22].map((i) => copy(`1-${i}`, 1, 'dog', { share: 'train' })),
        record('4-1', 'dog', { width: 20, height: 18, share: 'train' }),
        record('4-2', 'dog', { width: 4000, height: 700, share: 'train' }),
        record('4-3', 'dog', { width: 9000, height: 6000, share: 'train' }),
      ],
      { kind: 'move', images: 3, to: 'train' },
    ),
  /** After a run: what its features confirm, contradict and find. */
  'audit-features': (ground: Ground) => {
    const records = [
      ...many(0, 'cat', 60, folders),
      ...many(1, 'dog', 60, folders),
      ...[2, 3, 7].map((i) => copy(`0-${i}`, 1, 'cat', { share: 'validation' })),
    ];
    fakeChecks.set(records, {
      title: 'ResNet50',
      alike: [
        { ids: ['0-02', '0-2'], similarity: 0.971 },
        { ids: ['0-03', '0-3'], similarity: 0.884 },
      ],
      apart: [{ ids: ['0-07', '0-7'], similarity: 0.512 }],
      missed: [
        ['1-5', '1-7', 0.957],
        ['0-12', '1-22', 0.963],
      ],
    });
    return scene(ground, records);
  },
  /** Long lists, and names that are as hard to bear as users like. */
  'audit-many': (ground: Ground) => {
    const long = 'x'.repeat(300);
    const cats = many(0, long, 400);
    return scene(
      ground,
      [...cats, ...many(1, long.toUpperCase(), 90), ...cats.slice(0, 150).map(({ id }) => copy(id, 1, long))],
      { kind: 'merge', images: 1, from: 'مرحبا بالعالم', to: long },
    );
  },
  /** No run can be made. */
  'audit-impossible': (ground: Ground) =>
    scene({ ...ground, request: { ...defaultRunRequest, testShare: 0.1 } }, [
      ...many(0, 'cat', 30),
      ...many(1, 'dog', 30),
      ...many(2, 'mouse', 2),
    ]),
  'audit-emptied': (ground: Ground) => scene(ground, [], { kind: 'drop', images: 400 }),
};
