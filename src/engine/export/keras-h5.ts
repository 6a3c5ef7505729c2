import { functionalConfig } from './functional-config';
import type { H5Step } from './hdf5/step';
import { kerasOrder } from './keras-order';
import { isHalf, storedValues } from './keras-weights';

import type { LayersModel } from './layer';
import type { ExportOptions } from './model';

/** As Keras 2 wrote it last; Keras 3 reads it, too. */
const version = { keras_version: '2.15.0', backend: 'tensorflow' };

/** A model as one HDF5 file in the layout of Keras 2: the topology as an attribute, the weights by layer. */
export function* kerasH5Steps(model: LayersModel, precision: ExportOptions['weights']): Generator<H5Step> {
  const layers = kerasOrder(model);
  const modelConfig = JSON.stringify(functionalConfig(model));
  yield { kind: 'group', path: '/', attributes: { model_config: modelConfig, ...version } };
  const root = '/model_weights';
  yield {
    kind: 'group',
    path: root,
    attributes: { layer_names: layers.map(({ name }) => name), ...version },
  };
  for (const { name, weights } of layers) {
    const path = `${root}/${name}`;
    const names = weights.map((weight) => `${name}/${weight.name}:0`);
    yield { kind: 'group', path, attributes: { weight_names: names } };
    // Keras calls a variable by its layer's name once more.
    if (weights.length > 0) yield { kind: 'group', path: `${path}/${name}` };
    for (const [i, weight] of weights.entries())
      yield {
        kind: 'dataset',
        path: `${path}/${names[i]!}`,
        shape: weight.shape,
        data: storedValues(weight, precision),
        deflate: isHalf(weight, precision),
      };
  }
}
