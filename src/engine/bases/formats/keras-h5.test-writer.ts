import { File, ready, type Group } from 'h5wasm';

export interface H5Layer {
  readonly name: string;
  /** By name, as Keras spells it within the layer's group. */
  readonly weights: Readonly<
    Record<string, { shape: number[]; data: Float32Array | Float64Array | Int32Array }>
  >;
}

export interface H5Options {
  /** Left out of the file though it is listed. */
  readonly missing?: string;
  /** Where Keras puts the weights of a file that holds the model, too. */
  readonly group?: string;
  /** The list of layers in attributes of so many names each, as Keras splits long lists. */
  readonly split?: number;
  readonly attribute?: string;
}

/** A weight file in the layout of Keras 2, written by h5wasm. For tests. */
export async function writeKerasH5(layers: readonly H5Layer[], options: H5Options = {}): Promise<Uint8Array> {
  const { FS } = await ready;
  const { missing, group, split, attribute = 'layer_names' } = options;
  const path = 'written.h5';
  const file = new File(path, 'w');
  const root: Group = group === undefined ? file : file.create_group(group);
  const all = layers.map(({ name }) => name);
  if (split === undefined) root.create_attribute(attribute, all);
  else
    for (let i = 0; i * split < all.length; i++)
      root.create_attribute(`${attribute}${i}`, all.slice(i * split, (i + 1) * split));
  for (const { name, weights } of layers) {
    if (name === missing) continue;
    const layer = root.create_group(name);
    const list = Object.keys(weights);
    // Keras stores an empty list as floats.
    layer.create_attribute('weight_names', list.length > 0 ? list : new Float64Array());
    for (const [weight, { shape, data }] of Object.entries(weights)) {
      if (weight === missing) continue;
      const folder = weight.split('/').slice(0, -1).join('/');
      if (folder !== '' && !layer.keys().includes(folder)) layer.create_group(folder);
      layer.create_dataset({ name: weight, data, shape });
    }
  }
  file.close();
  const bytes = FS.readFile(path);
  FS.unlink(path);
  return bytes.slice();
}
