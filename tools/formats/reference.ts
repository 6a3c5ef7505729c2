/** Real networks, real pictures and what our own engine makes of them, for the tests of exported files. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { freeze } from '../../src/engine/bases/freeze.ts';
import { frozenBase } from '../../src/engine/bases/frozen-base.ts';
import { readWeights } from '../../src/engine/bases/readers.ts';
import { sourcesOf } from '../../src/engine/bases/sources.ts';
import type { ConvWeights, FrozenWeights } from '../../src/engine/bases/tensors.ts';
import { toSquare } from '../../src/engine/data/resize.ts';
import type { ExportModel } from '../../src/engine/export/model.ts';
import { headLogits, initialHead, softmax } from '../../src/engine/heads/head.ts';
import { nets, type BaseId } from '../../src/engine/nets/index.ts';
import { convShapes } from '../../src/engine/nets/shapes.ts';
import { withStandIn } from '../../src/engine/nets/vgg16.test-helper.ts';
import { Random } from '../../src/engine/random.ts';
import { defaultRunRequest, type HeadSpec, type RunResult } from '../../src/engine/run.ts';
import { mirroredFile } from '../mirror.mjs';
import { fixturesFolder, hasFixtures } from '../vite/fixtures.ts';

export interface Reference {
  readonly model: ExportModel;
  /** Pictures. */
  readonly n: number;
  /** [n, size, size, 3], RGB */
  readonly squares: Uint8Array;
  /** [n, features] */
  readonly features: Float32Array;
  /** [n, classes] */
  readonly logits: Float32Array;
  /** [n, classes] */
  readonly probabilities: Float32Array;
}

/** Labels that would do harm in a path, a script, a page, or as the key of an object. */
export const hostileLabels = ['__proto__', '../../x', '🦊 fox', 'two\nlines "\\', '<img onerror=alert(1)>'];

const pictures = 3;

const made = new Map<string, Promise<Reference>>();

