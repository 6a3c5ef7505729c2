import { describe, expect, it } from 'vitest';
import { Random } from '../random';
import { nearDuplicateGroups } from './near-duplicates';
import { hashBytes, hashOfLight, mirrored } from './perceptual-hash';
import type { ImageRecord } from './records';

const random = new Random(1, 'hashes');
const randomBytes = () => Uint8Array.from({ length: 16 }, () => random.below(256));
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
function flipped(bytes: Uint8Array, bits: number): Uint8Array {
  const places = random.shuffle(Array.from({ length: 128 }, (_, i) => i)).slice(0, bits);
  const out = bytes.slice();
  for (const at of places) out[at >> 3]! ^= 1 << (at & 7);
  return out;
}
const record = (id: string, bytes: Uint8Array | null): ImageRecord => ({
  id,
  label: 'a',
  path: id,
  share: null,
  width: 1,
  height: 1,
  bytes: 1,
  mime: 'image/png',
  ...(bytes && { phash: hex(bytes) }),
});

describe('perceptual hashes', () => {
  it('say which way it gets brighter, and know their mirror image', () => {
    const slope = Float64Array.from({ length: 72 * 72 }, (_, i) => i % 72);
    expect(hashOfLight(slope)).toBe('ff'.repeat(8) + '00'.repeat(8));
    const light = Float64Array.from({ length: 72 * 72 }, () => random.uniform());
    const turned = light.map((_, i) => light[Math.floor(i / 72) * 72 + (71 - (i % 72))]!);
    expect(hex(mirrored(hashBytes(hashOfLight(light))))).toBe(hashOfLight(turned));
  });
});

describe('nearDuplicateGroups', () => {
  it('finds all within ten bits, mirrored too, and no others', () => {
    const records: ImageRecord[] = [record('no-hash', null)];
    for (let i = 0; i < 200; i++) {
      const bytes = randomBytes();
      const id = String(i).padStart(3, '0');
      records.push(record(`${id}a`, bytes), record(`${id}b`, flipped(bytes, 10)));
      records.push(record(`${id}c`, flipped(mirrored(bytes), 10)), record(`${id}d`, flipped(bytes, 30)));
    }
    const groups = nearDuplicateGroups(random.shuffle(records));
    expect(groups).toHaveLength(200);
    for (const [i, group] of groups.entries())
      expect(group).toEqual(['a', 'b', 'c'].map((kind) => String(i).padStart(3, '0') + kind));
  });
});
