import 'fake-indexeddb/auto';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixturesFolder, hasFixtures } from '../../../tools/vite/fixtures';
import { Job } from '../job';
import { vgg16 } from '../nets/vgg16';
import { convShapes } from '../nets/shapes';
import { keysWithPrefix, openStorage } from '../storage';
import { loadBase } from './base';
import { vgg16FirstConvs } from './checksums';
import { checkConvs } from './conv-checksum';
import type { WeightSource } from './sources';
import type { ConvWeights } from './tensors';

if (!hasFixtures)
  console.info('The real weights of VGG16’s blocks 1 to 3 are not here: their checksum stays unchecked');

/** The real blocks 1 to 3 and zeros above them. */
function realVgg16(): Float32Array<ArrayBuffer> {
  const all = new Float32Array(vgg16.parameters);
  all.set(
    new Float32Array(new Uint8Array(readFileSync(`${fixturesFolder}/vgg16-blocks-1-3/weights.bin`)).buffer),
  );
  return all;
}

function frozen(all: Float32Array): Map<string, ConvWeights> {
  let at = 0;
  const take = (shape: readonly number[]) => {
    const begin = at;
    at += shape.reduce((product, side) => product * side, 1);
    return { shape, data: all.subarray(begin, at) };
  };
  return new Map(
    convShapes(vgg16).map(({ name, kernel }) => [name, { kernel: take(kernel), bias: take([kernel[3]]) }]),
  );
}

const source = { convChecksum: vgg16FirstConvs };

test.skipIf(!hasFixtures)('the real first blocks pass; one bit elsewhere fails', async () => {
  const all = realVgg16();
  await checkConvs(source, frozen(all));
  // The last bias of block 3: one position too late, or a bias left out, would not see it.
  all[1_735_487]! += 1e-6;
  await expect(checkConvs(source, frozen(all))).rejects.toMatchObject({
    code: 'weights-corrupt',
    message: expect.stringContaining('block1_conv1 to block3_conv3 are not the published ones') as string,
  });
});

test.skipIf(!hasFixtures)(
  'a source with other values is dropped for the next one',
  async () => {
    await tf.setBackend('cpu');
    const weights = [...frozen(new Float32Array(vgg16.parameters))].flatMap(([name, { kernel, bias }]) => [
      { name: `${name}/kernel`, shape: kernel.shape, dtype: 'float32' },
      { name: `${name}/bias`, shape: bias.shape, dtype: 'float32' },
    ]);
    const json = JSON.stringify({ weightsManifest: [{ paths: ['weights.bin'], weights }] });
    const good = realVgg16();
    const bad = good.slice();
    bad[5]! += 1;
    const at = (id: string): WeightSource => ({
      id,
      format: 'tfjs-layers',
      precision: 'float32',
      licence: '',
      hosts: [`https://${id}/`],
      files: ['model.json', 'weights.bin'].map((name) => ({ name, bytes: null, sha256: null })),
      ...source,
    });
    const storage = openStorage('conv-checksum');
    const notes: string[] = [];
    const base = await loadBase('vgg16', storage, {
      control: new Job(),
      sources: [at('bad'), at('good')],
      fetch: (url) =>
        Promise.resolve(new Response(url.endsWith('.json') ? json : url.includes('//bad/') ? bad : good)),
      onNote: ({ text }) => notes.push(text),
    });
    expect(base.source.id).toBe('good');
    expect(notes).toEqual([
      'The weights of bad cannot be used (This weight file is damaged: the values of block1_conv1 to block3_conv3 ' +
        'are not the published ones.); trying the next source.',
    ]);
    expect(await keysWithPrefix(storage, 'weights/bad/')).toEqual([]);
    base.dispose();
    expect(tf.memory().numTensors).toBe(0);
  },
  60_000,
);
