import type { NamedTensor, NamedTensors } from '../tensors';
import { corrupt, elementCount, guarded, MAX_TENSORS, requireFinite } from './checks';
import { fromBfloat16, fromFloat16 } from './halves';

/** The header of a file with MAX_TENSORS long names is a tenth of this. */
export const MAX_HEADER_BYTES = 16 * 2 ** 20;

const format = 'safetensors';
const bytesPerElement = { F64: 8, F32: 4, F16: 2, BF16: 2 };
export type Dtype = keyof typeof bytesPerElement;

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: number[];
  /** Bytes after the header. */
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file (huggingface/safetensors: eight bytes of header length, a JSON header, the tensors back to
 * back) and decodes its tensors to float32, in the order in which they lie. Tensors may neither overlap nor leave gaps.
 *
 * @throws HeadwayError `weights-corrupt`
 */
export function readSafetensors(bytes: Uint8Array): NamedTensors {
  return guarded(format, () => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 8) throw corrupt(format, 'it is shorter than its own length field');
    const headerLength = view.getBigUint64(0, true);
    if (headerLength > MAX_HEADER_BYTES || Number(headerLength) > bytes.length - 8)
      throw corrupt(format, `it claims a header of ${headerLength.toString()} bytes`);
    const body = 8 + Number(headerLength);
    const entries = parseHeader(bytes.subarray(8, body));

    const tensors: NamedTensors = new Map<string, NamedTensor>();
    let expected = 0;
    for (const entry of entries) {
      if (entry.begin !== expected) throw corrupt(format, `${entry.name} does not begin where the last ends`);
      expected = entry.end;
      if (body + expected > bytes.length) throw corrupt(format, `it ends in the middle of ${entry.name}`);
      const data = decode(entry.dtype, bytes.slice(body + entry.begin, body + entry.end).buffer);
      tensors.set(entry.name, { shape: entry.shape, data: requireFinite(format, entry.name, data) });
    }
    if (body + expected !== bytes.length) throw corrupt(format, 'bytes are left over behind its last tensor');
    return tensors;
  });
}

/** The types of the tensors of a file that `readSafetensors` has read. */
export function safetensorsDtypes(bytes: Uint8Array): Set<Dtype> {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return new Set(parseHeader(bytes.subarray(8, 8 + Number(length))).map(({ dtype }) => dtype));
}

/** The tensors that the header lists, by position. */
function parseHeader(text: Uint8Array): Entry[] {
  const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  if (!isRecord(header)) throw corrupt(format, 'its header is not an object');
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  if (names.length > MAX_TENSORS) throw corrupt(format, `it lists ${names.length} tensors`);
  return names
    .map((name) => parseEntry(name, header[name]))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
}

function parseEntry(name: string, entry: unknown): Entry {
  if (!isRecord(entry) || !Array.isArray(entry.shape) || !Array.isArray(entry.data_offsets))
    throw corrupt(format, `it does not describe ${name}`);
  const { dtype } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesPerElement, dtype))
    throw corrupt(format, `${name} is of the type ${String(dtype)}, which weights cannot have`);
  const count = elementCount(format, name, entry.shape);
  const [begin, end, ...rest] = entry.data_offsets as unknown[];
  if (!isOffset(begin) || !isOffset(end) || rest.length > 0 || end < begin)
    throw corrupt(format, `${name} has no valid place in it`);
  if (end - begin !== count * bytesPerElement[dtype as Dtype])
    throw corrupt(format, `${name} has ${end - begin} bytes, which do not fit its shape`);
  return { name, dtype: dtype as Dtype, shape: entry.shape as number[], begin, end };
}

function decode(dtype: Dtype, buffer: ArrayBuffer): Float32Array {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
    case 'F16':
      return fromFloat16(new Uint16Array(buffer));
    case 'BF16':
      return fromBfloat16(new Uint16Array(buffer));
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
