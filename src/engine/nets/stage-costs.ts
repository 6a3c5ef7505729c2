import type { Net } from './graph';
import { convShapes, nodeShapes } from './shapes';

/** What a base costs up to one of its stages, that stage included. */
export interface StageCost {
  readonly name: string;
  /** [height, width, channels] of one image's map, or [channels] of the bottleneck. */
  readonly shape: readonly number[];
  /** As Keras counts them: kernels, biases, and the vectors of batch normalisation before it is folded. */
  readonly parameters: number;
  /** Multiplications of the convolutions for one image, each with its addition. */
  readonly multiplyAdds: number;
}

/** Every stage of a base, from the input to the bottleneck, at the published input size. */
export function stageCosts(net: Net): StageCost[] {
  const shapes = nodeShapes(net, net.inputSize);
  const kernels = new Map(convShapes(net).map(({ name, kernel }) => [name, kernel]));
  const vectors = (net.convBias ? 1 : 0) + (net.batchNorm === null ? 0 : net.batchNorm.gamma ? 4 : 3);
  const byNode = new Map(net.stages.map(({ name, node }) => [node, name]));
  const costs: StageCost[] = [];
  let [parameters, multiplyAdds] = [0, 0];
  for (const node of net.nodes) {
    const shape = shapes.get(node.name)!;
    const kernel = kernels.get(node.name);
    if (kernel) {
      const size = kernel.reduce((product, length) => product * length, 1);
      parameters += size + vectors * kernel[3];
      multiplyAdds += size * shape[0] * (shape[1] ?? 1);
    }
    const name = byNode.get(node.name);
    if (name !== undefined) costs.push({ name, shape, parameters, multiplyAdds });
  }
  return costs;
}
