import { adapterName, webglAdapter, webgpuAdapter, type Adapter } from './adapters';
import type { BackendId } from './backend';
import { kernelsRun } from '../runtime/support';
import { wantedThreads, wasmPresent } from './threads';

export interface Gpus {
  readonly webgpu: Adapter;
  readonly webgl: Adapter;
}

export interface BackendReport {
  /** What runs here, best first. Software GPUs run too, but are never chosen. */
  readonly available: readonly BackendId[];
  readonly chosen: BackendId;
  /** For people: what was chosen, and why the better ones were not. */
  readonly description: string;
  /** Threads that WASM would get. */
  readonly threads: number;
  /** What was looked at, for those who say it in another language. */
  readonly gpus: Gpus;
  readonly ownKernels: boolean;
}

/** Why a GPU is passed over; null if it is real. */
function objection(adapter: Adapter): string | null {
  if (!adapter.present) return adapter.name;
  return adapter.software ? `${adapterName(adapter)} is a GPU in software, slower than WASM` : null;
}

/** Looks at what this machine has without starting anything. In a page and in workers alike. Never rejects. */
export async function probeBackends(): Promise<BackendReport> {
  const gpus = { webgpu: await webgpuAdapter(), webgl: webglAdapter() };
  return chooseBackend(gpus, wasmPresent() ? wantedThreads() : null, kernelsRun());
}

/** The choice itself. `wasmThreads` is null where there is no WebAssembly; `ownKernels`: relaxed SIMD and what else they need. */
export function chooseBackend(gpus: Gpus, wasmThreads: number | null, ownKernels = false): BackendReport {
  const available: BackendId[] = [];
  const skipped: string[] = [];
  let chosen: BackendId | null = null;
  let reason = '';
  for (const id of ['webgpu', 'webgl'] as const) {
    const adapter = gpus[id];
    if (adapter.present) available.push(id);
    const against = objection(adapter);
    if (against !== null) skipped.push(against);
    else if (chosen === null) {
      chosen = id;
      reason = `${id === 'webgpu' ? 'WebGPU' : 'WebGL'} on ${adapterName(adapter)}`;
    }
  }
  if (wasmThreads !== null) {
    available.push('wasm');
    if (chosen === null) {
      chosen = 'wasm';
      const why = wasmThreads === 1 ? ' (more need cross-origin isolation)' : '';
      reason = `WASM on ${wasmThreads} ${wasmThreads === 1 ? 'thread' : 'threads'}${why}${ownKernels ? ', kernels of our own' : ''}`;
    }
  }
  // Too slow for a base, but with nothing else at all it is better than nothing.
  available.push('cpu');
  const description = [chosen === null ? 'plain JavaScript' : reason, ...skipped].join('; ');
  return { available, chosen: chosen ?? 'cpu', description, threads: wasmThreads ?? 1, gpus, ownKernels };
}
