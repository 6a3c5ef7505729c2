import { HeadwayError, type ErrorData } from '../../errors';
import { announced } from '../../start-watch';
import { H5File } from './h5-file';
import type { H5Step } from './step';

/** What the worker is asked; each question has one answer. */
export type H5Request = { readonly add: H5Step } | 'next';
/** `null`: done, or no more pieces. */
export type H5Answer = Uint8Array<ArrayBuffer> | null | { readonly error: ErrorData };

/**
 * An HDF5 file in pieces. HDF5 cannot write front to back, so the file is built in memory first: in a worker of its
 * own, whose memory goes with it, or in Node in place. Values are copied over one dataset at a time.
 * @throws HeadwayError `out-of-memory`
 */
export async function* h5Chunks(steps: Iterable<H5Step>): AsyncGenerator<Uint8Array> {
  // Known when the page is built, so that it carries HDF5 once: in the worker.
  if (import.meta.env.SSR) {
    const file = await H5File.create();
    try {
      for (const step of steps) file.add(step);
      yield* file.pieces();
    } finally {
      file.discard();
    }
    return;
  }
  const worker = announced(
    () => new Worker(new URL('../../bases/formats/keras-h5.worker.ts', import.meta.url), { type: 'module' }),
  );
  try {
    for (const step of steps) await ask(worker, { add: owned(step) });
    for (;;) {
      const piece = await ask(worker, 'next');
      if (piece === null) return;
      yield piece;
    }
  } finally {
    worker.terminate();
  }
}

/** A dataset's values in memory that can be given away. */
function owned(step: H5Step): H5Step {
  return step.kind === 'group' ? step : { ...step, data: step.data.slice() };
}

function ask(worker: Worker, request: H5Request): Promise<Uint8Array<ArrayBuffer> | null> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<H5Answer>) => {
      if (data !== null && 'error' in data) reject(new HeadwayError(data.error));
      else resolve(data);
    };
    worker.onerror = ({ message }) => reject(failed(message));
    worker.onmessageerror = () => reject(failed('the answer could not be read'));
    const moved =
      request !== 'next' && request.add.kind === 'dataset' ? [request.add.data.buffer as ArrayBuffer] : [];
    worker.postMessage(request, moved);
  });
}

/** HDF5 only fails on what we give it when its memory is at an end. */
function failed(details: string): HeadwayError {
  return new HeadwayError({
    code: 'out-of-memory',
    message: 'The browser could not write the Keras file.',
    advice: 'Close other pages and try again, or export as ONNX or TensorFlow.js, which need less memory.',
    details,
    why: { code: 'keras-file-memory' },
  });
}
