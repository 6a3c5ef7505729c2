/** Trains the default head on so many made-up features, from the store to the result. */
export interface ScaleTask {
  readonly sizes: readonly number[];
}

export interface ScaleOptions {
  readonly images: number;
}
