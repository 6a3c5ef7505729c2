import { strToU8, Zip, ZipPassThrough } from 'fflate';
import { h5Chunks } from './hdf5/h5-chunks';
import type { H5Step } from './hdf5/step';
import { kerasConfig } from './keras-config';
import { kerasH5Steps } from './keras-h5';
import { kerasOrder } from './keras-order';
import { isHalf, storedValues } from './keras-weights';
import type { LayersModel } from './layer';
import type { ExportOptions, FormatParts, PackageFile } from './model';
import kerasPy from './scripts/keras-model.py?raw';

type Precision = ExportOptions['weights'];
export type KerasFormat = 'keras' | 'keras-h5';

/** The first Keras that reads `.keras` files as they are written here. */
const kerasVersion = '3.0.0';
/** Zip dates are local time without a zone: a constant is the only one that is the same everywhere. */
const mtime = new Date(1980, 0, 1);

/** `model.keras` for Keras 3, or `model.h5` in the layout of Keras 2, which Keras 3 opens as well. */
export function kerasParts(
  layers: LayersModel,
  format: KerasFormat,
  precision: Precision,
  created: string,
): FormatParts {
  const file: PackageFile =
    format === 'keras'
      ? { name: 'model.keras', chunks: kerasChunks(layers, precision, created), deflate: false }
      : { name: 'model.h5', chunks: h5Chunks(kerasH5Steps(layers, precision)), deflate: false };
  return {
    files: [file],
    python: kerasPy,
    javascript: null,
    requirements: { pip: ['tensorflow'], npm: [] },
  };
}

/** A `.keras` file in pieces: a zip of two JSON files and the weights. `created`: ISO 8601. */
export async function* kerasChunks(
  model: LayersModel,
  precision: Precision,
  created: string,
): AsyncGenerator<Uint8Array> {
  const date = created.slice(0, 19).replace('T', '@');
  const json = (value: object) => [strToU8(JSON.stringify(value))];
  yield* stored([
    ['metadata.json', json({ keras_version: kerasVersion, date_saved: date })],
    ['config.json', json(kerasConfig(model))],
    ['model.weights.h5', h5Chunks(weightSteps(model, precision))],
  ]);
}

/** The weights as Keras 3 stores them: by class and number of the layer, not by its name. */
function* weightSteps(model: LayersModel, precision: Precision): Generator<H5Step> {
  // Keras before 3.4 asks for the variables of the model itself, and of layers that have none, too.
  yield { kind: 'group', path: '/vars' };
  yield { kind: 'group', path: '/layers' };
  const made = new Map<string, number>();
  for (const { className, name, weights } of kerasOrder(model)) {
    const nth = made.get(className) ?? 0;
    made.set(className, nth + 1);
    const path = `/layers/${snakeCase(className)}${nth === 0 ? '' : `_${nth}`}`;
    yield { kind: 'group', path };
    yield { kind: 'group', path: `${path}/vars`, attributes: { name } };
    for (const [i, weight] of weights.entries())
      yield {
        kind: 'dataset',
        path: `${path}/vars/${i}`,
        shape: weight.shape,
        data: storedValues(weight, precision),
        deflate: isHalf(weight, precision),
      };
  }
}

/** Keras' `to_snake_case`: MaxPooling2D → max_pooling2d. */
function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A zip whose files are not deflated, as Keras writes them. */
async function* stored(
  files: readonly (readonly [name: string, chunks: Chunks])[],
): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    pending.push(bytes);
  });
  for (const [name, chunks] of files) {
    const entry = new ZipPassThrough(name);
    entry.mtime = mtime;
    zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(chunk);
      yield* pending;
      pending = [];
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* pending;
}
