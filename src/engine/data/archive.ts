/**
 * Zip archives among the dropped files. Only the directory is read at first, and each file when its turn comes, so
 * that an archive of any size needs no memory. fflate inflates; its own streaming reader is not used, because it
 * goes by local headers, which may lack sizes and so cannot be checked before unpacking.
 */
import { Inflate } from 'fflate';
import { HeadwayError } from '../errors';
import { checkFileSize, maxFileBytes } from './decode';
import { cleanPath } from './labels';
import type { Bytes, Share } from './records';
import { archiveUnreadable, readDirectory, viewOf, type ZipEntry } from './zip-directory';

/** All files of an archive together: more than a browser would store. */
export const maxUnpackedBytes = 64 * 2 ** 30;
/** Unpacked to packed. Deflate can do 1,032; pictures, packed already, hardly more than 1, blank bitmaps a few 100. */
export const maxRatio = 200;
/** Small archives may have any ratio: they cannot hurt. */
const harmlessBytes = 64 * 2 ** 20;

/** A file to come. */
export interface Source {
  readonly path: string;
  /** Bytes, as far as the directory can be believed. */
  readonly size: number;
  /** Where the archive itself says what the image shows; else its folders do. */
  readonly placed?: { readonly label: string; readonly share: Share };
  /** Throws `image-unreadable`, `image-too-large` or `archive-unreadable`. */
  read(): Promise<Bytes>;
}

export function isArchive(path: string): boolean {
  return /\.zip$/i.test(path);
}

/**
 * The files of an archive, under a folder of the archive's name, unless that is how it is packed already: two zips
 * of flat images are two classes, and `train.zip` is a train folder. Throws `archive-unreadable`.
 */
export async function openArchive(path: string, archive: Blob): Promise<Source[]> {
  const entries = await readDirectory(archive);
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  if (unpacked > maxUnpackedBytes || (unpacked > harmlessBytes && unpacked > archive.size * maxRatio))
    throw archiveUnreadable(`It claims to unpack to ${Math.round(unpacked / 2 ** 20)} MB`, {
      fault: 'unpacks-to',
      bytes: unpacked,
    });
  const names = entries.map(({ name }) => cleanPath(name));
  const folder = path.replace(/\.zip$/i, '');
  const top = folder.slice(folder.lastIndexOf('/') + 1);
  const isPackedWithTop = names.every((name) => name.startsWith(`${top}/`));
  const parent = isPackedWithTop ? folder.slice(0, -top.length) : `${folder}/`;
  return entries.map((entry, i) => ({
    path: cleanPath(parent + names[i]!),
    size: entry.size,
    read: () => readEntry(archive, entry),
  }));
}

/** The bytes of one file. Throws `archive-unreadable` or `image-too-large`. */
export async function readEntry(archive: Blob, entry: ZipEntry): Promise<Bytes> {
  checkFileSize(entry.size);
  if (entry.encrypted) throw archiveUnreadable('It is encrypted', { fault: 'encrypted' });
  if (entry.method !== 0 && entry.method !== 8)
    throw archiveUnreadable(`Packed by method ${entry.method}; only stored and deflated files can be read`, {
      fault: 'packing-method',
      method: entry.method,
    });
  if (entry.compressedSize > maxFileBytes + 2 ** 20)
    throw archiveUnreadable('Its packed size is implausible');
  const header = await viewOf(archive, entry.offset, entry.offset + 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50)
    throw archiveUnreadable('The directory points at something else');
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = new Uint8Array((await viewOf(archive, start, start + entry.compressedSize)).buffer);
  const bytes = entry.method === 0 ? packed : inflate(packed, entry.size);
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc32)
    throw archiveUnreadable('The file in the archive is damaged');
  return bytes;
}

/** Unpacks piece by piece, so that a file that grows beyond what it declared is dropped before it fills memory. */
function inflate(packed: Bytes, size: number): Bytes {
  const out = new Uint8Array(size);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) throw archiveUnreadable('It unpacks to more than it declares');
    out.set(chunk, length);
    length += chunk.length;
  });
  const piece = 2 ** 16;
  try {
    for (let at = 0; at < packed.length; at += piece)
      stream.push(packed.subarray(at, at + piece), at + piece >= packed.length);
  } catch (error) {
    if (error instanceof HeadwayError) throw error;
    throw archiveUnreadable(`Its data is damaged: ${String(error)}`);
  }
  return out.subarray(0, length);
}

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = -1;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
