import type { Net } from '../nets/graph';
import { corrupt } from './formats/checks';
import { readTfjsLayers } from './formats/tfjs-layers';
import type { WeightFormat, WeightSource } from './sources';
import type { NamedTensors } from './tensors';

type Files = ReadonlyMap<string, Uint8Array>;
type Reader = (net: Net, source: WeightSource, files: Files) => NamedTensors | Promise<NamedTensors>;

/** One reader a format; the larger ones are loaded when they are first needed. */
const readers: Readonly<Record<WeightFormat, Reader>> = {
  'tfjs-layers': (_net, { leadingFilesOnly = false }, files) =>
    readTfjsLayers(named(files, 'model.json'), files, { leadingFilesOnly }),
  tflite: async (net, _source, files) => (await import('./formats/tflite')).readTflite(net, only(files)),
  'keras-h5': async (_net, _source, files) => (await import('./formats/keras-h5')).readKerasH5(only(files)),
  safetensors: async (_net, _source, files) =>
    (await import('./formats/safetensors')).readSafetensors(only(files)),
};

/** The tensors of a downloaded source. Rejects with `weights-corrupt` or `weights-incompatible`. */
export async function readWeights(net: Net, source: WeightSource, files: Files): Promise<NamedTensors> {
  return readers[source.format](net, source, files);
}

function named(files: Files, name: string): Uint8Array {
  const file = files.get(name);
  if (file === undefined) throw corrupt('tfjs layers', `${name} is missing`);
  return file;
}

function only(files: Files): Uint8Array {
  const [file] = files.values();
  if (file === undefined) throw corrupt('weight', 'it is missing');
  return file;
}
