import type { ImageFile } from '../engine/data/records';

/** As much of the File and Directory Entries API as a drop needs. */
export interface DropEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
}
interface FileEntry extends DropEntry {
  file(done: (file: Blob) => void, failed: (error: unknown) => void): void;
}
interface DirectoryEntry extends DropEntry {
  createReader(): {
    readEntries(done: (entries: DropEntry[]) => void, failed: (error: unknown) => void): void;
  };
}

/** To be called within the drop event: its items are gone afterwards. */
export function dropped(transfer: DataTransfer): { entries: DropEntry[]; files: File[] } {
  const entries: DropEntry[] = [];
  const files: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry) entries.push(entry);
    else {
      const file = item.getAsFile();
      if (file) files.push(file);
    }
  }
  return { entries, files };
}

/** Whether a drag carries files at all (and not a text or a link). */
export const carriesFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

/**
 * All files below the entries, with their paths. A file or folder that cannot be read is skipped: it is gone or
 * forbidden, and the others are still wanted.
 */
export async function filesBelow(
  entries: readonly DropEntry[],
  onFound: (files: number) => void = () => undefined,
): Promise<ImageFile[]> {
  const found: ImageFile[] = [];
  const visit = async (entry: DropEntry, folder: string): Promise<void> => {
    const path = folder + entry.name;
    if (entry.isDirectory) {
      for (const child of await children(entry as DirectoryEntry)) await visit(child, `${path}/`);
    } else if (entry.isFile) {
      const blob = await fileOf(entry as FileEntry);
      if (blob) found.push({ path, blob });
      if (found.length % 100 === 0) onFound(found.length);
    }
  };
  for (const entry of entries) await visit(entry, '');
  onFound(found.length);
  return found;
}

function fileOf(entry: FileEntry): Promise<Blob | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

/** `readEntries` gives a batch (100 in Chromium) at a time, until an empty one. */
async function children(entry: DirectoryEntry): Promise<DropEntry[]> {
  const reader = entry.createReader();
  const all: DropEntry[] = [];
  for (;;) {
    const batch = await new Promise<DropEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

/** Loose images have no folder to name their class. */
export const isLoose = (file: ImageFile): boolean => !file.path.includes('/');

/** Gives loose images the folder that names their class. */
export function underLabel(files: readonly ImageFile[], label: string): ImageFile[] {
  // A slash in a label would be read as two folders.
  const folder = label.replaceAll('/', '∕');
  return files.map((file) => (isLoose(file) ? { path: `${folder}/${file.path}`, blob: file.blob } : file));
}
