/** Keras files as the page writes them: HDF5 in a worker. That Keras opens them is shown in Python (`tools/formats`). */
import { unzipSync, strFromU8 } from 'fflate';
import { expect, test } from 'vitest';
import { readKerasH5 } from '../bases/formats/keras-h5';
import { fromFloat16 } from '../bases/formats/halves';
import type { ConvWeights } from '../bases/tensors';
import { initialHead } from '../heads/head';
import { nets } from '../nets';
import { convShapes } from '../nets/shapes';
import { Random } from '../random';
import type { RunResult } from '../run';
import { toFloat16 } from './float16';
import { h5Chunks } from './hdf5/h5-chunks';
import type { H5Step } from './hdf5/step';
import { kerasChunks } from './keras';
import { kerasH5Steps } from './keras-h5';
import { headModelLayers, modelLayers } from './layers';
import type { LayersModel } from './layer';

const head = initialHead({ kind: 'dense', hidden: [8, 4], dropout: 0.5, l2: 0.01 }, 20, 3, 1);

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: BlobPart[] = [];
  for await (const chunk of chunks) parts.push(chunk as BlobPart);
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** ResNet50 but for its last block, with weights that compress as little as trained ones. */
function largeModel(): LayersModel {
  const net = nets.resnet50;
  const random = new Random(1, 'weights');
  const block = Float32Array.from({ length: 2 ** 16 }, () => random.normal() / 50);
  const filled = (length: number) => {
    const data = new Float32Array(length);
    for (let i = 0; i < length; i += block.length) data.set(block.subarray(0, length - i), i);
    return data;
  };
  const weights = new Map(
    convShapes(net).map(({ name, kernel: shape }): [string, ConvWeights] => [
      name,
      {
        kernel: { shape, data: filled(shape.reduce((product, side) => product * side, 1)) },
        bias: { shape: [shape[3]], data: filled(shape[3]) },
      },
    ]),
  );
  const model = {
    ...{ net, weights, cut: 'conv4_block6_out', appVersion: '0.1.0', run: {} as RunResult },
    input: { size: 224, resize: 'stretch' } as const,
    head: initialHead({ kind: 'dense', hidden: [16], dropout: 0, l2: 0 }, 1024, 3, 1),
  };
  return modelLayers(model, { preprocessing: 'inside' });
}

test('a legacy file holds every weight where Keras looks for it', async () => {
  const bytes = await joined(h5Chunks(kerasH5Steps(headModelLayers(head), 'float32')));
  const tensors = await readKerasH5(bytes);
  expect([...tensors.keys()]).toEqual([
    ...[
      'hidden_1/kernel',
      'hidden_1/bias',
      'hidden_2/kernel',
      'hidden_2/bias',
      'logits/kernel',
      'logits/bias',
    ],
  ]);
  expect(tensors.get('hidden_2/kernel')).toEqual({ shape: [8, 4], data: head.layers[1]!.kernel });
});

test('a .keras file is a zip of the three files that Keras asks for', async () => {
  const created = '2026-01-02T03:04:05.678Z';
  const files = unzipSync(await joined(kerasChunks(headModelLayers(head), 'float32', created)));
  expect(Object.keys(files)).toEqual(['metadata.json', 'config.json', 'model.weights.h5']);
  const metadata: unknown = JSON.parse(strFromU8(files['metadata.json']!));
  expect(metadata).toEqual({ keras_version: '3.0.0', date_saved: '2026-01-02@03:04:05' });
  // HDF5's signature.
  expect([...files['model.weights.h5']!.subarray(0, 4)]).toEqual([0x89, 0x48, 0x44, 0x46]);
});

test('34 MB of ResNet50 are written, float32 and rounded to float16', async () => {
  const model = largeModel();
  const kernel = model.layers.find(({ name }) => name === 'conv4_block6_2_conv')!.weights[0]!.data;
  for (const precision of ['float32', 'float16'] as const) {
    const start = performance.now();
    const bytes = await joined(h5Chunks(kerasH5Steps(model, precision)));
    const seconds = (performance.now() - start) / 1000;
    console.info(`${precision}: ${(bytes.length / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`);
    const read = (await readKerasH5(bytes)).get('conv4_block6_2_conv/kernel')!;
    expect(read.shape).toEqual([3, 3, 256, 256]);
    const expected = precision === 'float32' ? kernel : fromFloat16(toFloat16(kernel));
    expect(read.data.every((value, i) => value === expected[i])).toBe(true);
    if (precision === 'float16') expect(bytes.length).toBeLessThan(24e6);
  }
});

test('who stops reading ends the worker, and the next file is written', async () => {
  for await (const chunk of h5Chunks(kerasH5Steps(headModelLayers(head), 'float32'))) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  const again = await joined(h5Chunks(kerasH5Steps(headModelLayers(head), 'float32')));
  expect((await readKerasH5(again)).size).toBe(6);
});

test('what HDF5 refuses is an error, not a file', async () => {
  const steps: H5Step[] = [{ kind: 'group', path: '/missing/below' }];
  await expect(joined(h5Chunks(steps))).rejects.toMatchObject({ code: 'internal' });
});
