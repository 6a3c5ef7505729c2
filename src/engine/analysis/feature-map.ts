import type { Net } from '../nets/graph';
import { nodeShapes } from '../nets/shapes';

/** What a base sees of one picture just before it forgets where: [height, width, channels], row by row. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/**
 * The stage whose map, averaged over its places, is the vector at a cut: the cut itself, or the one before where the
 * cut is the pooled vector (ResNet50's last block, InceptionV3's mixed10, VGG16's block5_pool).
 */
export function mapStage(net: Net, cut: string): string {
  const node = (name: string) => net.nodes.find((candidate) => candidate.name === name);
  const stage = net.stages.find(({ name }) => name === cut);
  const at = stage && node(stage.node);
  if (at === undefined) throw new RangeError(`${net.id} has no stage ${cut}`);
  if (at.op !== 'global-average-pool') return cut;
  const before = net.stages.find((candidate) => candidate.node === at.input);
  if (before === undefined) throw new RangeError(`${net.id} has no stage just before ${cut}`);
  return before.name;
}

/** The values of a stage for one picture of `side` pixels, with their shape. */
export function featureMapOf(net: Net, stage: string, side: number, values: Float32Array): FeatureMap {
  const shape = nodeShapes(net, side).get(net.stages.find(({ name }) => name === stage)!.node)!;
  if (shape.length !== 3 || values.length !== shape[0] * shape[1] * shape[2])
    throw new RangeError(`${values.length} values are no map of ${stage}`);
  const [height, width, channels] = shape;
  return { height, width, channels, values };
}

/** The vector at the cut: the mean over all places, [channels]. */
export function pooled({ height, width, channels, values }: FeatureMap): Float32Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < values.length;) for (let c = 0; c < channels; c++, i++) sums[c]! += values[i]!;
  return Float32Array.from(sums, (sum) => sum / (height * width));
}
