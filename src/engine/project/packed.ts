import { HeadwayError } from '../errors';
import type { Reason } from '../reason';

/**
 * Plain data whose typed arrays lie beside it: JSON in which each is replaced by `{"$array": type, "at": byte,
 * "length": elements}`, and their bytes (little-endian, each beginning at a multiple of 8) one after the other.
 */
export interface Packed {
  readonly json: string;
  /** In pieces that share the arrays' memory. */
  readonly chunks: readonly Uint8Array[];
}

const types = { float32: Float32Array, uint16: Uint16Array, uint8: Uint8Array } as const;
type TypeName = keyof typeof types;
type TypedArray = Float32Array | Uint16Array | Uint8Array;

interface Reference {
  readonly $array: TypeName;
  readonly at: number;
  readonly length: number;
}

/** @throws TypeError for a typed array of another kind */
export function pack(value: unknown): Packed {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const json = JSON.stringify(value, (_key, part: unknown) => {
    if (!ArrayBuffer.isView(part)) return part;
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    const reference: Reference = {
      $array: typeOf(part),
      at,
      length: (part as TypedArray).length,
    };
    const padding = -bytes.length & 7;
    chunks.push(bytes);
    if (padding > 0) chunks.push(new Uint8Array(padding));
    at += bytes.length + padding;
    return reference;
  });
  return { json, chunks };
}

/**
 * The data again; each array has memory of its own.
 * @throws HeadwayError `project-unreadable` where the JSON is none, or an array is said to lie outside `bytes`
 */
export function unpack(json: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(json, (key, part: unknown) => {
      // What a prototype is must not be said by a file.
      if (key === '__proto__') throw new Error('A field called __proto__');
      return isReference(part) ? arrayOf(part, bytes) : part;
    }) as unknown;
  } catch (error) {
    throw projectUnreadable(String(error));
  }
}

function typeOf(view: ArrayBufferView): TypeName {
  for (const [name, type] of Object.entries(types)) if (view instanceof type) return name as TypeName;
  throw new TypeError(`No project holds a ${view.constructor.name}`);
}

function isReference(part: unknown): part is Reference {
  return typeof part === 'object' && part !== null && Object.hasOwn(part, '$array');
}

function arrayOf({ $array, at, length }: Reference, bytes: Uint8Array): TypedArray {
  const type = Object.hasOwn(types, $array) ? types[$array] : undefined;
  const whole = [at, length].every((number) => Number.isSafeInteger(number) && number >= 0);
  if (type === undefined || !whole || at + length * type.BYTES_PER_ELEMENT > bytes.length)
    throw new Error(`An array that is not there: ${JSON.stringify({ $array, at, length })}`);
  return new type(bytes.slice(at, at + length * type.BYTES_PER_ELEMENT).buffer);
}

/** For a file that is no project, or a damaged one. */
export function projectUnreadable(details: string, why?: Reason): HeadwayError {
  return new HeadwayError({
    code: 'project-unreadable',
    message: 'This project file cannot be read.',
    advice: 'Save the project again where it was made, and open the new file. Nothing here was changed.',
    details,
    ...(why && { why }),
  });
}
