import { describe, expect, it } from 'vitest';
import type { Projection } from '../engine/analysis/projection';
import { classesOnMap, isMistaken, placed, pointAt, pointByKey, pointTable } from './map-view';

const all = { hiddenClasses: new Set<number>(), hiddenShares: new Set<number>() };

/** A plus sign: centre, left, right, up, down. */
const map: Projection = {
  runId: 'run',
  method: 'pca',
  ids: ['c', 'l', 'r', 'u', 'd'],
  of: 5,
  xy: Float32Array.of(0, 0, -2, 0, 2, 0, 0, 1, 0, -1),
  classes: ['a', 'b', 'empty'],
  labels: Uint16Array.of(0, 0, 1, 1, 1),
  predicted: Int32Array.of(-1, 1, 1, 0, -1),
  share: Uint8Array.of(0, 1, 1, 2, 0),
  explained: [0.5, 0.2],
  ms: 1,
};

describe('placed', () => {
  it('keeps both axes to one scale, with up above', () => {
    const { x, y, drawn } = placed(map, 120, 100, 10, all);
    expect([...x]).toEqual([60, 10, 110, 60, 60]);
    expect([...y]).toEqual([50, 50, 50, 25, 75]);
    expect([...drawn]).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves out what is hidden', () => {
    const { drawn } = placed(map, 120, 100, 10, { hiddenClasses: new Set([0]), hiddenShares: new Set([2]) });
    expect([...drawn]).toEqual([2, 4]);
  });

  it('bears points that are all in one place', () => {
    const { x } = placed({ ...map, xy: new Float32Array(10) }, 120, 100, 10, all);
    expect([...x]).toEqual([60, 60, 60, 60, 60]);
  });
});

describe('finding points', () => {
  const at = placed(map, 120, 100, 10, all);

  it('under the pointer', () => {
    expect(pointAt(at, 62, 49, 12)).toBe(0);
    expect(pointAt(at, 100, 90, 12)).toBeNull();
  });

  it('by arrow keys', () => {
    expect(pointByKey(at, 'ArrowLeft', 0)).toBe(1);
    expect(pointByKey(at, 'ArrowRight', 1)).toBe(0);
    expect(pointByKey(at, 'ArrowUp', 0)).toBe(3);
    expect(pointByKey(at, 'ArrowDown', 0)).toBe(4);
    expect(pointByKey(at, 'ArrowDown', 4)).toBe(4);
    expect(pointByKey(at, 'ArrowUp', null)).toBe(0);
    expect(pointByKey(at, 'End', 0)).toBe(4);
    expect(pointByKey(at, 'x', 0)).toBeNull();
  });
});

describe('classesOnMap', () => {
  it('counts images and mistakes, and names the nearest class', () => {
    const [a, b, empty] = classesOnMap(map);
    expect(a).toMatchObject({ images: 2, judged: 1, mistaken: 1, neighbour: 'b', centre: [0, 0] });
    expect(b).toMatchObject({ images: 3, judged: 2, mistaken: 1, neighbour: 'a' });
    expect(empty).toMatchObject({ images: 0, centre: null, neighbour: null });
    expect([0, 1, 2, 3, 4].filter((i) => isMistaken(map, i))).toEqual([1, 3]);
  });
});

describe('pointTable', () => {
  it('has a row an image, whether it is still there or not', () => {
    expect(pointTable(map, new Map()).rows.slice(0, 2)).toEqual([
      ['c', null, 'a', 'training', null, 0, 0],
      ['l', null, 'a', 'validation', 'b', -2, 0],
    ]);
  });
});
