/** Picture formats, each by the first bytes of its files: names and declared types lie. */
const formats: readonly { readonly mime: string; readonly matches: (bytes: Uint8Array) => boolean }[] = [
  { mime: 'image/jpeg', matches: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff },
  { mime: 'image/png', matches: (b) => ascii(b, 0, '\x89PNG\r\n\x1a\n') },
  { mime: 'image/gif', matches: (b) => ascii(b, 0, 'GIF87a') || ascii(b, 0, 'GIF89a') },
  { mime: 'image/webp', matches: (b) => ascii(b, 0, 'RIFF') && ascii(b, 8, 'WEBP') },
  // "BM" begins many a text: ask for one of the known header sizes as well.
  {
    mime: 'image/bmp',
    matches: (b) => ascii(b, 0, 'BM') && [12, 40, 52, 56, 64, 108, 124].includes(u32(b, 14)),
  },
  { mime: 'image/avif', matches: (b) => isobmff(b, ['avif', 'avis']) },
  {
    mime: 'image/heic',
    matches: (b) => isobmff(b, ['heic', 'heix', 'hevc', 'hevx', 'heim', 'mif1', 'msf1']),
  },
  { mime: 'image/tiff', matches: (b) => ascii(b, 0, 'II*\0') || ascii(b, 0, 'MM\0*') },
  {
    mime: 'image/jxl',
    matches: (b) => (b[0] === 0xff && b[1] === 0x0a) || ascii(b, 0, '\0\0\0\x0cJXL '),
  },
];

/** The media type that the content says, or null when it is no picture that we know. Needs the first 64 bytes. */
export function sniffImage(bytes: Uint8Array): string | null {
  return formats.find(({ matches }) => matches(bytes))?.mime ?? null;
}

function ascii(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function u32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) +
    (bytes[at + 1] ?? 0) * 2 ** 8 +
    (bytes[at + 2] ?? 0) * 2 ** 16 +
    (bytes[at + 3] ?? 0) * 2 ** 24
  );
}

/** ISO base media: a `ftyp` box whose major or compatible brands (from byte 16 on) include one of `brands`. */
function isobmff(bytes: Uint8Array, brands: readonly string[]): boolean {
  if (!ascii(bytes, 4, 'ftyp')) return false;
  const end = Math.min(bytes[3] ?? 0, 64);
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4)
    if (brands.some((brand) => ascii(bytes, at, brand))) return true;
  return false;
}
