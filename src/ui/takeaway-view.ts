import { cutOf, featureWidth } from '../engine/cuts';
import { packageBytes } from '../engine/export/estimate';
import {
  exportFormats,
  isHeadFormat,
  worksAlone,
  type ExportFormat,
  type HeadFormat,
  type PackageOptions,
} from '../engine/export/formats';
import type { RunResult } from '../engine/run';
import { bytes } from './format';

export interface FormatChoice {
  readonly id: ExportFormat;
  readonly title: string;
  /** What it is for, one sentence. */
  readonly purpose: string;
  /** For people: about how large the zip will be. */
  readonly size: string;
}

const formats: Readonly<Record<ExportFormat, { readonly title: string; readonly purpose: string }>> = {
  demo: {
    title: 'Offline page',
    purpose: 'To show it: opens by a double click and classifies pictures and the webcam, without a network.',
  },
  tfjs: {
    title: 'TensorFlow.js',
    purpose: 'For a web page or Node: base and head in one, from picture to probabilities.',
  },
  keras: {
    title: 'Keras 3',
    purpose: 'For Python: base and head in one .keras file, to use or to train further.',
  },
  'keras-h5': {
    title: 'Keras 2, HDF5',
    purpose: 'For older Python programs and tools that ask for an .h5 file.',
  },
  onnx: {
    title: 'ONNX',
    purpose: 'For ONNX Runtime: C++, C#, Java, Python, phones and servers.',
  },
  'tfjs-head': {
    title: 'Head alone',
    purpose: 'For programs that make the features themselves with the same base.',
  },
  'keras-head': { title: 'Head alone, Keras 3', purpose: '' },
  'keras-h5-head': { title: 'Head alone, Keras 2, HDF5', purpose: '' },
  'onnx-head': { title: 'Head alone, ONNX', purpose: '' },
};

/** A head has a choice of its own among `headFiles`. */
const order: readonly ExportFormat[] = ['demo', 'tfjs', 'keras', 'keras-h5', 'onnx', 'tfjs-head'];

export function formatChoices(run: RunResult, options: Pick<PackageOptions, 'weights'>): FormatChoice[] {
  return order
    .filter((id) => exportFormats.includes(id) && formatFor(run, id) === id)
    .map((id) => ({ id, ...formats[id], size: `about ${bytes(roughly(runBytes(run, id, options)))}` }));
}

/** The chosen format, or the nearest that the run can be taken away as. */
export function formatFor(run: RunResult, chosen: ExportFormat): ExportFormat {
  return isHeadFormat(chosen) && !worksAlone(run) ? 'tfjs' : chosen;
}

/** What a head alone can be written as. */
export const headFiles: readonly { readonly id: HeadFormat; readonly title: string }[] = [
  { id: 'tfjs-head', title: formats.tfjs.title },
  { id: 'keras-head', title: formats.keras.title },
  { id: 'keras-h5-head', title: formats['keras-h5'].title },
  { id: 'onnx-head', title: formats.onnx.title },
];

export const formatTitle = (id: ExportFormat): string => formats[id].title;

/** About how many bytes a run's zip will have. */
export function runBytes(
  { base, request, classes }: RunResult,
  format: ExportFormat,
  options: Pick<PackageOptions, 'weights'>,
): number {
  const cut = cutOf(request, base);
  const widths = [featureWidth(base, cut), ...request.head.hidden, classes.length];
  return packageBytes({ base, cut, widths }, format, options);
}

/** Two digits: it is an estimate. */
const roughly = (value: number): number => Number(value.toPrecision(2));

/** The model's own files, for `What is in the zip`. */
const modelFiles: Readonly<Record<ExportFormat, readonly [files: string, what: string]>> = {
  demo: ['index.html, demo/', 'the page, and all it needs'],
  tfjs: ['model.json, weights.bin', 'base and head, for tf.loadLayersModel'],
  keras: ['model.keras', 'base and head, for keras.models.load_model'],
  'keras-h5': ['model.h5', 'the same in Keras 2’s layout, which Keras 3 reads too'],
  onnx: ['model.onnx', 'base and head, opset 18'],
  'tfjs-head': ['model.json, weights.bin', 'the head, from features to probabilities'],
  'keras-head': ['model.keras', 'the head, from features to probabilities'],
  'keras-h5-head': ['model.h5', 'the head in Keras 2’s layout, from features to probabilities'],
  'onnx-head': ['model.onnx', 'the head, from features to probabilities, opset 18'],
};

/** Everything in a package, for people. */
export function packageContents(
  format: ExportFormat,
  { pictures }: Pick<PackageOptions, 'pictures'>,
): (readonly [files: string, what: string])[] {
  const whose = pictures === 'generated' ? 'five generated pictures' : 'five of your validation images';
  return [
    modelFiles[format],
    ['README.md', 'how to use it, in JavaScript and Python'],
    ['labels.txt', 'the classes, in the order of the outputs'],
    ['metadata.json', 'base, preprocessing, training, split and results, for programs'],
    ['picture.py, picture.mjs', 'from a picture to the model’s input, exactly as here'],
    ['certificate/', `${whose} with the results that Headway got for them`],
    ['verify.py, verify.mjs', 'check that this copy still gives the same results'],
  ];
}
