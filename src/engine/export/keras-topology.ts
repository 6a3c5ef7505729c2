import { layerName, type TrainedHead } from '../heads/head';

/** A layer as Keras 2 writes it into JSON, and as tfjs reads it. */
interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** An entry of tfjs' weights manifest. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/**
 * The head as a Keras `Sequential`: features → (dense with relu → dropout)* → `logits` → `probabilities`. The softmax
 * is a layer of its own, so that the logits stay reachable: `model.getLayer('logits').output`.
 */
export function headTopology(head: TrainedHead): object {
  const { spec, layers } = head;
  const topology: KerasLayer[] = [
    {
      class_name: 'InputLayer',
      config: { batch_input_shape: [null, head.inputs], dtype: 'float32', sparse: false, name: 'features' },
    },
  ];
  for (const [index, { units }] of layers.entries()) {
    const hidden = index < layers.length - 1;
    topology.push(dense(layerName(index, layers.length - 1), units, hidden ? 'relu' : 'linear', spec.l2));
    if (hidden && spec.dropout > 0) topology.push(dropout(`dropout_${index + 1}`, spec.dropout));
  }
  topology.push({
    class_name: 'Activation',
    config: { name: 'probabilities', trainable: true, dtype: 'float32', activation: 'softmax' },
  });
  return {
    class_name: 'Sequential',
    config: { name: 'head', layers: topology },
    keras_version: '2.15.0',
    backend: 'tensorflow',
  };
}

function dense(name: string, units: number, activation: 'relu' | 'linear', l2: number): KerasLayer {
  return {
    class_name: 'Dense',
    config: {
      name,
      trainable: true,
      dtype: 'float32',
      units,
      activation,
      use_bias: true,
      kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } },
      bias_initializer: { class_name: 'Zeros', config: {} },
      // tfjs knows `L1L2` only; Keras reads both.
      kernel_regularizer: l2 === 0 ? null : { class_name: 'L1L2', config: { l1: 0, l2 } },
      bias_regularizer: null,
      activity_regularizer: null,
      kernel_constraint: null,
      bias_constraint: null,
    },
  };
}

function dropout(name: string, rate: number): KerasLayer {
  return {
    class_name: 'Dropout',
    config: { name, trainable: true, dtype: 'float32', rate, noise_shape: null, seed: null },
  };
}

/** The weights in the order of the layers: one list of entries, one block of little-endian float32. */
export function headWeights(head: TrainedHead): { entries: WeightEntry[]; data: Uint8Array } {
  const entries: WeightEntry[] = [];
  const total = head.layers.reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0);
  const values = new Float32Array(total);
  let offset = 0;
  for (const [index, { inputs, units, kernel, bias }] of head.layers.entries()) {
    const name = layerName(index, head.layers.length - 1);
    entries.push({ name: `${name}/kernel`, shape: [inputs, units], dtype: 'float32' });
    entries.push({ name: `${name}/bias`, shape: [units], dtype: 'float32' });
    values.set(kernel, offset);
    values.set(bias, offset + kernel.length);
    offset += kernel.length + bias.length;
  }
  return { entries, data: new Uint8Array(values.buffer) };
}
