import { HeadwayError } from '../errors';
import { nets } from '../nets';
import type { RunResult } from '../run';
import type { ExportOptions } from './model';
import type { PictureSource } from './certificate';

/** Base and head in one. */
export type WholeFormat = 'tfjs' | 'keras' | 'keras-h5' | 'onnx' | 'demo';
/** The head alone, from features to probabilities. */
export type HeadFormat = 'tfjs-head' | 'keras-head' | 'keras-h5-head' | 'onnx-head';
/** What a run can be taken away as. */
export type ExportFormat = WholeFormat | HeadFormat;

export const exportFormats: readonly ExportFormat[] = [
  'tfjs-head',
  'keras-head',
  'keras-h5-head',
  'onnx-head',
  'tfjs',
  'keras',
  'keras-h5',
  'onnx',
  'demo',
];

export function isHeadFormat(format: ExportFormat): format is HeadFormat {
  return format.endsWith('-head');
}

/** How a package is made; each choice has a default. */
export interface PackageOptions extends ExportOptions {
  /** Whose pictures prove the package: generated ones, or five of the run's validation images. */
  readonly pictures: PictureSource;
}

/**
 * A package is made to be passed on, and nobody expects training pictures to travel with it: so the user's own are
 * only put in when asked for. Inside, preprocessing cannot be got wrong.
 */
export const defaultPackageOptions: PackageOptions = {
  weights: 'float32',
  preprocessing: 'inside',
  pictures: 'generated',
};

/**
 * Whether a run can be taken away as a head alone. A head reads features of the base that it was trained with; where
 * the run has changed that base no other file has it, and on the published one the head would be wrong without a word.
 */
export function worksAlone({ request }: Pick<RunResult, 'request'>): boolean {
  return request.tail !== 'train';
}

/** @throws HeadwayError `invalid-request` for a head alone that does not work alone. */
export function checkFormat(run: Pick<RunResult, 'base' | 'request'>, format: ExportFormat): void {
  if (!isHeadFormat(format) || worksAlone(run)) return;
  const { base } = run;
  throw new HeadwayError({
    code: 'invalid-request',
    message: `The head of this run works with its own ${nets[base].title} only, which it has trained further.`,
    advice: 'Take base and head away in one: as TensorFlow.js, Keras or ONNX.',
    why: { code: 'head-needs-base', base },
  });
}
