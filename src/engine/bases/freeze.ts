import type { BatchNorm, Net } from '../nets/graph';
import { convShapes, type ConvShape } from '../nets/shapes';
import { corrupt, incompatible, otherNetwork } from './formats/checks';
import { layersOf, matchLayers, type Layer } from './names';
import type { ConvWeights, FrozenWeights, NamedTensor, NamedTensors } from './tensors';

/**
 * Turns the tensors of a weight file into the weights of a net: each layer found, each shape checked, and batch
 * normalisation folded into kernel and bias in float64. With s = gamma / √(variance + ε):
 * kernel ← kernel · s, bias ← (bias − mean) · s + beta. ε is the published network's; one of the files in
 * circulation states another. Throws `weights-incompatible` naming the layer.
 */
export function freeze(net: Net, tensors: NamedTensors): FrozenWeights {
  const layers = layersOf(tensors);
  const shapes = convShapes(net);
  const matched = matchLayers(
    shapes.map(({ name }) => name),
    layers,
  );
  if (matched === null)
    throw incompatible(
      `These are not the weights of ${net.title}.`,
      otherNetwork(net),
      missing(shapes, layers),
    );
  const normalised = [...layers.values()].some((layer) => layer.has('moving_variance'));
  const weights = new Map<string, ConvWeights>();
  for (const [i, shape] of shapes.entries()) {
    const names = matched[i]!;
    const batchNorm = normalised ? net.batchNorm : null;
    const conv = layers.get(names.conv)!;
    weights.set(
      shape.name,
      batchNorm === null
        ? { kernel: kernelOf(net, shape, conv), bias: vector(net, shape, conv, 'bias') }
        : fold(net, shape, conv, layers.get(names.batchNorm), batchNorm),
    );
  }
  return weights;
}

function fold(
  net: Net,
  shape: ConvShape,
  conv: Layer,
  norm: Layer | undefined,
  batchNorm: BatchNorm,
): ConvWeights {
  if (norm === undefined)
    throw incompatible(`${net.title}: ${shape.name} has no batch normalisation.`, otherNetwork(net));
  const filters = shape.kernel[3];
  const kernel = kernelOf(net, shape, conv);
  const variance = vector(net, shape, norm, 'moving_variance').data;
  const mean = vector(net, shape, norm, 'moving_mean').data;
  const beta = vector(net, shape, norm, 'beta').data;
  const gamma = batchNorm.gamma ? vector(net, shape, norm, 'gamma').data : null;
  const own = net.convBias ? vector(net, shape, conv, 'bias').data : null;

  const scale = new Float64Array(filters);
  const bias = new Float32Array(filters);
  for (let f = 0; f < filters; f++) {
    const spread = variance[f]! + batchNorm.epsilon;
    if (spread <= 0) throw corrupt('weight', `${shape.name} has a negative variance`);
    scale[f] = (gamma?.[f] ?? 1) / Math.sqrt(spread);
    bias[f] = ((own?.[f] ?? 0) - mean[f]!) * scale[f]! + beta[f]!;
  }
  const folded = new Float32Array(kernel.data.length);
  for (let i = 0; i < folded.length; i += filters)
    for (let f = 0; f < filters; f++) folded[i + f] = kernel.data[i + f]! * scale[f]!;
  return { kernel: { shape: shape.kernel, data: folded }, bias: { shape: [filters], data: bias } };
}

function kernelOf(net: Net, { name, kernel: expected }: ConvShape, conv: Layer): NamedTensor {
  const kernel = conv.get('kernel')!;
  if (kernel.shape.join() !== expected.join())
    throw incompatible(
      `${net.title}: the kernel of ${name} has another shape.`,
      otherNetwork(net),
      `[${kernel.shape.join(', ')}] instead of [${expected.join(', ')}]`,
    );
  return kernel;
}

function vector(
  net: Net,
  { name, kernel }: ConvShape,
  layer: Layer,
  role: 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance',
): NamedTensor {
  const tensor = layer.get(role);
  const filters = kernel[3];
  if (tensor === undefined) throw incompatible(`${net.title}: ${name} has no ${role}.`, otherNetwork(net));
  if (tensor.shape.length !== 1 || tensor.shape[0] !== filters)
    throw incompatible(
      `${net.title}: ${role} of ${name} has another length.`,
      otherNetwork(net),
      `[${tensor.shape.join(', ')}] instead of [${filters}]`,
    );
  return tensor;
}

function missing(shapes: readonly ConvShape[], layers: ReadonlyMap<string, Layer>): string {
  const absent = shapes.filter(({ name }) => !layers.has(name)).map(({ name }) => name);
  const present = [...layers.keys()].slice(0, 5).join(', ');
  return `no layer ${absent.slice(0, 5).join(', ')} (${absent.length} of ${shapes.length} missing); the file has ${present} …`;
}
