import { corrupt, incompatible } from './formats/checks';
import { readTfjsLayers } from './formats/tfjs-layers';
import type { WeightFormat, WeightSource } from './sources';
import type { NamedTensors } from './tensors';

type Reader = (source: WeightSource, files: ReadonlyMap<string, Uint8Array>) => NamedTensors;

/** One reader a format. */
const readers: Partial<Record<WeightFormat, Reader>> = {
  'tfjs-layers': ({ leadingFilesOnly = false }, files) => {
    const json = files.get('model.json');
    if (json === undefined) throw corrupt('tfjs layers', 'model.json is missing');
    return readTfjsLayers(json, files, { leadingFilesOnly });
  },
};

/** The tensors of a downloaded source. Throws `weights-corrupt`. */
export function readWeights(source: WeightSource, files: ReadonlyMap<string, Uint8Array>): NamedTensors {
  const read = readers[source.format];
  if (read === undefined) throw incompatible(`There is no reader for ${source.format} files yet.`);
  return read(source, files);
}
