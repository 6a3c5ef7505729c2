import { archiveUnreadable } from './zip-directory';

/** More members than any archive that we open has. */
const maxMembers = 1000;
/** More than any archive that we open unpacks to. */
const maxUnpackedBytes = 2 ** 30;

export interface TarMember {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Walks a tar archive (POSIX ustar; those of GNU's tar look the same for short names) as it streams by, so that its
 * size does not matter: `want` says of each file whether its content, at most `size` bytes, is to be kept. Folders,
 * links and extension headers are passed over. Throws `archive-unreadable`, and what the stream or `want` throws.
 */
export async function* tarFiles(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  want: (member: TarMember) => boolean,
): AsyncGenerator<TarMember & { readonly content: Blob }, void, undefined> {
  const input = new Input(stream.getReader());
  try {
    for (let members = 0; ; members++) {
      const header = await input.header();
      if (header === null) return;
      if (members === maxMembers)
        throw archiveUnreadable(`More than ${maxMembers} files`, {
          fault: 'too-many-files',
          most: maxMembers,
        });
      const { name, size, isFile } = readHeader(header);
      const isWanted = isFile && want({ name, size });
      const content = await input.body(size, isWanted);
      await input.body((512 - (size % 512)) % 512, false);
      if (isWanted) yield { name, size, content: new Blob(content) };
    }
  } finally {
    await input.end();
  }
}

function readHeader(header: Uint8Array): TarMember & { readonly isFile: boolean } {
  const field = (from: number, length: number) => {
    const bytes = header.subarray(from, from + length);
    const end = bytes.indexOf(0);
    return Array.from(end < 0 ? bytes : bytes.subarray(0, end), (byte) => String.fromCharCode(byte)).join('');
  };
  const octal = (from: number, length: number) => Number.parseInt(field(from, length).trim() || '0', 8);
  // The checksum counts its own eight bytes as spaces.
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (octal(148, 8) !== sum)
    throw archiveUnreadable('Not a tar archive, or a damaged one', { fault: 'no-archive' });
  const size = octal(124, 12);
  if (!(size >= 0 && size <= maxUnpackedBytes))
    throw archiveUnreadable('It declares a file of implausible size');
  const prefix = field(257, 5) === 'ustar' ? field(345, 155) : '';
  const type = field(156, 1);
  const name = prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`;
  return { name, size, isFile: type === '' || type === '0' };
}

/** Takes a stream apart into pieces of wanted lengths. */
class Input {
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array();
  #received = 0;

  constructor(readonly reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {}

  /** The next 512 bytes; null at the archive's end: a block of zeros, or nothing more. */
  async header(): Promise<Uint8Array | null> {
    const block = new Uint8Array(512);
    for (let length = 0; length < 512;) {
      const piece = await this.#take(512 - length);
      if (piece === null && length === 0) return null;
      if (piece === null) throw archiveUnreadable('It is cut short');
      block.set(piece, length);
      length += piece.length;
    }
    return block.every((byte) => byte === 0) ? null : block;
  }

  /** The next `length` bytes, in pieces; none of them unless `keep`. */
  async body(length: number, keep: boolean): Promise<Uint8Array<ArrayBuffer>[]> {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let left = length; left > 0;) {
      const piece = await this.#take(left);
      if (piece === null) throw archiveUnreadable('It is cut short');
      if (keep) pieces.push(piece);
      left -= piece.length;
    }
    return pieces;
  }

  end(): Promise<void> {
    return this.reader.cancel().catch(() => undefined);
  }

  async #take(most: number): Promise<Uint8Array<ArrayBuffer> | null> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.reader.read();
      if (done) return null;
      this.#received += value.length;
      if (this.#received > maxUnpackedBytes) throw archiveUnreadable('It unpacks to implausibly much');
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }
}
