import { HeadwayError } from '../errors';
import { inOrder } from './budget';
import { unreadable, withPixels } from './decode';
import { imageId } from './digest';
import { fastAcross } from './fast-across';
import type { ImageStore } from './image-store';
import type { Bytes, ImageId, InputSpec } from './records';
import { toSquare } from './resize';

/** The browser decodes on threads of its own: enough to keep them busy while this one resizes. */
const imagesInFlight = 4;

/**
 * Stored images as a base wants them. What is read is what was stored, or it is an error: a disk may change bytes that still
 * decode, and hashing them takes a small part of the time that decoding does.
 */
export class PixelSource {
  readonly #store: ImageStore;

  constructor(store: ImageStore) {
    this.#store = store;
  }

  /**
   * @returns [ids, size, size, 3] RGB
   * Throws `image-unreadable`, naming the file, when one is gone or the decoder gives up on it.
   */
  async squares(ids: readonly ImageId[], spec: InputSpec): Promise<Uint8Array> {
    const kept = await this.#store.squares(ids, spec);
    const stored = await this.#store.bytes(ids.filter((id) => !kept.has(id)));
    const length = spec.size * spec.size * 3;
    const out = new Uint8Array(ids.length * length);
    const work = async (id: ImageId) => {
      const square = kept.get(id);
      if (square !== undefined) return square;
      const bytes = stored.get(id);
      // As a value: one that nobody has asked for yet must not become an unhandled rejection.
      if (bytes === undefined) return null;
      return sound(id, bytes)
        .then(() => makeSquare(bytes, spec))
        .catch((error: unknown) => ({ error }));
    };
    let i = 0;
    for await (const result of inOrder(ids, work, imagesInFlight)) {
      if (result === null || 'error' in result) throw await this.#unreadable(ids[i]!, result?.error);
      out.set(result, i++ * length);
    }
    return out;
  }

  /** One image, decoded once at most, as each of `specs` wants it: [size, size, 3] RGB. Throws as `squares` does. */
  async squaresOf(id: ImageId, specs: readonly InputSpec[]): Promise<Uint8Array[]> {
    const kept = await Promise.all(
      specs.map(async (spec) => (await this.#store.squares([id], spec)).get(id)),
    );
    if (kept.every((square) => square !== undefined)) return kept;
    const bytes = (await this.#store.bytes([id])).get(id);
    if (bytes === undefined) throw await this.#unreadable(id, undefined);
    try {
      await sound(id, bytes);
      const across = await fastAcross();
      return await withPixels(bytes, ({ rgba, width, height }) =>
        specs.map((spec) => toSquare(rgba, width, height, spec, across)),
      );
    } catch (error) {
      throw await this.#unreadable(id, error);
    }
  }

  async #unreadable(id: ImageId, cause: unknown): Promise<HeadwayError> {
    if (cause instanceof HeadwayError && cause.code === 'out-of-memory') return cause;
    const path = (await this.#store.records()).find((record) => record.id === id)?.path ?? id;
    const reason = cause instanceof HeadwayError ? (cause.details ?? cause.message) : String(cause);
    return new HeadwayError(
      {
        code: 'image-unreadable',
        message:
          cause === undefined
            ? `The image “${path}” is no longer stored.`
            : `The stored image “${path}” cannot be read any more.`,
        advice: 'Remove it from the data set, or add it again, and start the run again.',
        details: cause === undefined ? id : `${id}: ${reason}`,
        why: { code: cause === undefined ? 'image-gone' : 'image-damaged', path },
      },
      { cause },
    );
  }
}

/**
 * One image as a base wants it: [size, size, 3] RGB. Throws `image-unreadable` or `image-too-large`.
 */
export function squareOf(image: Blob, spec: InputSpec): Promise<Uint8Array> {
  return makeSquare(image, spec);
}

async function sound(id: ImageId, bytes: Bytes): Promise<void> {
  if ((await imageId(bytes)) !== id)
    throw unreadable('The disk has changed its bytes', { fault: 'changed-on-disk' });
}

async function makeSquare(image: Bytes | Blob, spec: InputSpec): Promise<Uint8Array> {
  const across = await fastAcross();
  return withPixels(image, ({ rgba, width, height }) => toSquare(rgba, width, height, spec, across));
}
