import type { Share } from './records';

/** What the folders of one dropped file say about it. */
export interface Assignment {
  /** Unicode NFC; null where no folder names the file. */
  readonly label: string | null;
  readonly share: Share | null;
  /** A file that the system made (`.DS_Store`), not the user. */
  readonly hidden: boolean;
}

const shares = new Map<string, Share>([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);

const systemNames = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '__macosx',
  '@eadir',
  '$recycle.bin',
  'icon\r',
]);
const imageName = /\.(?:jpe?g|jfif|png|webp|gif|avif|bmp)$/i;

/**
 * A path as records keep it: `/` between folders (Windows' backslashes too), no leading slash or drive, and no `.`
 * or `..`, so that an archive cannot name anything outside itself.
 */
export function cleanPath(path: string): string {
  return path
    .replace(/^[A-Za-z]:(?=[\\/])/, '')
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');
}

/**
 * Gives each file of one drop its label and share from the folders above it. `paths` are those of `cleanPath`; the
 * answer is in their order. The rules:
 *
 * 1. A file is hidden when its name or a folder above it starts with a dot or is one that systems make
 *    (`Thumbs.db`, `desktop.ini`, macOS' `Icon\r`, `__MACOSX`, `@eaDir`, `$RECYCLE.BIN`). Hidden files take no part in what follows.
 * 2. The folders that all files have in common are dropped. Files outside any folder have no say in that, nor
 *    have files that are not named like images (a README beside the class folders) while others are.
 * 3. The last common folder is kept, and is the label of all, when nothing would be left of some file and what is
 *    left of the others begins with one folder only, or none: one flat folder (with a nested one, perhaps).
 *    Otherwise a file of which nothing is left has no label: it lies beside the class folders.
 * 4. Where the first folder left is called train, training, val, valid, validation, test or testing (in any case)
 *    and another folder follows, it is the share. The last of the common folders can be the share of all as well:
 *    someone dropped their `train` folder.
 * 5. The first folder left after that is the label; folders below it say nothing. No folder, no label.
 */
export function assignLabels(paths: readonly string[]): Assignment[] {
  const files = paths.map((path) => {
    const parts = cleanPath(path).split('/');
    return { folders: parts.slice(0, -1), hidden: parts.some(isHidden), isImage: imageName.test(path) };
  });
  const placed = files.filter((file) => !file.hidden && file.folders.length > 0);
  const images = placed.filter((file) => file.isImage);
  const common = commonFolders((images.length > 0 ? images : placed).map((file) => file.folders));
  const shareOfAll = shares.get(common.at(-1)?.toLowerCase() ?? '') ?? null;

  return files.map(({ folders, hidden }) => {
    if (hidden) return { label: null, share: null, hidden };
    const rest = folders.slice(sharedLength(common, folders));
    const share = rest.length > 1 ? shares.get(rest[0]!.toLowerCase()) : undefined;
    const label = share === undefined ? rest[0] : rest[1];
    if (label === undefined) return { label: null, share: null, hidden };
    return { label: label.normalize('NFC'), share: share ?? shareOfAll, hidden };
  });
}

function isHidden(part: string): boolean {
  return part.startsWith('.') || systemNames.has(part.toLowerCase());
}

/** The folders to drop, rules 2 and 3. */
function commonFolders(all: readonly (readonly string[])[]): readonly string[] {
  const first = all[0];
  if (first === undefined) return [];
  let length = first.length;
  for (const folders of all) length = Math.min(length, sharedLength(first, folders));
  const next = new Set<string | undefined>();
  for (const folders of all) next.add(folders[length]);
  const flat = next.has(undefined) && next.size <= 2;
  return first.slice(0, flat ? length - 1 : length);
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (a[i] !== b[i]) return i;
  return end;
}
