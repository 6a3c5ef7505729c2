import { HeadwayError } from '../../errors';
import type { Net } from '../../nets/graph';
import type { Reason } from '../../reason';

/** Limits that every reader of a weight file holds to. The largest file of a base, VGG16's with its top, has 553 MB. */
export const MAX_FILE_BYTES = 640 * 2 ** 20;
export const MAX_TENSORS = 10_000;
export const MAX_RANK = 8;
/** Elements of one tensor: VGG16's whole first dense layer (102,760,448) still fits. */
export const MAX_ELEMENTS = 2 ** 28;

/** The file contradicts itself or its format. `what` completes “This <format> file is damaged: …”. */
export function corrupt(format: string, what: string, cause?: unknown): HeadwayError {
  return new HeadwayError(
    {
      code: 'weights-corrupt',
      message: `This ${format} file is damaged: ${what}.`,
      advice: 'Download the file again, or choose another source of weights.',
      ...(cause instanceof Error ? { details: `${cause.name}: ${cause.message}` } : {}),
      why: { code: 'weights-damaged', format },
    },
    { cause },
  );
}

/** The file is sound and holds something else than is needed here. */
export function incompatible(message: string, why: Reason, details?: string): HeadwayError {
  return new HeadwayError({
    code: 'weights-incompatible',
    message,
    advice: 'Choose the weight file that was made for this network, without its classifier if there are two.',
    ...(details === undefined ? {} : { details }),
    why,
  });
}

/** The weights may be sound, but are not those of this network. */
export const otherNetwork = ({ title }: Pick<Net, 'title'>): Reason => ({
  code: 'other-network',
  net: title,
});

/** What `read` throws, as error data: whatever an untrusted file can provoke is the file's fault. */
export function guarded<T>(format: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof HeadwayError ? error : corrupt(format, 'it cannot be read', error);
  }
}

/** The number of elements of a shape that a file claims. Throws `weights-corrupt`. */
export function elementCount(format: string, name: string, shape: readonly unknown[]): number {
  if (shape.length > MAX_RANK) throw corrupt(format, `${name} has ${shape.length} dimensions`);
  let count = 1;
  for (const side of shape) {
    if (!Number.isInteger(side) || (side as number) < 0)
      throw corrupt(format, `${name} has the impossible shape [${shape.join(', ')}]`);
    count *= side as number;
  }
  if (count > MAX_ELEMENTS) throw corrupt(format, `${name} claims ${count} elements`);
  return count;
}

/** NaN and infinities would spread through every feature; a weight file has none. Returns its argument. */
export function requireFinite(format: string, name: string, data: Float32Array): Float32Array {
  // NaN and ±∞ times zero are NaN and stay in the sum: one branch for the tensor instead of one for each element.
  let sum = 0;
  for (const value of data) sum += value * 0;
  if (sum !== 0) throw corrupt(format, `${name} contains values that are not finite numbers`);
  return data;
}
