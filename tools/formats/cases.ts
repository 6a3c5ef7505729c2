/** The models that real Keras and ONNX' checker are given, and how they are laid out for `predict.py`. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { kerasParts } from '../../src/engine/export/keras.ts';
import { headModelLayers, modelLayers } from '../../src/engine/export/layers.ts';
import type { ExportModel, ExportOptions, FormatParts } from '../../src/engine/export/model.ts';
import { onnxParts } from '../../src/engine/export/onnx.ts';
import { preprocess } from '../../src/engine/nets/preprocess.ts';
import type { BaseId } from '../../src/engine/nets/index.ts';
import type { HeadSpec } from '../../src/engine/run.ts';
import { headReference, reference, type Reference } from './reference.ts';

export const linear: HeadSpec = { kind: 'dense', hidden: [], dropout: 0, l2: 0 };
export const hidden: HeadSpec = { kind: 'dense', hidden: [16], dropout: 0.5, l2: 0.001 };
export const twoHidden: HeadSpec = { kind: 'dense', hidden: [16, 8], dropout: 0.2, l2: 0 };
export type Format = 'keras' | 'keras-h5' | 'onnx';

export interface Case {
  readonly format: Format;
  readonly base: BaseId | null;
  readonly head: HeadSpec;
  readonly cut?: string;
  readonly options: ExportOptions;
}

const inside: ExportOptions = { weights: 'float32', preprocessing: 'inside' };
const outside: ExportOptions = { weights: 'float32', preprocessing: 'outside' };
const half: ExportOptions = { weights: 'float16', preprocessing: 'inside' };
const heads = [linear, hidden, twoHidden];
export const cases: Record<string, Case> = {
  'ResNet50 as .keras': { format: 'keras', base: 'resnet50', head: hidden, options: inside },
  'ResNet50 as .h5': { format: 'keras-h5', base: 'resnet50', head: hidden, options: inside },
  'ResNet50 as ONNX': { format: 'onnx', base: 'resnet50', head: hidden, options: inside },
  'InceptionV3 as .keras': { format: 'keras', base: 'inception-v3', head: linear, options: inside },
  'InceptionV3 as .h5, float16': { format: 'keras-h5', base: 'inception-v3', head: linear, options: half },
  'InceptionV3 as ONNX': { format: 'onnx', base: 'inception-v3', head: linear, options: outside },
  'VGG16 as .keras': { format: 'keras', base: 'vgg16', head: twoHidden, options: outside },
  'VGG16 as .h5': { format: 'keras-h5', base: 'vgg16', head: twoHidden, options: outside },
  'VGG16 as ONNX, float16': { format: 'onnx', base: 'vgg16', head: twoHidden, options: half },
  'VGG16 cut at block3_pool as .keras, float16': {
    ...{ format: 'keras', base: 'vgg16', head: linear, cut: 'block3_pool', options: half },
  },
};
for (const format of ['keras', 'keras-h5', 'onnx'] as const)
  for (const head of heads)
    cases[`Head of ${head.hidden.length} hidden layers as ${format}`] = {
      ...{ format, base: null, head, options: outside },
    };

/** Writes a model and its inputs; returns what our own engine says. */
export async function writeCase(
  path: string,
  { format, base, head, cut, options }: Case,
): Promise<Reference> {
  const expected = base === null ? headReference(head, 40) : await reference(base, head, cut);
  const { model } = expected;
  const layers = base === null ? headModelLayers(model.head) : modelLayers(model, options);
  await mkdir(path);
  for (const file of parts(format, layers, model, options).files)
    await pipeline(Readable.from(file.chunks), createWriteStream(join(path, file.name)));
  await writeFile(join(path, 'model.py'), parts(format, layers, model, options).python!);
  await writeFile(join(path, 'metadata.json'), JSON.stringify({ model: { features: layers.features } }));
  const [inputs, shape] = inputsOf(expected, base === null ? null : options);
  await writeFile(join(path, 'inputs.json'), JSON.stringify(shape));
  await writeFile(
    join(path, 'inputs.f32'),
    new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength),
  );
  return expected;
}

function parts(
  format: Format,
  layers: ReturnType<typeof modelLayers>,
  model: ExportModel,
  options: ExportOptions,
): FormatParts {
  if (format === 'onnx') return onnxParts(layers, model, options);
  return kerasParts(layers, format, options.weights, model.run.finishedAt);
}

function inputsOf(
  { model, squares, features, n }: Reference,
  options: ExportOptions | null,
): [inputs: Float32Array, shape: number[]] {
  if (options === null) return [features, [n, features.length / n]];
  const { size } = model.input;
  const shape = [n, size, size, 3];
  if (options.preprocessing === 'outside') return [preprocess(model.net.preprocessing, squares), shape];
  return [Float32Array.from(squares), shape];
}
