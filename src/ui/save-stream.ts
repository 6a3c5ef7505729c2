import { save } from './save';
import { words } from './words';

/** What TypeScript's library does not know yet. */
type Picker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle & { remove?: () => Promise<void> }>;

/** Below that, the browser's own downloads do: no dialog, and little memory. */
const worthAsking = 32e6;

/** How a file is made: all at once, or piece by piece into a stream, which it closes or aborts. */
export interface Making {
  readonly blob: () => Promise<Blob | null>;
  /** Whether it was made. */
  readonly into: (stream: WritableStream<Uint8Array>) => Promise<boolean>;
}

/** What the system's dialog calls the files, by extension; all of them are zips. */
const kind = (extension: string): string =>
  extension === 'headway' ? words.page.projectFile : words.page.zipFile;

/**
 * Saves a file, to disk as it is made where the browser can and the file is large; else through the browser's
 * downloads. To be called in a click. False where the user, or an error, kept it from being saved.
 */
export async function saveFile(name: string, bytes: number, { blob, into }: Making): Promise<boolean> {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: Picker };
  if (showSaveFilePicker !== undefined && bytes >= worthAsking) {
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const types = [{ description: kind(extension), accept: { 'application/zip': [`.${extension}`] } }];
    try {
      const file = await showSaveFilePicker({ suggestedName: name, types });
      const stream = await file.createWritable();
      if (await into(stream)) return true;
      // The dialog has made an empty file.
      await file.remove?.().catch(() => undefined);
      return false;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return false;
      // Refused by a policy, or by the disk: the usual way is left.
    }
  }
  const made = await blob();
  if (made === null) return false;
  save(made, name);
  return true;
}
