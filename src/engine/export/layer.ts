/** A variable of a layer. */
export interface LayerWeight {
  /** As Keras and tfjs call it, below the layer's name: `conv1_conv/kernel`. */
  readonly name: 'kernel' | 'bias';
  readonly shape: readonly number[];
  readonly data: Float32Array;
  /** Stays float32 where the base is stored as float16: preprocessing and head. */
  readonly exact: boolean;
}

export type LayerClass =
  | 'InputLayer'
  | 'Conv2D'
  | 'ZeroPadding2D'
  | 'MaxPooling2D'
  | 'AveragePooling2D'
  | 'GlobalAveragePooling2D'
  | 'Add'
  | 'Concatenate'
  | 'Dense'
  | 'Dropout'
  | 'Activation';

/** A layer that Keras (2 and 3) and tfjs have alike. */
export interface ModelLayer {
  readonly className: LayerClass;
  /** Letters, digits and underscores; unique in the model. */
  readonly name: string;
  /** As Keras 2 writes it into JSON, and as tfjs reads it; `name` is in it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Layers whose outputs it is called on, in order; none for the input. */
  readonly inbound: readonly string[];
  /** In Keras' order. */
  readonly weights: readonly LayerWeight[];
}

/** A functional model with one input and one output; its layers in an order in which they can be run. */
export interface LayersModel {
  readonly name: string;
  readonly layers: readonly ModelLayer[];
  /** [null, size, size, 3], or [null, features] of a head alone. */
  readonly inputShape: readonly (number | null)[];
  /** The names of its first and its last layer, and of that whose output are the features, [n, features]. */
  readonly input: string;
  readonly output: 'probabilities';
  readonly features: string;
}

type Layer = Omit<ModelLayer, 'config' | 'weights'> & {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly trainable?: boolean;
  readonly weights?: readonly LayerWeight[];
};

export function layer({
  className,
  name,
  inbound,
  config = {},
  trainable = false,
  weights = [],
}: Layer): ModelLayer {
  return { className, name, inbound, weights, config: { name, trainable, dtype: 'float32', ...config } };
}

export const spatial = { data_format: 'channels_last' };

interface ConvConfig {
  readonly filters: number;
  readonly size: readonly [number, number];
  readonly stride: number;
  readonly padding: 'same' | 'valid';
  readonly relu: boolean;
}

export function conv(
  name: string,
  input: string,
  config: ConvConfig,
  weights: readonly LayerWeight[],
): ModelLayer {
  const { filters, size, stride, padding, relu } = config;
  return layer({
    className: 'Conv2D',
    name,
    inbound: [input],
    weights,
    config: {
      filters,
      kernel_size: size,
      strides: [stride, stride],
      padding,
      ...spatial,
      dilation_rate: [1, 1],
      activation: relu ? 'relu' : 'linear',
      use_bias: true,
      ...initializers,
    },
  });
}

/** Weights are loaded over them; readers want them named all the same. */
export const initializers = {
  kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } },
  bias_initializer: { class_name: 'Zeros', config: {} },
  kernel_regularizer: null,
  bias_regularizer: null,
  activity_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
};

export function globalAveragePool(name: string, input: string): ModelLayer {
  return layer({ className: 'GlobalAveragePooling2D', name, inbound: [input], config: spatial });
}
