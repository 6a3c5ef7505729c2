import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { nearDuplicateGroups } from '../data/near-duplicates';
import type { ImageRecord, Share } from '../data/records';
import type { FeatureSpec } from '../features/key';
import { FeatureStore } from '../features/store';
import { Job } from '../job';
import { Random } from '../random';
import { openStorage, type Storage } from '../storage';
import { auditDataset } from './audit';
import { FeatureChecker } from './feature-check';

const width = 2048;
const random = new Random(1, 'feature check');
const spec: FeatureSpec = {
  base: 'resnet50',
  weightsDigest: `00f202cf05e407b1${'0'.repeat(48)}`,
  inputSize: 224,
  resize: 'stretch',
  cut: 'avg_pool',
  numberFormat: 'float32',
};
let storage: Storage;
let store: FeatureStore;
let databases = 0;
beforeEach(() => {
  storage = openStorage(`feature-check-${databases++}`);
  store = new FeatureStore(storage);
});

const hash = () => Array.from({ length: 16 }, () => random.below(256).toString(16).padStart(2, '0')).join('');
const image = (id: string, label: string, share: Share | null, phash = hash()): ImageRecord => ({
  id,
  label,
  path: `${label}/${id}.png`,
  share,
  width: 64,
  height: 64,
  bytes: 1,
  mime: 'image/png',
  phash,
});
/** What two directions at a right angle have in common with a third: cosine `c` with the first of them. */
const vector = (axis: number, c = 1, other = axis) => {
  const row = new Float32Array(width);
  row[axis] = 3 * c;
  if (other !== axis) row[other] = 3 * Math.sqrt(1 - c * c);
  return row;
};
async function put(features: Record<string, Float32Array>, at = spec): Promise<void> {
  const ids = Object.keys(features);
  const rows = new Float32Array(ids.length * width);
  ids.forEach((id, i) => rows.set(features[id]!, i * width));
  await store.put(at, ids, rows);
}
const check = (records: readonly ImageRecord[], checker = new FeatureChecker(storage)) =>
  checker.check(records, nearDuplicateGroups(records), new Job());

describe('FeatureChecker', () => {
  const [x, y, z] = [hash(), hash(), hash()];
  const records = [
    image('a1', 'cat', null, x),
    image('a2', 'cat', null, x),
    image('b1', 'cat', null, y),
    image('b2', 'dog', null, y),
    image('c1', 'dog', null, z),
    image('c2', 'dog', null, z),
    image('c3', 'dog', null, z),
    image('d1', 'dog', null),
    image('d2', 'cat', null),
  ];
  const features = {
    a1: vector(0),
    a2: vector(0, 0.8, 1),
    b1: vector(10),
    b2: vector(10, 0.5, 11),
    c1: vector(20),
    c2: vector(20, 0.9, 21),
    c3: vector(30),
    d1: vector(40),
    d2: vector(40, 0.97, 41),
  };

  it('holds together, tells apart, and finds what the hash does not', async () => {
    expect(await check(records)).toBeNull();
    await put(features);
    const found = (await check(records))!;
    const near = (similarity: number) => expect.closeTo(similarity, 5) as number;
    expect(found.title).toBe('ResNet50');
    expect([...found.alike].sort((p, q) => (p.ids[0]! < q.ids[0]! ? -1 : 1))).toEqual([
      { ids: ['a1', 'a2'], similarity: near(0.8) },
      { ids: ['c1', 'c2'], similarity: near(0.9) },
    ]);
    expect([...found.apart].sort((p, q) => (p.ids[0]! < q.ids[0]! ? -1 : 1))).toEqual([
      { ids: ['b1', 'b2'], similarity: near(0.5) },
      { ids: ['c1', 'c3'], similarity: near(0) },
    ]);
    expect(found.missed).toEqual([['d1', 'd2', near(0.97)]]);
  });

  it('believes the hash of images whose features are missing', async () => {
    await put({ a1: features.a1, c1: features.c1, c3: features.c3 });
    const found = (await check(records))!;
    expect(found.alike).toContainEqual({ ids: ['a1', 'a2'], similarity: null });
    expect(found.alike).toContainEqual({ ids: ['b1', 'b2'], similarity: null });
    // c2 may be a copy of both.
    expect(found.alike).toContainEqual({ ids: ['c1', 'c2', 'c3'], similarity: null });
    expect(found.apart).toEqual([]);
  });

  it('asks the features that most have, and never those of another cut or of weights that were not measured', async () => {
    await put(features, { ...spec, weightsDigest: 'f'.repeat(64) });
    await put(features, { ...spec, cut: 'conv4_block6_out' });
    expect(await check(records)).toBeNull();
    await put({ b1: features.b1, b2: features.b1 }, { ...spec, resize: 'crop' });
    expect((await check(records))!.apart).toEqual([]);
    await put(features);
    expect((await check(records))!.apart).toHaveLength(2);
  });

  it('searches anew when images come, not when they go', async () => {
    await put(features);
    const checker = new FeatureChecker(storage);
    const gone = records.filter(({ id }) => id !== 'd2');
    expect((await check(gone, checker))!.missed).toEqual([]);
    expect((await check(records, checker))!.missed).toHaveLength(1);
    expect((await check(gone, checker))!.missed).toEqual([]);
  });
});

