import type { ExportOptions } from './model';
import type { PictureSource } from './certificate';

/** What a run can be taken away as. All but `tfjs-head` hold base and head in one. */
export type ExportFormat = 'tfjs-head' | 'tfjs' | 'keras' | 'keras-h5' | 'onnx' | 'demo';

export const exportFormats: readonly ExportFormat[] = [
  'tfjs-head',
  'tfjs',
  'keras',
  'keras-h5',
  'onnx',
  'demo',
];

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
