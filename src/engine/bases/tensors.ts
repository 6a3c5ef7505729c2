/** A tensor as a weight file holds it, decoded to float32. */
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What every reader in `formats/` returns: names as in the file, in the file's order. */
export type NamedTensors = Map<string, NamedTensor>;

/** One convolution, ready to run: batch normalisation folded in. */
export interface ConvWeights {
  /** [height, width, in, filters] */
  readonly kernel: NamedTensor;
  /** [filters] */
  readonly bias: NamedTensor;
}

/** The weights of a frozen base, by node name. */
export type FrozenWeights = ReadonlyMap<string, ConvWeights>;
