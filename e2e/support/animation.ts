import { crc32 } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/**
 * PNG files of one size and colour type, as screenshots are, as one animated PNG that repeats for ever.
 * Source: PNG specification, third edition, 11.3.7 (acTL, fcTL, fdAT).
 */
export function animated(pictures: readonly Buffer[], secondsEach: number): Buffer {
  const frames = pictures.map((picture) => chunksOf(picture));
  const header = frames[0]!.find(({ type }) => type === 'IHDR')!.data;
  let sequence = 0;
  const numbered = (data: Buffer): Buffer => Buffer.concat([int32(sequence++), data]);
  const parts = frames.flatMap((chunks, frame) => {
    const own = chunks.find(({ type }) => type === 'IHDR')!.data;
    if (!own.equals(header)) throw new Error(`Frame ${frame} differs from the first in size or colour type`);
    // Width and height, at 0, 0; for so many milliseconds; left standing, and put over what is there.
    const control = Buffer.concat([
      header.subarray(0, 8),
      int32(0),
      int32(0),
      int16(Math.round(1000 * secondsEach)),
      int16(1000),
      Buffer.from([0, 0]),
    ]);
    const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
    return [
      chunk('fcTL', numbered(control)),
      ...data.map((one) => (frame === 0 ? chunk('IDAT', one) : chunk('fdAT', numbered(one)))),
    ];
  });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('acTL', Buffer.concat([int32(frames.length), int32(0)])),
    ...parts,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** A chunk of a PNG: length, type, data, check sum. */
export function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([int32(data.length), named, int32(crc32(named))]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
