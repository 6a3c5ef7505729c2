/**
 * Sizes as decoders see them, in two formats whose files can say another one before. Both go through the file by its
 * own lengths, so that the largest takes no time.
 */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

const u16be = (bytes: Uint8Array, at: number) => (bytes[at]! << 8) | bytes[at + 1]!;
const u16le = (bytes: Uint8Array, at: number) => bytes[at]! | (bytes[at + 1]! << 8);

/** Markers of a JPEG that stand alone: TEM and the restarts. */
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
/** Frames begin with C0 to CF, but these are tables. */
const beginsFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * The first frame of a JPEG, where its header ends, and whether nothing but whole segments came before it; null where
 * there is none. Bytes between segments are passed over, as decoders do.
 */
export function jpegFrame(
  bytes: Uint8Array,
): (FrameSize & { readonly end: number; readonly isClean: boolean }) | null {
  let isClean = true;
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) {
      isClean = false;
      const next = bytes.indexOf(0xff, at);
      if (next < 0) return null;
      at = next;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (beginsFrame(marker)) {
      const end = at + 2 + u16be(bytes, at + 2);
      return { height: u16be(bytes, at + 5), width: u16be(bytes, at + 7), end, isClean };
    }
    // The picture, or its end, before any frame.
    if (marker === 0xda || marker === 0xd9) return null;
    // A filler, or a byte of what lies between.
    if (marker === 0xff || marker === 0x00 || standsAlone(marker)) {
      isClean = false;
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    at += 2 + u16be(bytes, at + 2);
  }
  return null;
}

/**
 * The screen of a GIF, and its first frame where that is larger: some decoders then make room for it. Null where there
 * is no frame.
 */
export function gifSize(bytes: Uint8Array): FrameSize | null {
  const tableOf = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  for (let at = 13 + tableOf(bytes[10] ?? 0); at + 10 <= bytes.length;) {
    if (bytes[at] === 0x2c)
      return {
        width: Math.max(u16le(bytes, 6), u16le(bytes, at + 1) + u16le(bytes, at + 5)),
        height: Math.max(u16le(bytes, 8), u16le(bytes, at + 3) + u16le(bytes, at + 7)),
      };
    if (bytes[at] !== 0x21) return null;
    at += 2;
    // Blocks of up to 255 bytes, the last of none.
    while (at < bytes.length && bytes[at]! > 0) at += bytes[at]! + 1;
    at++;
  }
  return null;
}
