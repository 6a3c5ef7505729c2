import type { LayersModel } from './layer';

/** A functional model as Keras 2 writes it into JSON. */
export function functionalConfig(model: LayersModel): object {
  return {
    class_name: 'Functional',
    config: {
      name: model.name,
      trainable: true,
      layers: model.layers.map(({ className, name, config, inbound }) => ({
        class_name: className,
        name,
        config,
        inbound_nodes: inbound.length === 0 ? [] : [inbound.map((input) => [input, 0, 0, {}])],
      })),
      input_layers: [[model.input, 0, 0]],
      output_layers: [[model.output, 0, 0]],
    },
  };
}
