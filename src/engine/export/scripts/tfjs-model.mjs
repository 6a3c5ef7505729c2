/**
 * Opens the model with TensorFlow.js in Node: `npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm`. In a
 * browser `tf.loadLayersModel('./model.json')` is all it takes.
 */
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';

/** A function from inputs (Float32Array [n, size, size, 3], or [n, features] of a head) to features and probabilities. */
export async function load(folder) {
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    await tf.setBackend('wasm');
  } catch {
    // Plain JavaScript gives the same, many times slower.
    await tf.setBackend('cpu');
  }
  const { modelTopology, weightsManifest, weightData } = await read(folder);
  const weightSpecs = weightsManifest[0].weights;
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  const { features } = JSON.parse(await readFile(new URL('metadata.json', folder), 'utf8')).model;
  const outputs = [model.getLayer(features).output, model.output];
  const both = tf.model({ inputs: model.inputs, outputs });
  return async (inputs, n) => {
    const [, ...shape] = model.inputs[0].shape;
    const length = inputs.length / n;
    const found = { features: [], probabilities: [] };
    // One by one: a large batch takes memory and is no faster here.
    for (let i = 0; i < n; i++) {
      const input = tf.tensor(inputs.subarray(i * length, (i + 1) * length), [1, ...shape]);
      const results = both.predict(input);
      found.features.push(...(await results[0].data()));
      found.probabilities.push(...(await results[1].data()));
      tf.dispose([input, results]);
    }
    return {
      features: Float32Array.from(found.features),
      probabilities: Float32Array.from(found.probabilities),
    };
  };
}

async function read(folder) {
  try {
    const model = JSON.parse(await readFile(new URL('model.json', folder), 'utf8'));
    const weights = await readFile(new URL('weights.bin', folder));
    return {
      ...model,
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
    };
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return readScripts(folder);
  }
}

/** The demo page's copy: what a page may load without a server are scripts only. */
async function readScripts(folder) {
  const script = await readFile(new URL('demo/model.js', folder), 'utf8');
  const model = JSON.parse(script.slice(script.indexOf('(') + 1, script.lastIndexOf(')')));
  const parts = [];
  for (const name of model.weightScripts) {
    const text = await readFile(new URL(name, folder), 'utf8');
    parts.push(Buffer.from(text.slice(text.indexOf('"') + 1, text.lastIndexOf('"')), 'base64'));
  }
  const weights = Buffer.concat(parts);
  return {
    ...model,
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
  };
}
