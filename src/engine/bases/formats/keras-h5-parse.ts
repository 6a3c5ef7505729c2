import type { Attribute, Dataset, Group } from 'h5wasm';
import type { NamedTensor, NamedTensors } from '../tensors';
import {
  corrupt,
  elementCount,
  guarded,
  incompatible,
  MAX_ELEMENTS,
  MAX_TENSORS,
  requireFinite,
} from './checks';

export const format = 'Keras HDF5';
/** Keras keeps attributes under 64 kB: one `layer_names`, or `layer_names0`, `layer_names1` … */
const MAX_ATTRIBUTE_PARTS = 100;
const MAX_NAME_BYTES = 1024;

/** What Keras 1 called the weights of a layer; its running_std did hold the variance. */
const oldRoles: Readonly<Record<string, string>> = {
  W: 'kernel',
  b: 'bias',
  running_mean: 'moving_mean',
  running_std: 'moving_variance',
};

type H5 = typeof import('h5wasm');

/**
 * Parses a weight file of Keras 1 or 2 (`save_weights`, or `save` with the model in it) into `layer/kernel`,
 * `layer/bias`, `layer/gamma`, `layer/beta`, `layer/moving_mean`, `layer/moving_variance`, in the file's order.
 *
 * HDF5 in C is not safe against malformed files: it may loop, or trap and leave its module unusable. So this runs in
 * a thread that can be ended (`readKerasH5`), and anywhere else only on files that are known.
 *
 * @throws HeadwayError `weights-corrupt`, or `weights-incompatible`: HDF5 of another kind
 */
export async function parseKerasH5(bytes: Uint8Array): Promise<NamedTensors> {
  const h5 = await import('h5wasm');
  const module = await h5.ready;
  // Otherwise HDF5 writes what is wrong to the console and goes on.
  module.activate_throwing_error_handler();
  const path = 'weights.h5';
  module.FS.writeFile(path, bytes);
  try {
    return guarded(format, () => {
      const file = new h5.File(path, 'r');
      try {
        return readModel(h5, file);
      } finally {
        file.close();
      }
    });
  } finally {
    module.FS.unlink(path);
  }
}

function readModel(h5: H5, file: Group): NamedTensors {
  const root = file.keys().includes('model_weights') ? file.get('model_weights') : file;
  if (!(root instanceof h5.Group) || !/^layer_names0?$/m.test(Object.keys(root.attrs).join('\n')))
    throw incompatible('This HDF5 file does not hold weights as Keras 1 and 2 wrote them.', {
      code: 'no-keras-weights',
    });
  const tensors: NamedTensors = new Map<string, NamedTensor>();
  let left = MAX_ELEMENTS;
  for (const layer of names(root, 'layer_names')) {
    const group = root.get(layer);
    if (!(group instanceof h5.Group)) throw corrupt(format, `it lacks the layer ${layer} that it lists`);
    for (const weight of names(group, 'weight_names')) {
      const name = `${layer}/${roleOf(weight)}`;
      const dataset = group.get(weight);
      if (!(dataset instanceof h5.Dataset)) throw corrupt(format, `it lacks ${name} that it lists`);
      if (tensors.has(name)) throw corrupt(format, `it lists ${name} twice`);
      const tensor = readDataset(name, dataset, left);
      left -= tensor.data.length;
      tensors.set(name, tensor);
      if (tensors.size > MAX_TENSORS) throw corrupt(format, `it lists more than ${MAX_TENSORS} tensors`);
    }
  }
  return tensors;
}

/** `conv2d_1/kernel:0` → kernel; `block1_conv1_W_1:0` → kernel */
function roleOf(weight: string): string {
  const last = weight.split('/').at(-1)!.replace(/:\d+$/, '');
  const old = /_(W|b|gamma|beta|running_mean|running_std)(?:_\d+)?$/.exec(last)?.[1];
  return old === undefined ? last : (oldRoles[old] ?? old);
}

/** A list of names that Keras keeps in one attribute, or in several with numbers. */
function names(group: Group, attribute: string): string[] {
  const { attrs } = group;
  if (attribute in attrs) return strings(attrs[attribute]!);
  const all: string[] = [];
  for (let i = 0; i < MAX_ATTRIBUTE_PARTS && `${attribute}${i}` in attrs; i++)
    all.push(...strings(attrs[`${attribute}${i}`]!));
  return all;
}

function strings(attribute: Attribute): string[] {
  const { size, total_size: count } = attribute.metadata;
  if (count > MAX_TENSORS || size > MAX_NAME_BYTES)
    throw corrupt(format, `its attribute ${attribute.name} has ${count} entries of ${size} bytes`);
  // An empty list is stored as floats.
  if (count === 0) return [];
  const { value } = attribute;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((name) => {
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_BYTES)
      throw corrupt(format, `its attribute ${attribute.name} does not list names`);
    return name;
  });
}

/** `most`: elements that may still be read, against files that unpack to more than memory holds. */
function readDataset(name: string, dataset: Dataset, most: number): NamedTensor {
  const { shape, total_size: total } = dataset.metadata;
  if (shape === null) throw corrupt(format, `${name} is empty`);
  const count = elementCount(format, name, shape);
  if (count !== total || count > most) throw corrupt(format, `${name} claims ${total} elements`);
  const { value } = dataset;
  const data = value instanceof Float64Array ? Float32Array.from(value) : value;
  if (!(data instanceof Float32Array)) throw corrupt(format, `${name} does not hold floating-point numbers`);
  if (data.length !== count) throw corrupt(format, `${name} does not fill its shape`);
  return { shape: [...shape], data: requireFinite(format, name, data) };
}
