import { HeadwayError } from '../errors';
import type { ConvNode, NetNode, Padding } from '../nets/graph';
import { heightWidth } from '../nets/shapes';
import { conv, globalAveragePool, layer, spatial, type LayerWeight, type ModelLayer } from './layer';
import type { ExportModel } from './model';

/** A node as one layer, or as two where Keras has none that does both; the last one bears the node's name. */
export function nodeLayers(node: NetNode, inputs: readonly string[], model: ExportModel): ModelLayer[] {
  const [first] = inputs as [string];
  const { name } = node;
  switch (node.op) {
    case 'input':
      throw new Error('An input is not a layer of its own here');
    case 'conv': {
      const [pads, input, padding] = padded(name, first, node.padding);
      const { filters, stride, relu } = node;
      const config = { filters, size: heightWidth(node.size), stride, padding, relu };
      return [...pads, conv(name, input, config, convWeights(node, model))];
    }
    case 'max-pool':
    case 'average-pool': {
      const [pads, input, padding] = padded(name, first, node.padding);
      if (node.op === 'average-pool' && pads.length > 0)
        throw new Error(`${name}: average pooling leaves padding out, so explicit zeros have no place in it`);
      const className = node.op === 'max-pool' ? 'MaxPooling2D' : 'AveragePooling2D';
      const { size, stride } = node;
      const config = { pool_size: [size, size], strides: [stride, stride], padding, ...spatial };
      return [...pads, layer({ className, name, inbound: [input], config })];
    }
    case 'add': {
      if (!node.relu) return [layer({ className: 'Add', name, inbound: inputs })];
      const sum = `${name}_add`;
      return [
        layer({ className: 'Add', name: sum, inbound: inputs }),
        layer({ className: 'Activation', name, inbound: [sum], config: { activation: 'relu' } }),
      ];
    }
    case 'concat':
      return [layer({ className: 'Concatenate', name, inbound: inputs, config: { axis: 3 } })];
    case 'global-average-pool':
      return [globalAveragePool(name, first)];
  }
}

/** Explicit zeros as a layer of their own: Keras pads `same` otherwise. */
function padded(
  name: string,
  input: string,
  padding: Padding,
): [layers: ModelLayer[], input: string, padding: 'same' | 'valid'] {
  if (padding === 'same') return [[], input, 'same'];
  if (padding === 'valid' || padding === 0) return [[], input, 'valid'];
  const sides = [padding, padding];
  const config = { padding: [sides, sides], ...spatial };
  const pad = layer({ className: 'ZeroPadding2D', name: `${name}_pad`, inbound: [input], config });
  return [[pad], pad.name, 'valid'];
}

function convWeights({ name }: ConvNode, { net, weights }: ExportModel): LayerWeight[] {
  const own = weights.get(name);
  if (own === undefined)
    throw new HeadwayError({
      code: 'weights-incompatible',
      message: `The weights of ${net.title} are not whole: ${name} has none.`,
      advice: 'Choose the weight file again, or run again with the weights in use.',
    });
  const { kernel, bias } = own;
  return [
    { name: 'kernel', shape: kernel.shape, data: kernel.data, exact: false },
    { name: 'bias', shape: bias.shape, data: bias.data, exact: false },
  ];
}
