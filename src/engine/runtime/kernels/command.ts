/**
 * A pass through a net is a list of commands in the runtime's memory, each of `words` int32. The planner
 * (`../plan.ts`, TypeScript) writes them and the kernels (AssemblyScript) read them; both compile this file. Places in
 * memory are in bytes, steps between neighbours in floats; a map is [images, height, width, channels], its pixels
 * `…Step` floats apart, so that the parts of a concatenation can be written side by side.
 */
export enum Kind {
  Conv,
  Winograd,
  MaxPool,
  AveragePool,
  Mean,
}

export enum Word {
  Kind,
  /** Independent pieces of the work, the next one that nobody has taken, and threads that are through. */
  Tasks,
  Next,
  Arrived,
  Images,
  Input,
  InputStep,
  Height,
  Width,
  Channels,
  Output,
  OutputStep,
  OutputHeight,
  OutputWidth,
  Filters,
  WindowHeight,
  WindowWidth,
  Stride,
  Top,
  Left,
  /** Packed kernel and bias. */
  Weights,
  Bias,
  /** A map of the output's size that is added to it; 0: none. */
  Residual,
  ResidualStep,
  Relu,
  /** Pixels (convolution) or tiles (winograd) of one task, and filters of one task. */
  Block,
  FilterBlock,
  /** Max pool: padding counts as zeros. */
  ZeroPadding,
}

export const words = 32;

/** Pixels, or tiles, that are multiplied at once, and filters: `gemm.ts`. */
export const blockRows = 6;
export const blockFilters = 8;
