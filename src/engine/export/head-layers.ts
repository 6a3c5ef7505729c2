import { layerName, type TrainedHead } from '../heads/head';
import { initializers, layer, type ModelLayer } from './layer';

/**
 * (dense with relu → dropout)* → `logits` → `probabilities`. The softmax is a layer of its own, so that the logits
 * stay reachable: `model.getLayer('logits').output`.
 */
export function headLayers({ spec, layers }: TrainedHead, input: string): ModelLayer[] {
  const made: ModelLayer[] = [];
  const inbound = () => [made.at(-1)?.name ?? input];
  for (const [index, { inputs, units, kernel, bias }] of layers.entries()) {
    const hidden = index < layers.length - 1;
    made.push(
      layer({
        className: 'Dense',
        name: layerName(index, layers.length - 1),
        inbound: inbound(),
        trainable: true,
        weights: [
          { name: 'kernel', shape: [inputs, units], data: kernel, exact: true },
          { name: 'bias', shape: [units], data: bias, exact: true },
        ],
        config: {
          units,
          activation: hidden ? 'relu' : 'linear',
          use_bias: true,
          ...initializers,
          // tfjs knows `L1L2` only; Keras reads both. What the exact head's penalty bears on are other numbers.
          kernel_regularizer:
            spec.l2 === 0 || spec.kind === 'exact'
              ? null
              : { class_name: 'L1L2', config: { l1: 0, l2: spec.l2 } },
        },
      }),
    );
    if (hidden && spec.dropout > 0)
      made.push(
        layer({
          className: 'Dropout',
          name: `dropout_${index + 1}`,
          inbound: inbound(),
          trainable: true,
          config: { rate: spec.dropout, noise_shape: null, seed: null },
        }),
      );
  }
  made.push(
    layer({
      className: 'Activation',
      name: 'probabilities',
      inbound: inbound(),
      trainable: true,
      config: { activation: 'softmax' },
    }),
  );
  return made;
}