/** A base with its real weights (VGG16's upper blocks: a stand-in) under an untrained head. Node only; made once. */
export function reference(base: BaseId, head: HeadSpec, cut?: string): Promise<Reference> {
  const key = JSON.stringify([base, head, cut]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const one = makeReference(base, head, cut);
  made.set(key, one);
  return one;
}

async function makeReference(base: BaseId, head: HeadSpec, cut?: string): Promise<Reference> {
  const net = nets[base];
  const stage = cut ?? net.stages.at(-1)!.name;
  const weights = await weightsOf(base);
  const squares = await samplePictures(net.inputSize);
  const features = await featuresOf(base, weights, squares, pictures, stage);
  const largest = features.reduce((most, value) => Math.max(most, value), 0);
  const model = exportModel(base, head, weights, stage, features.length / pictures, 8 / largest);
  return { model, squares, features, ...headOutputs(model, features) };
}

/** A base's weights; of VGG16 the real ones of blocks 1 to 3 and a stand-in above. */
export function weightsOf(base: BaseId): Promise<FrozenWeights> {
  return base === 'vgg16' ? vgg16Weights() : publishedWeights(base);
}

/** What our own engine makes of `n` squares: [n, features]. */
export async function featuresOf(
  base: BaseId,
  weights: FrozenWeights,
  squares: Uint8Array,
  n: number,
  cut?: string,
): Promise<Float32Array> {
  await useWasm();
  const [source] = sourcesOf(nets[base], null);
  const frozen = await frozenBase(nets[base], source!, 'a'.repeat(64), weights);
  try {
    return await frozen.features(squares, n, cut === undefined ? {} : { cut });
  } finally {
    frozen.dispose();
  }
}

/** A head alone, on made-up features. */
export function headReference(spec: HeadSpec, inputs: number): Reference {
  const model = exportModel('resnet50', spec, new Map(), 'avg_pool', inputs);
  const random = new Random(1, 'features');
  const features = Float32Array.from({ length: pictures * inputs }, () => Math.max(0, random.normal()));
  return { model, squares: new Uint8Array(), features, ...headOutputs(model, features) };
}

function headOutputs({ head }: ExportModel, features: Float32Array) {
  const logits = headLogits(head, features, pictures);
  return { n: pictures, logits, probabilities: softmax(logits, head.classes) };
}

export function exportModel(
  base: BaseId,
  spec: HeadSpec,
  weights: FrozenWeights,
  cut: string,
  inputs: number,
  gain = 1,
): ExportModel {
  const net = nets[base];
  const input = { size: net.inputSize, resize: 'stretch' } as const;
  const head = initialHead(spec, inputs, hostileLabels.length, 7);
  // Features of a base can be large: without this, probabilities would all be 0 or 1 and agree too easily.
  for (const [i, value] of head.layers[0]!.kernel.entries()) head.layers[0]!.kernel[i] = value * gain;
  return { run: runOf(base, spec), head, appVersion: '0.1.0', net, weights, cut, input };
}

function runOf(base: BaseId, head: HeadSpec): RunResult {
  return {
    runId: 'run-1',
    finishedAt: '2026-01-02T03:04:05.678Z',
    base,
    backend: 'wasm',
    weightsDigest: 'a'.repeat(64),
    weights: { source: 'example@1.0.0', precision: 'float32', licence: 'MIT', bytes: 94 },
    request: { ...defaultRunRequest, head },
    classes: hostileLabels,
    split: { train: [], validation: [] },
    history: [{ epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy: 0.5 }],
    bestEpoch: 1,
    timing: { downloadMs: 1, extractMs: 2, extractedImages: 3, imagesPerSecond: 4, trainMs: 5 },
  };
}

async function useWasm(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${dirname(main)}/`);
  await setBackend('wasm');
}

async function publishedWeights(base: BaseId): Promise<FrozenWeights> {
  const [source] = sourcesOf(nets[base], null);
  const files = new Map<string, Uint8Array>();
  for (const { name } of source!.files) {
    const path = await mirroredFile(source!.hosts[0]!.replace('https://', '') + name);
    files.set(name, new Uint8Array(await readFile(path!)));
  }
  return freeze(nets[base], await readWeights(nets[base], source!, files));
}

/** Blocks 1 to 3 are ImageNet's where the fixtures are at hand; the rest is He normal (He et al. 2015), seeded. */
async function vgg16Weights(): Promise<FrozenWeights> {
  return withStandIn(hasFixtures ? await realBlocks() : new Map(), 1);
}

async function realBlocks(): Promise<Map<string, ConvWeights>> {
  const folder = `${fixturesFolder}/vgg16-blocks-1-3`;
  const { weights } = JSON.parse(await readFile(`${folder}/manifest.json`, 'utf8')) as {
    weights: { name: string; shape: number[] }[];
  };
  const { buffer } = new Uint8Array(await readFile(`${folder}/weights.bin`));
  const tensors = new Map<string, ConvWeights['kernel']>();
  let offset = 0;
  for (const { name, shape } of weights) {
    const length = shape.reduce((product, side) => product * side, 1);
    tensors.set(name, { shape, data: new Float32Array(buffer, offset, length) });
    offset += 4 * length;
  }
  const blocks = new Map<string, ConvWeights>();
  for (const { name } of convShapes(nets.vgg16)) {
    const [kernel, bias] = [tensors.get(`${name}/kernel`), tensors.get(`${name}/bias`)];
    if (kernel !== undefined && bias !== undefined) blocks.set(name, { kernel, bias });
  }
  return blocks;
}

/** CIFAR-10 images out of the page's own sample, enlarged: [n, size, size, 3]. */
async function samplePictures(size: number): Promise<Uint8Array> {
  const zip = fileURLToPath(new URL('../../public/sample/cifar10.zip', import.meta.url));
  const files = Object.entries(unzipSync(new Uint8Array(await readFile(zip)))).filter(([name]) =>
    name.endsWith('.png'),
  );
  const squares = new Uint8Array(pictures * size * size * 3);
  for (let i = 0; i < pictures; i++) {
    const [, png] = files[Math.floor((i * files.length) / pictures)]!;
    const { data, width, height, channels } = decode(png);
    const rgba = new Uint8Array(width * height * 4).fill(255);
    for (let at = 0; at < width * height; at++)
      for (let c = 0; c < 3; c++) rgba[4 * at + c] = data[channels * at + c]!;
    squares.set(toSquare(rgba, width, height, { size, resize: 'stretch' }), i * size * size * 3);
  }
  return squares;
}
