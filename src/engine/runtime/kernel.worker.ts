import { live } from '../alive';
import type { Kernels } from './kernels';
import type { Pass, Setup } from './threads';

/** One thread of `KernelThreads`. What fails here is an `error` event there. */
let kernels: Kernels | null = null;

addEventListener('message', ({ data }: MessageEvent<Setup | Pass>) => {
  const work = async () => {
    if ('module' in data) {
      const { exports } = await WebAssembly.instantiate(data.module, { env: { memory: data.memory } });
      kernels = exports as unknown as Kernels;
      await live(data.life);
    } else kernels!.run(data.at, data.commands, data.threads, data.scratch);
    postMessage(null);
  };
  work().catch(reportError);
});
