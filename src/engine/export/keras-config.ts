import type { LayersModel, ModelLayer } from './layer';
import { layerShapes, type LayerShape } from './layer-shapes';

/** An object as Keras 3 writes it into JSON. */
interface KerasObject {
  readonly module: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly registered_name: string | null;
}

/** `config.json` of a `.keras` file: the functional model as Keras 3 serialises it. */
export function kerasConfig(model: LayersModel): object {
  const shapes = layerShapes(model);
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name: model.name,
      trainable: true,
      layers: model.layers.map((layer) => ({
        ...object('keras.layers', layer.className, layerConfig(layer)),
        name: layer.name,
        inbound_nodes: layer.inbound.length === 0 ? [] : [call(layer, shapes)],
      })),
      input_layers: [[model.input, 0, 0]],
      output_layers: [[model.output, 0, 0]],
    },
    registered_name: 'Functional',
    build_config: { input_shape: null },
  };
}

/** The tensors that a layer is called on: one, or a list. */
function call({ className, inbound }: ModelLayer, shapes: ReadonlyMap<string, LayerShape>): object {
  const tensors = inbound.map((name) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, ...shapes.get(name)!], dtype: 'float32', keras_history: [name, 0, 0] },
  }));
  return { args: className === 'Add' || className === 'Concatenate' ? [tensors] : tensors, kwargs: {} };
}

function layerConfig({ config }: ModelLayer): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config))
    if (key === 'batch_input_shape') written.batch_shape = value;
    else if (key.endsWith('_initializer')) written[key] = nested('keras.initializers', value);
    else if (key.endsWith('_regularizer')) written[key] = nested('keras.regularizers', value);
    else written[key] = value;
  return written;
}

function nested(module: string, value: unknown): unknown {
  if (value === null) return null;
  const { class_name, config } = value as Pick<KerasObject, 'class_name' | 'config'>;
  return object(module, class_name, config);
}

function object(module: string, className: string, config: KerasObject['config']): KerasObject {
  return { module, class_name: className, config, registered_name: null };
}
