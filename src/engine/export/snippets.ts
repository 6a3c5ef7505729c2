import { isHeadFormat, type ExportFormat, type HeadFormat } from './formats';

/** About ten lines each that use a package; run by the tests. */
export interface Snippets {
  /** Null where JavaScript cannot open the format. */
  readonly javascript: string | null;
  readonly python: string;
}

export function snippets(format: ExportFormat, inputs: number): Snippets {
  if (isHeadFormat(format)) return { javascript: headJavascript(format, inputs), python: headPython(inputs) };
  const javascript = {
    tfjs: tfjsSnippet,
    demo: nodeSnippet,
    onnx: nodeSnippet,
    keras: null,
    'keras-h5': null,
  }[format];
  return { javascript, python: pythonSnippet };
}

function headJavascript(format: HeadFormat, inputs: number): string | null {
  if (format === 'tfjs-head') return headSnippet(inputs);
  return format === 'onnx-head' ? headInNode(inputs) : null;
}

const headInNode = (inputs: number) => `import { readFile } from 'node:fs/promises';
import { load } from './model.mjs';
const { classes } = JSON.parse(await readFile('metadata.json', 'utf8'));
const predict = await load(new URL('./', import.meta.url));

export async function classify(features) { // Float32Array(${inputs})
  const { probabilities } = await predict(features, 1);
  return Array.from(probabilities, (probability, i) => ({ label: classes[i], probability }));
}`;

/** With a slash, or tfjs would ask for the weights at the root of the server. */
export function headSnippet(inputs: number): string {
  return `import * as tf from '@tensorflow/tfjs';

const head = await tf.loadLayersModel('./model.json');
const { classes } = await (await fetch('metadata.json')).json();

export async function classify(features) { // Float32Array(${inputs})
  const output = tf.tidy(() => head.predict(tf.tensor2d(features, [1, ${inputs}])));
  const probabilities = Array.from(await output.data());
  return probabilities.map((probability, i) => ({ label: classes[i], probability }));
}`;
}

const headPython = (inputs: number) => `import json
from model import load

metadata = json.load(open("metadata.json", encoding="utf-8"))
predict = load(".")

def classify(features):  # a numpy array [n, ${inputs}]
    _, probabilities = predict(features)
    return [metadata["classes"][i] for i in probabilities.argmax(1)]`;

/** In a page. */
const tfjsSnippet = `import * as tf from '@tensorflow/tfjs';
import { pictureInput } from './picture.mjs';
const { classes, input } = await (await fetch('metadata.json')).json();
const model = await tf.loadLayersModel('./model.json');

export async function classify(picture) { // a Blob, such as a dropped file
  const x = tf.tensor(await pictureInput(picture, input), [1, input.size, input.size, 3]);
  const output = model.predict(x);
  const probabilities = Array.from(await output.data());
  tf.dispose([x, output]);
  return probabilities.map((probability, i) => ({ label: classes[i], probability }));
}`;

/** In Node; decoding the picture is left to the library of one's choice. */
const nodeSnippet = `import { readFile } from 'node:fs/promises';
import { load } from './model.mjs';
import { modelInput } from './picture.mjs';
import { toSquare } from './resize.mjs';
const { classes, input } = JSON.parse(await readFile('metadata.json', 'utf8'));
const predict = await load(new URL('./', import.meta.url));

export async function classify(rgba, width, height) { // its pixels
  const x = modelInput(toSquare(rgba, width, height, input), input);
  const { probabilities } = await predict(x, 1, input.size);
  return Array.from(probabilities, (probability, i) => ({ label: classes[i], probability }));
}`;

const pythonSnippet = `import json
from model import load
from picture import model_input, read_picture, square_of

metadata = json.load(open("metadata.json", encoding="utf-8"))
predict = load(".")

def classify(path):
    square = square_of(read_picture(path), metadata["input"])
    _, probabilities = predict(model_input(square[None], metadata["input"]))
    return dict(zip(metadata["classes"], probabilities[0].tolist()))`;
