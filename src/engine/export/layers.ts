import type { TrainedHead } from '../heads/head';
import type { Net, NetNode, Preprocessing } from '../nets/graph';
import { inputsOf } from '../nets/shapes';
import { headLayers } from './head-layers';
import { conv, globalAveragePool, type LayersModel, type ModelLayer } from './layer';
import type { ExportModel, ExportOptions } from './model';
import { nodeLayers } from './node-layers';

/**
 * Base, cut off where the run's features were taken, and head in one, as layers that stock tfjs and Keras both have.
 * With `preprocessing: 'inside'` the first layer, `preprocess`, is a 1×1 convolution with fixed weights: its kernel
 * puts the channels in order and scales, its bias shifts. It comes before any padding, so that zeros stay zeros of
 * the network's own input, and it is exact where folding an offset into a padded convolution would not be.
 */
export function modelLayers(model: ExportModel, options: Pick<ExportOptions, 'preprocessing'>): LayersModel {
  const { net, head, cut, input } = model;
  const nodes = nodesUpTo(net, cut);
  const layers: ModelLayer[] = [];
  /** Which layer stands for the output of a node. */
  const standsFor = new Map<string, string>();
  const inputShape = [null, input.size, input.size, 3];
  for (const node of nodes) {
    const made =
      node.op === 'input'
        ? inputLayers('image', inputShape, options.preprocessing === 'inside' ? net.preprocessing : null)
        : nodeLayers(
            node,
            inputsOf(node).map((name) => standsFor.get(name)!),
            model,
          );
    layers.push(...made);
    standsFor.set(node.name, made.at(-1)!.name);
  }
  let features = layers.at(-1)!.name;
  if (nodes.at(-1)!.op !== 'global-average-pool') {
    layers.push(globalAveragePool('avg_pool', features));
    features = 'avg_pool';
  }
  layers.push(...headLayers(head, features));
  return checked({
    name: `headway_${net.id}`,
    layers,
    inputShape,
    input: 'image',
    output: 'probabilities',
    features,
  });
}

/** The head alone, from the features [null, inputs] that the base gives. */
export function headModelLayers(head: TrainedHead): LayersModel {
  const inputShape = [null, head.inputs];
  const layers = [...inputLayers('features', inputShape, null), ...headLayers(head, 'features')];
  return checked({
    name: 'head',
    layers,
    inputShape,
    input: 'features',
    output: 'probabilities',
    features: 'features',
  });
}

/** The nodes that a stage needs, in execution order; its own is the last. */
export function nodesUpTo(net: Net, cut: string): NetNode[] {
  const target = net.stages.find(({ name }) => name === cut)?.node;
  if (target === undefined) throw new RangeError(`${net.id} has no stage ${cut}`);
  const needed = new Set([target]);
  const nodes: NetNode[] = [];
  for (const node of net.nodes.toReversed()) {
    if (!needed.has(node.name)) continue;
    nodes.push(node);
    for (const name of inputsOf(node)) needed.add(name);
  }
  return nodes.reverse();
}

function checked(model: LayersModel): LayersModel {
  const names = model.layers.map(({ name }) => name);
  const bad = names.find((name) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(name));
  if (bad !== undefined || new Set(names).size !== names.length)
    throw new Error(`Layer names are not legal or not unique: ${bad ?? names.join(' ')}`);
  return model;
}

function inputLayers(
  name: string,
  shape: readonly (number | null)[],
  pre: Preprocessing | null,
): ModelLayer[] {
  const input: ModelLayer = {
    className: 'InputLayer',
    name,
    inbound: [],
    weights: [],
    config: { batch_input_shape: shape, dtype: 'float32', sparse: false, name },
  };
  return pre === null ? [input] : [input, preprocessLayer(pre, name)];
}

/** RGB 0 … 255 → channels in `order`, x · scale + offset[channel]. */
function preprocessLayer({ order, scale, offset }: Preprocessing, input: string): ModelLayer {
  const kernel = new Float32Array(9);
  // [1, 1, from, to]
  for (let to = 0; to < 3; to++) kernel[(order === 'rgb' ? to : 2 - to) * 3 + to] = scale;
  return conv('preprocess', input, { filters: 3, size: [1, 1], stride: 1, padding: 'valid', relu: false }, [
    { name: 'kernel', shape: [1, 1, 3, 3], data: kernel, exact: true },
    { name: 'bias', shape: [3], data: Float32Array.from(offset), exact: true },
  ]);
}
