/** What of a stage is wanted. */
export interface CutOutput {
  readonly cut: string;
  /** Left out: the map averaged over its height and width. */
  readonly form?: 'map';
}

/** What computes: weights in place, from preprocessed pixels [n, side, side, 3] to what `FrozenBase.outputs` gives. */
export interface Runner {
  run(input: Float32Array, n: number, side: number, wanted: readonly CutOutput[]): Promise<Float32Array[]>;
  dispose(): void;
}