describe('the audit with features', () => {
  const shared = hash();
  const other = hash();
  const records = [
    ...Array.from({ length: 30 }, (_, i) => image(`t${i}`, 'cat', 'train')),
    ...Array.from({ length: 20 }, (_, i) => image(`v${i}`, 'cat', 'validation')),
    ...Array.from({ length: 30 }, (_, i) => image(`u${i}`, 'dog', 'train')),
    ...Array.from({ length: 20 }, (_, i) => image(`w${i}`, 'dog', 'validation')),
    image('x1', 'cat', 'train', shared),
    image('x2', 'cat', 'validation', shared),
    image('y1', 'dog', 'train', other),
    image('y2', 'dog', 'validation', other),
    image('z1', 'dog', 'train'),
    image('z2', 'dog', 'validation'),
  ];
  const look = async () =>
    auditDataset(
      records,
      [],
      { validationShare: 0.2, seed: 1 },
      nearDuplicateGroups(records),
      await check(records),
    );

  it('says once where features could not be asked', async () => {
    const found = await look();
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain('2 pictures');
    expect(found[0]!.advice).toContain('After a run of ResNet50 copies are checked by its features as well.');
  });

  it('removes what is confirmed, keeps what is told apart, and shows what may be a copy', async () => {
    await put({
      x1: vector(0),
      x2: vector(0, 0.9, 1),
      y1: vector(10),
      y2: vector(10, 0.5, 11),
      z1: vector(20),
      z2: vector(20, 0.97, 21),
      t0: vector(30),
    });
    const found = await look();
    expect(found.map(({ code }) => code)).toEqual([
      'copies-across-shares',
      'maybe-copies-across-shares',
      'look-alikes',
    ]);
    expect(found[0]).toMatchObject({
      groups: [['x1', 'x2']],
      remedies: [
        { kind: 'drop', images: ['x1'] },
        { kind: 'move', images: ['x1'], to: 'validation' },
      ],
    });
    expect(found[0]!.message).toContain('1 of the 43 images that judge');
    expect(found[0]!.message).toContain('ResNet50’s features agree: similarity 0.90.');
    expect(found[1]).toMatchObject({
      severity: 'info',
      groups: [['z1', 'z2']],
      remedies: [
        { kind: 'drop', images: ['z1'] },
        { kind: 'move', images: ['z1'], to: 'validation' },
      ],
    });
    expect(found[2]).toMatchObject({ groups: [['y1', 'y2']], remedies: [] });
    expect(found[2]!.message).toBe('1 group of pictures look alike to the hash, not to ResNet50.');
  });

  it('offers to remove from validation what may be a copy of what tests', async () => {
    const more = [...records, image('q1', 'cat', 'test'), image('q2', 'cat', 'test')];
    await put({ v0: vector(50), q1: vector(50, 0.96, 51) });
    const found = auditDataset(
      more,
      [],
      { validationShare: 0.2, seed: 1 },
      nearDuplicateGroups(more),
      await check(more),
    );
    expect(found.find(({ code }) => code === 'maybe-copies-across-shares')).toMatchObject({
      message:
        '1 group of pictures on two sides of the split may be copies: different to the hash, nearly the same to ResNet50.',
      remedies: [{ kind: 'drop', images: ['v0'] }],
    });
  });
});
