import { toErrorData } from '../../errors';
import { parseKerasH5 } from './keras-h5-parse';
import type { WorkerAnswer } from './keras-h5';

declare const self: DedicatedWorkerGlobalScope;

/** Parses the one file it is sent. */
self.onmessage = async ({ data }: MessageEvent<Uint8Array>) => {
  const answer = await parseKerasH5(data).then(
    (tensors): WorkerAnswer => ({ tensors }),
    (error: unknown): WorkerAnswer => ({ error: toErrorData(error) }),
  );
  const buffers = 'tensors' in answer ? [...answer.tensors.values()].map(({ data }) => data.buffer) : [];
  self.postMessage(answer, buffers as ArrayBuffer[]);
};
