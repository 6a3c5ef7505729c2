import type { BaseId } from '../nets';
import { nets } from '../nets';
import { convShapes } from '../nets/shapes';
import { isHeadFormat, type ExportFormat, type PackageOptions } from './formats';
import { nodesUpTo } from './layers';

export interface PackagedHead {
  readonly base: BaseId;
  /** The stage where the base ends. */
  readonly cut: string;
  /** Length of the feature vector, units of the hidden layers, classes. */
  readonly widths: readonly number[];
}

/** README, scripts, metadata and a certificate with generated pictures, as measured. */
const restBytes = 430_000;
/** tfjs and its WebAssembly, deflated; base64 deflates to a little more than what it stands for. */
const demoBytes = 800_000;
const demoFactor = 1.015;

/** About how large the zip will be. Of an export with pictures of the user's own, a little less than it may be. */
export function packageBytes(
  { base, cut, widths }: PackagedHead,
  format: ExportFormat,
  { weights }: Pick<PackageOptions, 'weights'>,
): number {
  const head = widths.slice(1).reduce((sum, units, index) => sum + 4 * units * (widths[index]! + 1), 0);
  if (isHeadFormat(format)) return restBytes + head;
  // Keras files hold rounded float32, deflated: 60 MB of ResNet50.
  const half = format === 'keras' || format === 'keras-h5' ? 2.5 : 2;
  const whole = baseParameters(base, cut) * (weights === 'float16' ? half : 4) + head;
  return restBytes + (format === 'demo' ? demoBytes + demoFactor * whole : whole);
}

/** Kernels and biases up to a cut, batch normalisation folded in. */
function baseParameters(base: BaseId, cut: string): number {
  const net = nets[base];
  const kept = new Set(nodesUpTo(net, cut).map(({ name }) => name));
  return convShapes(net)
    .filter(({ name }) => kept.has(name))
    .reduce((sum, { kernel: [height, width, channels, filters] }) => {
      return sum + (height * width * channels + 1) * filters;
    }, 0);
}
