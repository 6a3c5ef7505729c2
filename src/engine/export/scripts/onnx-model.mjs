/**
 * Opens the model with ONNX Runtime in Node: `npm install onnxruntime-node`. In a browser the same lines work with
 * `onnxruntime-web` and `ort.InferenceSession.create('model.onnx')`.
 */
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-node';

/** A function from inputs (Float32Array [n, size, size, 3], or [n, features] of a head) to features and probabilities. */
export async function load(folder) {
  const session = await ort.InferenceSession.create(fileURLToPath(new URL('model.onnx', folder)));
  const [name] = session.inputNames;
  const [{ type }] = session.inputMetadata;
  return async (inputs, n, size) => {
    const length = inputs.length / n;
    const found = { features: [], probabilities: [] };
    // One by one, so that only one picture's maps are in memory.
    for (let i = 0; i < n; i++) {
      const values = inputs.subarray(i * length, (i + 1) * length);
      const results = await session.run({ [name]: tensor(values, type, size) });
      found.probabilities.push(...results.probabilities.data);
      if (results.features) found.features.push(...results.features.data);
    }
    return {
      features: found.features.length === 0 ? null : Float32Array.from(found.features),
      probabilities: Float32Array.from(found.probabilities),
    };
  };
}

function tensor(values, type, size) {
  if (size === undefined) return new ort.Tensor('float32', values, [1, values.length]);
  if (type === 'uint8') return new ort.Tensor('uint8', Uint8Array.from(values), [1, size, size, 3]);
  // Preprocessed pixels go in channels first.
  const area = size * size;
  const planes = Float32Array.from(values, (_, i) => values[(i % area) * 3 + Math.floor(i / area)]);
  return new ort.Tensor('float32', planes, [1, 3, size, size]);
}
