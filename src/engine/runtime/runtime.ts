import { outOfMemory } from '../backend/device-lost';
import type { CutOutput } from '../bases/runner';
import type { FrozenWeights } from '../bases/tensors';
import type { Net } from '../nets/graph';
import { convShapes } from '../nets/shapes';
import { compileKernels, instantiate, newMemory, type Kernels } from './kernels';
import { packWeights, weightPlaces, type PackedConv } from './pack';
import { plan, type Plan } from './plan';
import { KernelThreads } from './threads';

/** Those that have not been disposed of. */
const alive = new Set<NetRuntime>();

/** Memories of kernels that are in use, and their bytes. */
export function kernelMemories(): { readonly memories: number; readonly bytes: number } {
  const bytes = [...alive].reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0);
  return { memories: alive.size, bytes };
}

/** Below what the kernels' signed places reach, 2 GB. */
const mostBytes = 1.9 * 2 ** 30;

/**
 * A net's frozen part on kernels of our own: weights packed once, then any number of passes to any cuts. With more than
 * one thread the work is done by workers and the caller's thread stays free; with one it is done in place.
 */
export class NetRuntime {
  #plan: { readonly key: string; readonly plan: Plan } | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly net: Net,
    readonly memory: WebAssembly.Memory,
    readonly kernels: Kernels,
    readonly workers: KernelThreads | null,
    readonly convs: ReadonlyMap<string, PackedConv>,
    readonly weightsEnd: number,
  ) {
    alive.add(this);
  }

  /** Rejects with `out-of-memory`, or with `worker-crashed` when its threads do not start. */
  static async start(net: Net, weights: FrozenWeights, threads: number): Promise<NetRuntime> {
    const { convs, end } = weightPlaces(net);
    const largest = Math.max(...convShapes(net).map(({ kernel: [h, w, c, n] }) => 4 * h * w * c * n));
    const memory = newMemory(end + largest + 4096, mostBytes);
    const module = await compileKernels();
    const kernels = await instantiate(module, memory);
    packWeights(weights, convs, new Float32Array(memory.buffer), end, kernels.transformKernel);
    const workers = threads === 1 ? null : await KernelThreads.start(module, memory, threads);
    return new NetRuntime(net, memory, kernels, workers, convs, end);
  }

  /** `input` is [images, side, side, 3], preprocessed; the result as `FrozenBase.outputs`. One pass at a time. */
  run(
    input: Float32Array,
    images: number,
    side: number,
    wanted: readonly CutOutput[],
  ): Promise<Float32Array[]> {
    const done = this.#turn.then(() => this.#run(input, images, side, wanted));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #run(input: Float32Array, images: number, side: number, wanted: readonly CutOutput[]) {
    const threads = this.workers?.count ?? 1;
    const key = JSON.stringify([images, side, wanted]);
    if (this.#plan?.key !== key)
      this.#plan = { key, plan: plan(this.net, this.convs, this.weightsEnd, threads, images, side, wanted) };
    const ready = this.#plan.plan;
    this.#require(ready.end);
    new Int32Array(this.memory.buffer, ready.at).set(ready.program);
    new Float32Array(this.memory.buffer, ready.input).set(input);
    const { at, commands, scratch, scratchBytes } = ready;
    if (this.workers === null) this.kernels.run(at, commands, 1, scratch);
    else await this.workers.run({ at, commands, scratch, scratchBytes });
    return ready.outputs.map(({ at, length }) => new Float32Array(this.memory.buffer, at, length).slice());
  }

  #require(end: number): void {
    const missing = end + 4096 - this.memory.buffer.byteLength;
    if (missing <= 0) return;
    const text = `${Math.round(end / 2 ** 20)} MB are needed`;
    if (end > mostBytes) throw outOfMemory(text);
    try {
      this.memory.grow(Math.ceil(missing / 65536));
    } catch {
      throw outOfMemory(text);
    }
  }

  dispose(): void {
    alive.delete(this);
    this.workers?.end();
  }
}
