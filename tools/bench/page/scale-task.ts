/** Trains a head on so many made-up features, from the store to the result. */
export interface ScaleTask {
  readonly sizes: readonly number[];
}

export interface ScaleOptions {
  readonly images: number;
  /** The default head, two epochs of it; or the exact one, its penalty chosen by cross-validation. */
  readonly head: 'default' | 'exact';
}
