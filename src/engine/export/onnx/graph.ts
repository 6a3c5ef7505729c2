import type { LayersModel, ModelLayer } from '../layer';
import { layerShapes, windows, type LayerShape } from '../layer-shapes';
import type { ExportOptions } from '../model';
import { int64Initializer, weightInitializer, type Initializer } from './initializers';
import { node, value, type NodeInit, type ValueInit } from './node';
import { TensorProto_DataType as DataType } from './onnx-pb';

export interface OnnxGraph {
  readonly nodes: readonly NodeInit[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly ValueInit[];
  readonly outputs: readonly ValueInit[];
}

/**
 * The layers of a model as ONNX operators, channels first. Where the model preprocesses by itself, `image` is
 * uint8 [batch, size, size, 3], RGB, which no caller can scale the wrong way; else it is float32
 * [batch, 3, size, size], preprocessed; of a head alone the input is `features`. Outputs are `probabilities`,
 * `logits` and, of a whole model, `features`.
 *
 * 16-bit weights are cast to float32 by the graph itself: no ONNX runtime has a 16-bit convolution for CPU or wasm,
 * and activations of VGG16 and ResNet50 come near the end of float16's range.
 */
export function onnxGraph(model: LayersModel, options: ExportOptions): OnnxGraph {
  return new GraphWriter(model, options).write();
}

class GraphWriter {
  readonly #nodes: NodeInit[] = [];
  readonly #initializers: Initializer[] = [];
  /** What the output of a layer is called in the graph. */
  readonly #values = new Map<string, string>();
  readonly #shapes: ReadonlyMap<string, LayerShape>;
  readonly #model: LayersModel;
  readonly #options: ExportOptions;

  constructor(model: LayersModel, options: ExportOptions) {
    this.#model = model;
    this.#shapes = layerShapes(model);
    this.#options = options;
  }

  write(): OnnxGraph {
    const { layers, inputShape, features } = this.#model;
    const inputs = [inputShape.length === 4 ? this.#image() : this.#features()];
    for (const layer of layers.slice(1)) this.#layer(layer);
    const units = (name: string) => layers.find((layer) => layer.name === name)!.weights[1]!.shape[0]!;
    const outputs = [
      value('probabilities', ['batch', units('logits')], 'softmax of the logits, one a class'),
      value('logits', ['batch', units('logits')], 'what the softmax is given'),
    ];
    if (features !== this.#model.input) {
      const width = layers.find(({ className }) => className === 'Dense')!.weights[0]!.shape[0]!;
      outputs.push(value('features', ['batch', width], 'what the base gives to the head'));
    }
    return { nodes: this.#nodes, initializers: this.#initializers, inputs, outputs };
  }

  #image(): ValueInit {
    const { input, inputShape } = this.#model;
    const size = inputShape[1]!;
    if (this.#options.preprocessing === 'outside') {
      this.#values.set(input, input);
      return value(input, ['batch', 3, size, size], 'preprocessed squares, channels first');
    }
    this.#add('Cast', `${input}/float`, [input], { to: DataType.FLOAT });
    this.#add('Transpose', `${input}/channels_first`, [`${input}/float`], { perm: [0, 3, 1, 2] });
    this.#values.set(input, `${input}/channels_first`);
    return value(input, ['batch', size, size, 3], 'RGB bytes 0 … 255, channels last', DataType.UINT8);
  }

  #features(): ValueInit {
    const { input, inputShape } = this.#model;
    this.#values.set(input, input);
    return value(input, ['batch', inputShape[1]!], 'what the base gives to the head');
  }

  #layer(layer: ModelLayer): void {
    const { className, name, config, inbound } = layer;
    const inputs = inbound.map((from) => this.#values.get(from)!);
    const [first] = inputs as [string];
    // Its own name, but for the features, which have different names in different bases.
    const output = name === this.#model.features ? 'features' : name;
    this.#values.set(name, output);
    switch (className) {
      case 'InputLayer':
        throw new Error(`${name} is not the first layer`);
      case 'Conv2D': {
        const weights = [this.#weight(layer, 0), this.#weight(layer, 1)];
        this.#addActivated('Conv', layer, output, [first, ...weights], this.#windows(layer));
        return;
      }
      case 'ZeroPadding2D': {
        const [[top, bottom], [left, right]] = config.padding as [[number, number], [number, number]];
        // Axes keep ONNX Runtime from making one node of it and a pool, which would pad by minus infinity.
        const [pads, axes] = [`${name}/pads`, `${name}/axes`];
        this.#initializers.push(int64Initializer(pads, [top, left, bottom, right]));
        this.#initializers.push(int64Initializer(axes, [2, 3]));
        this.#add('Pad', output, [first, pads, '', axes]);
        return;
      }
      case 'MaxPooling2D':
        this.#add('MaxPool', output, [first], this.#windows(layer));
        return;
      case 'AveragePooling2D':
        this.#add('AveragePool', output, [first], { ...this.#windows(layer), count_include_pad: 0 });
        return;
      case 'GlobalAveragePooling2D':
        this.#add('GlobalAveragePool', `${name}/map`, [first]);
        this.#add('Flatten', output, [`${name}/map`], { axis: 1 });
        return;
      case 'Add':
        this.#add('Add', output, inputs);
        return;
      case 'Concatenate':
        this.#add('Concat', output, inputs, { axis: 1 });
        return;
      case 'Dense': {
        const weights = [this.#weight(layer, 0), this.#weight(layer, 1)];
        this.#addActivated('Gemm', layer, output, [first, ...weights]);
        return;
      }
      case 'Dropout':
        // Does nothing to a model that predicts.
        this.#values.set(name, first);
        return;
      case 'Activation': {
        const softmax = config.activation === 'softmax';
        this.#add(softmax ? 'Softmax' : 'Relu', output, [first], softmax ? { axis: 1 } : {});
        return;
      }
    }
  }

  #add(...args: Parameters<typeof node>): void {
    this.#nodes.push(node(...args));
  }

  /** Adds a variable of a layer; returns the name of its float32 values. */
  #weight({ name, weights }: ModelLayer, index: number): string {
    const weight = weights[index]!;
    const own = `${name}/${weight.name}`;
    const initializer = weightInitializer(own, weight, this.#options.weights);
    if (initializer.dataType === DataType.FLOAT) {
      this.#initializers.push(initializer);
      return own;
    }
    const stored = `${own}/float16`;
    this.#initializers.push({ ...initializer, name: stored });
    this.#add('Cast', own, [stored], { to: DataType.FLOAT });
    return own;
  }

  /** Adds an operator, and the relu that the layer has in it. */
  #addActivated(
    operator: string,
    { config }: ModelLayer,
    output: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, readonly number[]>> = {},
  ): void {
    if (config.activation !== 'relu') {
      this.#add(operator, output, inputs, attributes);
      return;
    }
    this.#add(operator, `${output}/linear`, inputs, attributes);
    this.#add('Relu', output, [`${output}/linear`]);
  }

  #windows(layer: ModelLayer): Readonly<Record<string, readonly number[]>> {
    const both = windows(layer, this.#shapes.get(layer.inbound[0]!)!);
    return {
      kernel_shape: both.map(({ size }) => size),
      strides: both.map(({ stride }) => stride),
      pads: [...both.map(({ before }) => before), ...both.map(({ after }) => after)],
    };
  }
}
