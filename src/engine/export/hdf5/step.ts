/** What an HDF5 file is made of, in the order in which it is written. Paths begin with a slash. */
export type H5Step = H5GroupStep | H5DatasetStep;

export interface H5GroupStep {
  readonly kind: 'group';
  /** `/` is the file itself; the group above has to be there. */
  readonly path: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

export interface H5DatasetStep {
  readonly kind: 'dataset';
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly deflate: boolean;
}
