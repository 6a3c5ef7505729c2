import { toErrorData } from '../../errors';
import type { H5Answer, H5Request } from '../../export/hdf5/h5-chunks';
import { H5File } from '../../export/hdf5/h5-file';
import { parseKerasH5 } from './keras-h5-parse';
import type { WorkerAnswer } from './keras-h5';

declare const self: DedicatedWorkerGlobalScope;

/** Parses the one file it is sent, or writes the one whose parts it is sent. */
self.onmessage = async ({ data }: MessageEvent<Uint8Array | H5Request>) => {
  if (data instanceof Uint8Array) await parse(data);
  else await write(data);
};

async function parse(bytes: Uint8Array): Promise<void> {
  const answer = await parseKerasH5(bytes).then(
    (tensors): WorkerAnswer => ({ tensors }),
    (error: unknown): WorkerAnswer => ({ error: toErrorData(error) }),
  );
  const buffers = 'tensors' in answer ? [...answer.tensors.values()].map(({ data }) => data.buffer) : [];
  self.postMessage(answer, buffers as ArrayBuffer[]);
}

let file: Promise<H5File> | null = null;
let pieces: Iterator<Uint8Array<ArrayBuffer>> | null = null;

async function write(request: H5Request): Promise<void> {
  const answer = await work(request).catch((error: unknown): H5Answer => ({ error: toErrorData(error) }));
  self.postMessage(answer, answer instanceof Uint8Array ? [answer.buffer] : []);
}

async function work(request: H5Request): Promise<H5Answer> {
  file ??= H5File.create();
  const open = await file;
  if (request !== 'next') {
    open.add(request.add);
    return null;
  }
  pieces ??= open.pieces();
  const next = pieces.next();
  return next.done === true ? null : next.value;
}
