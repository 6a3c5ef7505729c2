/**
 * CIFAR-10's own files among the dropped ones: the binary version's batches (`data_batch_1.bin` … `test_batch.bin`),
 * alone or in their archive. A batch is up to 10,000 records of one label byte and 3,072 bytes of pixels, a plane of
 * 32 × 32 for red, green and blue each (https://www.cs.toronto.edu/~kriz/cifar.html).
 */
import { HeadwayError } from '../errors';
import type { Source } from './archive';
import { tarFiles } from './cifar10-tar';
import {
  batchImages,
  cifar10Classes,
  imageBytes,
  imagePixels,
  pathOf,
  pngBytes,
  pngOf,
  type Place,
} from './cifar10-format';
import { unreadable } from './decode';
import type { Bytes } from './records';
import { archiveUnreadable } from './zip-directory';

export const recordBytes = 1 + imageBytes;

const batchName = /(?:^|\/)(?:data_batch_([1-5])|(test_batch))(\.bin|\.mat)?$/i;
const archiveName = /(?:^|\/)cifar[-_ ]?100?(?!\d)[^/]*\.(?:tar\.gz|tgz|tar)$/i;

const takeThis =
  'take its binary version, cifar-10-binary.tar.gz, or data_batch_1.bin … test_batch.bin out of it';

/** By its name, a file of CIFAR-10. */
export function isCifar10(path: string): boolean {
  return batchName.test(path) || archiveName.test(path);
}

/**
 * The images of a batch, or of all batches of the archive, in their order; each is cut out when its turn comes. A
 * file that has only the name of a batch is handed on as it is. Throws `archive-unreadable`, whose details say which
 * file to take instead where it is another version of CIFAR-10.
 */
export async function openCifar10(path: string, blob: Blob, signal: AbortSignal): Promise<Source[]> {
  if (archiveName.test(path)) return openTar(blob, signal);
  const [, , , extension] = batchName.exec(path)!;
  if (extension?.toLowerCase() === '.bin') return readBatch(path, blob);
  const version = extension === undefined ? 'Python' : 'Matlab';
  const start = new Uint8Array(await blob.slice(0, 6).arrayBuffer());
  // A pickle of protocol 2 or later, or a MAT file.
  if (start[0] === 0x80 || String.fromCharCode(...start) === 'MATLAB') throw otherVersion(version);
  return [{ path, size: blob.size, read: async () => new Uint8Array(await blob.arrayBuffer()) }];
}

async function openTar(blob: Blob, signal: AbortSignal): Promise<Source[]> {
  const [a, b] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  const packed: ReadableStream<Uint8Array<ArrayBuffer>> = blob.stream();
  const stream = a === 0x1f && b === 0x8b ? packed.pipeThrough(new DecompressionStream('gzip')) : packed;
  const batches: { name: string; content: Blob }[] = [];
  const want = ({ name, size }: { name: string; size: number }) => {
    signal.throwIfAborted();
    if (name.includes('cifar-100-'))
      throw archiveUnreadable(`This is CIFAR-100; only CIFAR-10 can be opened: ${takeThis}`, {
        fault: 'cifar-100',
      });
    const match = batchName.exec(name);
    if (match === null) return false;
    if (match[3] !== '.bin') throw otherVersion(match[3] === undefined ? 'Python' : 'Matlab');
    if (size > batchImages * recordBytes) throw wrongSize(name, size);
    return true;
  };
  try {
    for await (const file of tarFiles(stream, want)) batches.push(file);
  } catch (error) {
    if (signal.aborted || error instanceof HeadwayError) throw error;
    throw archiveUnreadable(`It is damaged or cut short: ${String(error)}`);
  }
  if (batches.length === 0)
    throw archiveUnreadable(`It holds no batch of CIFAR-10: ${takeThis}`, { fault: 'no-batch' });
  batches.sort((x, y) => (x.name < y.name ? -1 : 1));
  const sources: Source[] = [];
  for (const { name, content } of batches)
    for (const source of await readBatch(name, content)) sources.push(source);
  return sources;
}

/** The records of one batch; all labels are checked first. Throws `archive-unreadable`. */
async function readBatch(path: string, blob: Blob): Promise<Source[]> {
  if (blob.size === 0 || blob.size % recordBytes !== 0 || blob.size > batchImages * recordBytes)
    throw wrongSize(path, blob.size);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const [, training] = batchName.exec(path)!;
  return Array.from({ length: blob.size / recordBytes }, (_, i) => {
    const label = bytes[i * recordBytes]!;
    if (!(label in cifar10Classes))
      throw archiveUnreadable(
        `Image ${i} has the label ${label}, and CIFAR-10’s are 0 … 9: it is damaged, or no batch of CIFAR-10`,
        { fault: 'no-batch' },
      );
    const { set, index }: Place =
      training === undefined
        ? { set: 'test', index: i }
        : { set: 'train', index: (Number(training) - 1) * batchImages + i };
    return {
      path: pathOf(set, label, index),
      size: pngBytes,
      placed: { label: cifar10Classes[label]!, share: set },
      read: () => readRecord(blob, i),
    };
  });
}

async function readRecord(blob: Blob, i: number): Promise<Bytes> {
  const planes = new Uint8Array(await blob.slice(i * recordBytes + 1, (i + 1) * recordBytes).arrayBuffer());
  if (planes.length !== imageBytes)
    throw unreadable('The file has changed since it was added', { fault: 'file-gone' });
  return pngOf(interleaved(planes));
}

/** [3, 32, 32] → [32, 32, 3] */
export function interleaved(planes: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(imageBytes);
  for (let k = 0; k < imagePixels; k++)
    for (let c = 0; c < 3; c++) rgb[3 * k + c] = planes[c * imagePixels + k]!;
  return rgb;
}

function wrongSize(path: string, bytes: number): Error {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const whole = (batchImages * recordBytes).toLocaleString('en');
  return archiveUnreadable(
    `${name} has ${bytes.toLocaleString('en')} bytes, a whole batch ${whole}: it is cut short, or no batch of CIFAR-10’s binary version`,
    { fault: 'no-batch' },
  );
}

function otherVersion(version: string): Error {
  return archiveUnreadable(
    `This is CIFAR-10’s ${version} version, which cannot be opened here: ${takeThis}`,
    {
      fault: 'cifar-version',
      version,
    },
  );
}
