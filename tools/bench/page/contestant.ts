import type { KernelChoice } from '../../../src/engine/bases/frozen-base.ts';
import type { BaseId } from '../../../src/engine/nets/index.ts';

/** What takes part in a comparison, in a worker of its own. */
export interface Contestant {
  prepare(task: unknown): Promise<void>;
  /** Works once and returns how much it did in a second. */
  measure(options: unknown): Promise<number>;
}

/** Images through a base, as fast as one can. */
export interface ExtractionTask {
  readonly base: BaseId;
  /** Address of our own exports of the base: `model.json` for tfjs, `model.onnx`. */
  readonly exported: string;
  readonly threads: number;
  readonly images: number;
  /** Instead of our export the published tfjs model, ResNet50's, with its batch normalisation as layers. */
  readonly published?: boolean;
  /** Of our own base; left out: as the application chooses. */
  readonly kernels?: KernelChoice;
}

export interface Batches {
  readonly batch: number;
}

/** Runs `work` on images `from` … `to` − 1 in batches; images a second. */
export async function rateOf(
  images: number,
  batch: number,
  work: (from: number, to: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  for (let from = 0; from < images; from += batch) await work(from, Math.min(from + batch, images));
  return (1000 * images) / (performance.now() - start);
}
