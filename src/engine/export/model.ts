import type { FrozenWeights } from '../bases/tensors';
import type { InputSpec } from '../data/records';
import type { TrainedHead } from '../heads/head';
import type { Net } from '../nets/graph';
import type { RunResult } from '../run';

/** A finished run with all that a complete model is made of. */
export interface ExportModel {
  readonly run: RunResult;
  readonly head: TrainedHead;
  /** Headway's own version. */
  readonly appVersion: string;
  readonly net: Net;
  /** Folded weights by node name, as `bases/freeze.ts` gives them. */
  readonly weights: FrozenWeights;
  /** The stage where the base ends; a map [h, w, c] there is averaged globally before the head. */
  readonly cut: string;
  /** The square that the base sees. */
  readonly input: InputSpec;
  /** Digest of the base's weights before the run trained some of them. */
  readonly weightsBefore?: string | null;
}

export interface ExportOptions {
  /** How the weights of the base are stored. Preprocessing and head stay float32 in either case: they are small. */
  readonly weights: 'float32' | 'float16';
  /** Whether the model takes RGB bytes 0 … 255 and preprocesses itself, or wants them preprocessed. */
  readonly preprocessing: 'inside' | 'outside';
}

/** A file of a package. Names are ours and fixed: no class and no run ever becomes part of one. */
export interface PackageFile {
  readonly name: string;
  /** In pieces, so that nobody has to hold a second copy of a model; read once. */
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Whether deflating is worth the time, and how much of it; trained float32 hardly shrinks. */
  readonly deflate: boolean | 'fast';
}

/**
 * What a format adds to a package; everything else (labels, metadata, README, certificate, `verify.py`, `verify.mjs`,
 * `picture.py`, `picture.mjs`) is the same for all formats.
 */
export interface FormatParts {
  readonly files: readonly PackageFile[];
  /**
   * `model.py`, with `load(folder)` that returns a function `predict(inputs)`: float32 [n, size, size, 3] as the model
   * takes them → `(features, probabilities)`, float32 arrays [n, f] and [n, classes].
   */
  readonly python: string | null;
  /**
   * `model.mjs`, with `export async function load(folder)` (a `URL` that ends in a slash) that resolves to an async
   * function `predict(inputs, n, size)`: a Float32Array [n, size, size, 3] → `{ features, probabilities }`, two
   * Float32Arrays. Null where JavaScript cannot open the format.
   */
  readonly javascript: string | null;
  /** What `pip install` and `npm install` have to be given for them, beside numpy and pillow. */
  readonly requirements: { readonly pip: readonly string[]; readonly npm: readonly string[] };
}
