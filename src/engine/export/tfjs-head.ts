import { version_core } from '@tensorflow/tfjs-core';
import { strToU8, zipSync, type ZipOptions } from 'fflate';
import { sha256 } from 'hash-wasm';
import { headReadme } from './head-readme';
import { headTopology, headWeights } from './keras-topology';
import { headMetadata, type HeadExport } from './metadata';

/** Zip dates are local time without a zone: a constant is the only one that is the same everywhere. */
const mtime = new Date(1980, 0, 1);
const text: ZipOptions = { level: 6, mtime };
/** Trained float32 hardly shrinks. */
const binary: ZipOptions = { level: 0, mtime };

/**
 * A trained head as a zip: a tfjs layers model that stock `tf.loadLayersModel` opens, its labels, and all that is
 * needed to make the same features again. The same input gives the same bytes. File names are fixed, so that no label
 * can become a path. Works for some 100 ms on large heads: call it in a worker.
 * @throws RangeError where the head has another number of outputs than the run has classes.
 */
export async function exportTfjsHead(input: HeadExport): Promise<Uint8Array<ArrayBuffer>> {
  const { head, run } = input;
  if (head.classes !== run.classes.length)
    throw new RangeError(`${head.classes} outputs for ${run.classes.length} classes`);
  const { entries, data } = headWeights(head);
  const model = {
    format: 'layers-model',
    generatedBy: `Headway ${input.appVersion}, TensorFlow.js ${version_core}`,
    convertedBy: null,
    modelTopology: headTopology(head),
    weightsManifest: [{ paths: ['weights.bin'], weights: entries }],
  };
  const files = { 'weights.bin': { bytes: data.length, sha256: await sha256(data) } };
  return zipSync({
    'model.json': [json(model), text],
    'weights.bin': [data, binary],
    'labels.txt': [strToU8(run.classes.map((label) => `${escapeLabel(label)}\n`).join('')), text],
    'metadata.json': [json({ ...headMetadata(input), files }), text],
    'README.md': [strToU8(headReadme(input)), text],
  });
}

function json(value: object): Uint8Array {
  return strToU8(JSON.stringify(value, null, 2));
}

/**
 * A label that stays on its line for every reader: backslashes doubled; control characters, Unicode's own line ends
 * and lone halves of surrogate pairs (which UTF-8 cannot hold) as \uXXXX.
 */
export function escapeLabel(label: string): string {
  return label.replace(/[\\\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) =>
    character === '\\' ? '\\\\' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
