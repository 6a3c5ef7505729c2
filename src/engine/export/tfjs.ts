import { version_core } from '@tensorflow/tfjs-core';
import { strToU8 } from 'fflate';
import { toFloat16 } from './float16';
import type { LayersModel, LayerWeight } from './layer';
import type { ExportOptions, PackageFile } from './model';

type Precision = ExportOptions['weights'];

/** An entry of tfjs' weights manifest. */
interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  readonly quantization?: { readonly dtype: 'float16'; readonly original_dtype: 'float32' };
}

/** Numbers turned into float16 at a time. */
const halvesAtOnce = 2 ** 20;

/**
 * A tfjs layers model as stock `tf.loadLayersModel` opens it. All weights are in one file: of more than six shards,
 * over HTTP/1.1 without a cache, tfjs waits for the headers of all before it reads the first.
 */
export function tfjsFiles(model: LayersModel, precision: Precision, appVersion: string): PackageFile[] {
  return [
    {
      name: 'model.json',
      chunks: [strToU8(JSON.stringify(tfjsModel(model, precision, appVersion), null, 1))],
      deflate: true,
    },
    { name: 'weights.bin', chunks: weightBytes(model, precision), deflate: false },
  ];
}

/** What stands in `model.json`. */
export function tfjsModel(model: LayersModel, precision: Precision, appVersion: string): object {
  return {
    format: 'layers-model',
    generatedBy: `Headway ${appVersion}, TensorFlow.js ${version_core}`,
    convertedBy: null,
    modelTopology: {
      class_name: 'Functional',
      config: {
        name: model.name,
        layers: model.layers.map(({ className, name, config, inbound }) => ({
          class_name: className,
          name,
          config,
          inbound_nodes: inbound.length === 0 ? [] : [inbound.map((input) => [input, 0, 0, {}])],
        })),
        input_layers: [[model.input, 0, 0]],
        output_layers: [[model.output, 0, 0]],
      },
      keras_version: '2.15.0',
      backend: 'tensorflow',
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: weightEntries(model, precision) }],
  };
}

function weightEntries({ layers }: LayersModel, precision: Precision): WeightEntry[] {
  return layers.flatMap((layer) =>
    layer.weights.map((weight) => ({
      name: `${layer.name}/${weight.name}`,
      shape: weight.shape,
      dtype: 'float32' as const,
      ...(isHalf(weight, precision)
        ? { quantization: { dtype: 'float16' as const, original_dtype: 'float32' as const } }
        : {}),
    })),
  );
}

function isHalf({ exact }: LayerWeight, precision: Precision): boolean {
  return precision === 'float16' && !exact;
}

/** The weights in the manifest's order, little-endian; float32 as views of the model's own memory. */
export function* weightBytes({ layers }: LayersModel, precision: Precision): Generator<Uint8Array> {
  for (const weight of layers.flatMap(({ weights }) => weights)) {
    const { data } = weight;
    if (!isHalf(weight, precision)) yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    else
      for (let i = 0; i < data.length; i += halvesAtOnce)
        yield new Uint8Array(toFloat16(data.subarray(i, i + halvesAtOnce)).buffer);
  }
}

/** Length of `weights.bin`. */
export function weightByteLength({ layers }: LayersModel, precision: Precision): number {
  return layers
    .flatMap(({ weights }) => weights)
    .reduce((sum, weight) => sum + weight.data.length * (isHalf(weight, precision) ? 2 : 4), 0);
}
