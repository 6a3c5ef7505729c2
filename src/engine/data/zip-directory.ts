import { HeadwayError } from '../errors';
import type { FileFault } from '../reason';

/** More than any data set that fits a browser. */
export const maxEntries = 200_000;
/** The directory of that many entries with long names. */
const maxDirectoryBytes = 256 * 2 ** 20;

const tooManyFiles = { fault: 'too-many-files', most: maxEntries } as const;

/** One file of an archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated; others exist and are not read here. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its local header begins in the archive. */
  readonly offset: number;
}

export function archiveUnreadable(
  details: string,
  why: FileFault = { fault: 'archive-damaged' },
): HeadwayError {
  return new HeadwayError({
    code: 'archive-unreadable',
    message: 'The archive cannot be read.',
    advice: 'Unpack it and add the folder instead.',
    details,
    why,
  });
}

/**
 * The files of a zip archive from the directory at its end (PKWARE's APPNOTE 6.3.10, 4.3.12–4.3.16, ZIP64
 * included), without reading their data. Folders are left out. Throws `archive-unreadable`.
 */
export async function readDirectory(archive: Blob): Promise<ZipEntry[]> {
  const { count, size, offset } = await findDirectory(archive);
  if (count > maxEntries) throw archiveUnreadable(`${count} files; at most ${maxEntries}`, tooManyFiles);
  if (size > maxDirectoryBytes || offset + size > archive.size)
    throw archiveUnreadable('The directory lies outside the file');
  const view = await viewOf(archive, offset, offset + size);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= view.byteLength && view.getUint32(at, true) === 0x02014b50;) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw archiveUnreadable('The directory is cut short');
    const flags = view.getUint16(at + 8, true);
    const name = decodeName(new Uint8Array(view.buffer, at + 46, nameLength));
    const sizes = entrySizes(view, at, at + 46 + nameLength, extraLength);
    if (!name.endsWith('/'))
      entries.push({
        name,
        method: view.getUint16(at + 10, true),
        encrypted: (flags & 1) !== 0,
        crc32: view.getUint32(at + 16, true),
        ...sizes,
      });
    at = next;
    // ZIP64 aside, the count is only 16 bits wide: what was found counts.
    if (entries.length > maxEntries) throw archiveUnreadable(`More than ${maxEntries} files`, tooManyFiles);
  }
  if (entries.length === 0 && count > 0) throw archiveUnreadable('The directory is damaged');
  return entries;
}

export async function viewOf(blob: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  try {
    return new DataView(await blob.slice(from, to).arrayBuffer());
  } catch (error) {
    throw archiveUnreadable(`The file could not be read: ${String(error)}`, { fault: 'file-gone' });
  }
}

async function findDirectory(archive: Blob): Promise<{ count: number; size: number; offset: number }> {
  const start = Math.max(0, archive.size - 22 - 0xffff);
  const tail = await viewOf(archive, start, archive.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw archiveUnreadable('Not a zip archive, or one that is cut short', { fault: 'no-archive' });
  const count = tail.getUint16(at + 10, true);
  const size = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  if (count !== 0xffff && size !== 0xffffffff && offset !== 0xffffffff) return { count, size, offset };
  if (at < 20 || tail.getUint32(at - 20, true) !== 0x07064b50) return { count, size, offset };
  const record = u64(tail, at - 12);
  const zip64 = await viewOf(archive, record, record + 56);
  if (zip64.byteLength < 56 || zip64.getUint32(0, true) !== 0x06064b50)
    throw archiveUnreadable('The ZIP64 directory is damaged');
  return { count: u64(zip64, 32), size: u64(zip64, 40), offset: u64(zip64, 48) };
}

/** Sizes and offset of an entry; those that do not fit 32 bits are in the ZIP64 extra field, in this order. */
function entrySizes(view: DataView, at: number, extra: number, extraLength: number) {
  let size = view.getUint32(at + 24, true);
  let compressedSize = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let value = field + 4;
    const end = Math.min(value + view.getUint16(field + 2, true), extra + extraLength);
    const wide = (narrow: number): number => {
      if (narrow !== 0xffffffff || value + 8 > end) return narrow;
      value += 8;
      return u64(view, value - 8);
    };
    size = wide(size);
    compressedSize = wide(compressedSize);
    offset = wide(offset);
    break;
  }
  return { size, compressedSize, offset };
}

function u64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

/** UTF-8 where it is valid, whatever the flag says (macOS writes UTF-8 without it); else Latin-1, to have a name. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
