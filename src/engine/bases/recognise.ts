import { openArchive } from '../data/archive';
import type { ImageFile } from '../data/records';
import { HeadwayError } from '../errors';
import { incompatible, MAX_FILE_BYTES } from './formats/checks';
import { parseManifest } from './formats/tfjs-layers';
import type { WeightFormat } from './sources';

type Bytes = Uint8Array<ArrayBuffer>;

/** A weight file, or a model.json with its shards, as the user gave it. */
export interface GivenWeights {
  readonly format: WeightFormat;
  /** By name; a tfjs model's shards under their paths in its manifest, `model.json` first. */
  readonly files: ReadonlyMap<string, Bytes>;
}

/** A file to come, wherever it lies. */
interface Given {
  readonly path: string;
  readonly size: number;
  read(): Promise<Bytes>;
}

/**
 * Tells by content, never by name, what the user's weights are: HDF5, safetensors, tflite, a tfjs model.json with
 * its shards, or a zip of one of these. Throws `weights-incompatible`, `weights-corrupt` or `archive-unreadable`.
 */
export async function recognise(given: readonly ImageFile[]): Promise<GivenWeights> {
  const files = given.map(({ path, blob }): Given => ({ path, size: blob.size, read: () => readBlob(blob) }));
  const [only] = given;
  if (only !== undefined && given.length === 1 && (await startsAsZip(only.blob)))
    return fromFiles(await openArchive('weights.zip', only.blob));
  return fromFiles(files);
}

async function fromFiles(all: readonly Given[]): Promise<GivenWeights> {
  // Finder and others leave such files in archives and folders.
  const files = all.filter(({ path }) => !/(^|\/)(\.|__MACOSX)/.test(path));
  checkSize(files.reduce((sum, { size }) => sum + size, 0));
  const [only] = files;
  if (only === undefined) throw unknown('it is empty');
  if (files.length === 1 && baseName(only.path) !== 'model.json') {
    const bytes = await only.read();
    const format = formatOf(bytes);
    if (format !== null && format !== 'tfjs-layers') return { format, files: new Map([['weights', bytes]]) };
    if (format === null) throw unknown(only.path);
  }
  return tfjsModel(files);
}

/** The model.json that lies highest, and what its manifest names beside it. */
async function tfjsModel(files: readonly Given[]): Promise<GivenWeights> {
  const depth = ({ path }: Given) => path.split('/').length;
  const json = files
    .filter(({ path }) => path.endsWith('.json') && !baseName(path).startsWith('metadata'))
    .sort((a, b) => depth(a) - depth(b))
    .at(0);
  if (json === undefined) throw unknown(files.map(({ path }) => path).join(', '));
  const folder = json.path.slice(0, json.path.length - baseName(json.path).length);
  const model = await json.read();
  const found = new Map<string, Bytes>([['model.json', model]]);
  const missing: string[] = [];
  for (const path of parseManifest(model).flatMap(({ paths }) => paths)) {
    // Chosen one by one, files come without their folders.
    const shard =
      files.find((file) => file.path === folder + path) ??
      files.find((file) => baseName(file.path) === baseName(path));
    if (shard === undefined) missing.push(path);
    else found.set(path, await shard.read());
  }
  if (missing.length > 0)
    throw new HeadwayError({
      code: 'weights-incompatible',
      message: `The model's weights are not complete: ${missing.length} of its files are missing.`,
      advice: 'Choose model.json together with all of its .bin files, or one .zip of them.',
      details: missing.slice(0, 10).join(', '),
      why: { code: 'shards-missing', files: missing.length },
    });
  return { format: 'tfjs-layers', files: found };
}

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

function formatOf(bytes: Uint8Array): WeightFormat | null {
  if (ascii(bytes, 0, 8) === '\x89HDF\r\n\x1a\n') return 'keras-h5';
  if (ascii(bytes, 4, 8) === 'TFL3') return 'tflite';
  // Eight bytes of length, whose upper half is zero, before the header's brace.
  if (ascii(bytes, 4, 9) === '\0\0\0\0{') return 'safetensors';
  return /^\s*\{/.test(ascii(bytes, 0, 64)) ? 'tfjs-layers' : null;
}

async function startsAsZip(blob: Blob): Promise<boolean> {
  return ascii(await readBlob(blob.slice(0, 4)), 0, 4) === 'PK\x03\x04';
}

async function readBlob(blob: Blob): Promise<Bytes> {
  checkSize(blob.size);
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new HeadwayError(
      {
        code: 'weights-corrupt',
        message: 'The weight file cannot be read.',
        advice: 'Choose it again; it may have been moved or changed.',
        details: String(error),
        why: { code: 'weights-file-gone' },
      },
      { cause: error },
    );
  }
}

function checkSize(bytes: number): void {
  if (bytes > MAX_FILE_BYTES)
    throw incompatible(
      'This weight file is larger than any base.',
      { code: 'weights-too-large' },
      `${bytes} of ${MAX_FILE_BYTES} bytes`,
    );
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function unknown(details: string): HeadwayError {
  return new HeadwayError({
    code: 'weights-incompatible',
    message: 'This is not a weight file that Headway can read.',
    advice: 'Choose a Keras .h5, a .safetensors, a .tflite, or a model.json with its shards (also as .zip).',
    details,
    why: { code: 'weights-unknown' },
  });
}
