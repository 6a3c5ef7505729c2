import type { FrozenWeights } from '../bases/tensors';
import type { Net } from '../nets/graph';
import { convShapes } from '../nets/shapes';
import { aligned } from './buffers';
import { blockFilters } from './kernels/command';

/** The weights of one convolution in the runtime's memory, in bytes. */
export interface PackedConv {
  readonly weights: number;
  readonly bias: number;
  /** By F(4×4, 3×3), whose kernels take four times the room. */
  readonly winograd: boolean;
}

/** The first bytes stay zero: a bias of nothing. */
const firstPlace = 64;

/** Where all weights of a net go, and where they end. */
export function weightPlaces(net: Net): { readonly convs: Map<string, PackedConv>; readonly end: number } {
  const convs = new Map<string, PackedConv>();
  let end = firstPlace;
  for (const { name, kernel } of convShapes(net)) {
    const [height, width, channels, filters] = kernel;
    if (filters % blockFilters > 0) throw new Error(`${name}: filters come in eights`);
    const { stride } = net.nodes.find((node) => node.name === name) as { stride: number };
    const winograd = height === 3 && width === 3 && stride === 1 && channels % 4 === 0;
    const bias = end + aligned(4 * (winograd ? 36 : height * width) * channels * filters);
    convs.set(name, { weights: end, bias, winograd });
    end = bias + aligned(4 * filters);
  }
  return { convs, end };
}

/** As `transformKernel` of the kernels. */
export type TransformKernel = (
  from: number,
  to: number,
  channels: number,
  filters: number,
  spare: number,
) => void;

/**
 * Writes weights to their places: [height, width, channels, filters] as [filters / 8, height, width, channels, 8], so that
 * the inner loop reads straight on. `spare` is room for the largest kernel and a few hundred bytes.
 */
export function packWeights(
  weights: FrozenWeights,
  convs: ReadonlyMap<string, PackedConv>,
  memory: Float32Array,
  spare: number,
  transform: TransformKernel,
): void {
  for (const [name, { weights: at, bias, winograd }] of convs) {
    const own = weights.get(name);
    if (own === undefined) throw new Error(`No weights for ${name}`);
    const { data, shape } = own.kernel;
    const [, , channels, filters] = shape as [number, number, number, number];
    memory.set(own.bias.data, bias / 4);
    if (winograd) {
      memory.set(data, spare / 4 + 256);
      transform(spare + 1024, at, channels, filters, spare);
      continue;
    }
    const depth = data.length / filters;
    for (let filter = 0, to = at / 4; filter < filters; filter += blockFilters)
      for (let k = 0; k < depth; k++)
        for (let i = 0; i < blockFilters; i++) memory[to++] = data[k * filters + filter + i]!;
  }
}
