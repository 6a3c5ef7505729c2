import { md5 } from 'hash-wasm';
import { cancelled, HeadwayError, type ErrorData } from '../../errors';
import type { BaseId } from '../../nets';
import { announced } from '../../start-watch';
import type { NamedTensors } from '../tensors';
import { corrupt, MAX_FILE_BYTES } from './checks';
import { format, parseKerasH5 } from './keras-h5-parse';

/** Keras' own files without top, with the size and MD5 that Keras' `applications` ask for. */
export const officialKerasFiles: readonly {
  readonly base: BaseId;
  readonly name: string;
  readonly bytes: number;
  readonly md5: string;
}[] = [
  {
    base: 'inception-v3',
    name: 'inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5',
    bytes: 87_910_968,
    md5: 'bcbd6486424b2319ff4ef7d526e38f63',
  },
  {
    base: 'vgg16',
    name: 'vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
    bytes: 58_889_256,
    md5: '6d6bbae143d832006294945121d1f1fc',
  },
  {
    base: 'resnet50',
    name: 'resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5',
    bytes: 94_765_736,
    md5: '4d473c1dd8becc155b73f8504c6f6626',
  },
];

/** Which of Keras' official files this is, whatever it is called; null: none of them, or not unharmed. */
export async function identifyKerasFile(bytes: Uint8Array): Promise<BaseId | null> {
  const candidate = officialKerasFiles.find((file) => file.bytes === bytes.length);
  if (candidate === undefined) return null;
  return (await md5(bytes)) === candidate.md5 ? candidate.base : null;
}

export interface KerasH5Options {
  readonly signal?: AbortSignal;
  /** Milliseconds until a file counts as damaged; an official one takes about a second. */
  readonly deadline?: number;
}

export type WorkerAnswer = { readonly tensors: NamedTensors } | { readonly error: ErrorData };

/**
 * Reads a weight file of Keras 1 or 2 into tensors named `layer/kernel` and so on. The parser, 4 MB, is loaded with
 * the first file and runs in a worker of its own: a malformed file can make it loop or trap, and its memory is only
 * given back with the thread. In Node it runs in place, without deadline.
 *
 * @throws HeadwayError `weights-corrupt`, `weights-incompatible`, `cancelled`
 */
export async function readKerasH5(bytes: Uint8Array, options: KerasH5Options = {}): Promise<NamedTensors> {
  const { signal, deadline = 60_000 } = options;
  if (signal?.aborted) throw cancelled();
  if (bytes.length > MAX_FILE_BYTES) throw corrupt(format, `it has ${bytes.length} bytes`);
  // Known when the page is built, so that it carries the parser once: in the worker.
  if (import.meta.env.SSR) return parseKerasH5(bytes);

  const worker = announced(
    () => new Worker(new URL('./keras-h5.worker.ts', import.meta.url), { type: 'module' }),
  );
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), deadline);
  try {
    return await new Promise<NamedTensors>((resolve, reject) => {
      const damaged = (what: string) => reject(corrupt(format, what));
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
        'tensors' in data ? resolve(data.tensors) : reject(new HeadwayError(data.error));
      worker.onerror = ({ message }) => damaged(`the parser failed on it (${message})`);
      worker.onmessageerror = () => damaged('the parser failed on it');
      stop.signal.addEventListener('abort', () => damaged('the parser came to no end with it'));
      signal?.addEventListener('abort', () => reject(cancelled()), { signal: stop.signal });
      worker.postMessage(bytes);
    });
  } finally {
    clearTimeout(timer);
    stop.abort();
    worker.terminate();
  }
}
