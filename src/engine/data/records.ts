import type { FileFault } from '../reason';

/** SHA-256 of the file's bytes, lower-case hex: what an image *is*. Label, path and origin are attributes. */
export type ImageId = string;

export type Share = 'train' | 'validation' | 'test';

export interface ImageRecord {
  readonly id: ImageId;
  readonly label: string;
  /** As dropped, `/` between folders, no leading slash. */
  readonly path: string;
  /** The share that the user's own folders (`train|val|test/…`) put it in; null where they say nothing. */
  readonly share: Share | null;
  /** Pixels, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** File size in bytes. */
  readonly bytes: number;
  readonly mime: string;
  /** What it looks like (`perceptual-hash.ts`); missing in records of before there were hashes. */
  readonly phash?: string;
}

export type LeftOutReason =
  | 'empty-file'
  | 'not-an-image'
  | 'unreadable'
  | 'too-large'
  | 'no-label'
  /** It was stored, and what is stored is not the image any more. */
  | 'damaged'
  | 'duplicate'
  | 'duplicate-other-label';

export interface LeftOut {
  readonly path: string;
  readonly reason: LeftOutReason;
  /** For people, in English: the twin's path and label, the pixel count, the decoder's message. */
  readonly detail: string;
  /** The same for other languages; missing in rows of before there was one, and where the reason says it all. */
  readonly why?: FileFault;
}

/** What one `addImages` did. */
export interface ImportReport {
  readonly added: number;
  readonly leftOut: readonly LeftOut[];
  /** Hidden and system files (`.DS_Store`, `Thumbs.db`, `__MACOSX`), counted but not listed. */
  readonly ignored: number;
}

/** What `addImages` takes: a `File` (its `webkitRelativePath` or name is the path), or a path with its bytes. */
export interface ImageFile {
  readonly path: string;
  readonly blob: Blob;
}

/** How a picture becomes the square that a base sees. */
export type ResizeMode = 'stretch' | 'crop' | 'letterbox';

/** The square input of a base. `size` is in pixels a side. */
export interface InputSpec {
  readonly size: number;
  readonly resize: ResizeMode;
}

/** A file's bytes in memory of their own (not shared): what Blobs, digests and IndexedDB take. */
export type Bytes = Uint8Array<ArrayBuffer>;
