import type { NamedTensors } from '../tensors';
import { corrupt, elementCount, MAX_TENSORS, requireFinite } from './checks';
import { decodeValues, dtypeBytes, type Quantization, type StoredDtype } from './dtypes';

/**
 * Reads the weights of a tfjs layers model: `model.json`'s weightsManifest and the shards it names. The topology
 * beside it is never looked at, let alone executed. Format: tfjs-core `io/types.ts`, `WeightsManifestConfig`.
 */

/** Limits far above the largest base (VGG16 with top: 17 kB of JSON, 132 files, 553 MB). */
const MAX_JSON_BYTES = 8 * 2 ** 20;
const MAX_FILES = 1_000;
const MAX_BYTES = 2 ** 30;
const MAX_NAME = 512;

interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: StoredDtype;
  readonly quantization: Quantization | null;
}
interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
}

function fail(what: string): never {
  throw corrupt('tfjs layers', what);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The checked manifest of a `model.json`. Throws `weights-corrupt`. */
export function parseManifest(json: Uint8Array): WeightGroup[] {
  if (json.length > MAX_JSON_BYTES) fail(`model.json has ${json.length} bytes`);
  let model: unknown;
  try {
    model = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (error) {
    fail(`model.json is not JSON: ${String(error)}`);
  }
  const groups = isRecord(model) ? model.weightsManifest : undefined;
  if (!Array.isArray(groups)) fail('model.json has no weightsManifest');
  const seen = new Set<string>();
  const manifest = groups.map((group: unknown): WeightGroup => {
    const { paths, weights } = isRecord(group) ? group : {};
    if (!Array.isArray(paths) || !Array.isArray(weights)) fail('a weight group lacks paths or weights');
    return { paths: paths.map(checkPath), weights: weights.map((entry) => checkEntry(entry, seen)) };
  });
  if (seen.size > MAX_TENSORS) fail(`${seen.size} tensors`);
  if (manifest.reduce((sum, { paths }) => sum + paths.length, 0) > MAX_FILES) fail('too many files');
  return manifest;
}

/** A file beside `model.json`: no folder above it, no other host. */
function checkPath(path: unknown): string {
  if (typeof path !== 'string' || !/^[\w.-][\w./-]{0,255}$/.test(path) || path.includes('..'))
    fail(`a file is called ${JSON.stringify(path)}`);
  return path;
}

function checkEntry(entry: unknown, seen: Set<string>): WeightEntry {
  const { name, shape, dtype, quantization } = isRecord(entry) ? entry : {};
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME) fail('a tensor has no proper name');
  if (seen.has(name)) fail(`two tensors are called ${name}`);
  seen.add(name);
  if (!Array.isArray(shape)) fail(`${name} has no shape`);
  elementCount('tfjs layers', name, shape);
  const lengths = shape as number[];
  if (dtype !== 'float32') fail(`${name} is ${String(dtype)}, only float32 can be a weight`);
  if (quantization === undefined) return { name, shape: lengths, dtype, quantization: null };
  if (!isRecord(quantization)) fail(`${name}: bad quantization`);
  const { dtype: stored, scale = 1, min = 0 } = quantization;
  if (stored === 'float16') return { name, shape: lengths, dtype: stored, quantization: null };
  if (stored !== 'uint8' && stored !== 'uint16') fail(`${name} is quantized to ${String(stored)}`);
  if (!Number.isFinite(scale) || !Number.isFinite(min)) fail(`${name}: scale or min is not a number`);
  return { name, shape: lengths, dtype: stored, quantization: { scale: Number(scale), min: Number(min) } };
}

export interface TfjsLayersOptions {
  /**
   * Take the tensors that the given files hold and leave out the rest: for a model whose unwanted top is in the
   * later shards, which were not downloaded.
   */
  readonly leadingFilesOnly?: boolean;
}

/**
 * Decodes the weights. `files` are whole, by their path in the manifest. Without quantization the tensors are views
 * into one joined buffer. Throws `weights-corrupt` where sizes do not add up or a value is not finite.
 */
export function readTfjsLayers(
  json: Uint8Array,
  files: ReadonlyMap<string, Uint8Array>,
  options: TfjsLayersOptions = {},
): NamedTensors {
  const tensors: NamedTensors = new Map();
  for (const { paths, weights } of parseManifest(json)) {
    const bytes = join(paths, files, options.leadingFilesOnly === true);
    let offset = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      const elements = shape.reduce((product, length) => product * length, 1);
      const end = offset + elements * dtypeBytes[dtype];
      if (end > bytes.length && options.leadingFilesOnly === true) return tensors;
      if (end > bytes.length) fail(`${name} ends at byte ${end} of ${bytes.length}`);
      const data = decodeValues(bytes.subarray(offset, end), dtype, quantization);
      tensors.set(name, { shape, data: requireFinite('tfjs layers', name, data) });
      offset = end;
    }
    if (options.leadingFilesOnly !== true && offset !== bytes.length)
      fail(`${bytes.length - offset} bytes are left over after the last tensor`);
  }
  return tensors;
}

/** The files of a group as one buffer that starts at an address a Float32Array can have. */
function join(
  paths: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
  leading: boolean,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const path of paths) {
    const part = files.get(path);
    if (part === undefined && leading) break;
    parts.push(part ?? fail(`${path} is missing`));
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MAX_BYTES) fail(`${length} bytes of weights`);
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
