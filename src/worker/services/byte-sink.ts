import { transfer } from 'comlink';
import type { Sink } from '../../engine/export/zip';

/** Where the bytes of a file go that is written for the page: there, as they come, or into a Blob. */
export interface ByteSink {
  readonly sink: Sink;
  /** To be called once all is written: the Blob, or null where the page has had everything. */
  readonly finish: () => Blob | null;
}

/** Bytes that are held before they become part of a Blob, which the browser may keep on disk. */
const heldBytes = 2 ** 24;

export function byteSink(onChunk: ((bytes: Uint8Array<ArrayBuffer>) => Promise<void>) | null): ByteSink {
  if (onChunk === null) return intoBlob();
  return {
    sink: (bytes) => {
      // A copy to give away: what comes may be a view of the model's own memory.
      const copy = bytes.slice();
      return onChunk(transfer(copy, [copy.buffer]));
    },
    finish: () => null,
  };
}

/** Bytes go over to the browser as they come: a model is not held here a second time. */
function intoBlob(): ByteSink {
  let blob = new Blob([], { type: 'application/zip' });
  let parts: BlobPart[] = [];
  let held = 0;
  const flush = () => {
    blob = new Blob([blob, ...parts], { type: 'application/zip' });
    parts = [];
    held = 0;
  };
  return {
    sink: (bytes) => {
      parts.push(bytes);
      held += bytes.length;
      if (held >= heldBytes) flush();
    },
    finish: () => {
      flush();
      return blob;
    },
  };
}
