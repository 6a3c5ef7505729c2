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
import { words } from './words';

export interface FormatChoice {
  readonly id: ExportFormat;
  readonly title: string;
  /** What it is for, one sentence. */
  readonly purpose: string;
  /** For people: about how large the zip will be. */
  readonly size: string;
}

/** A head has a choice of its own among `headFiles`. */
const order: readonly ExportFormat[] = ['demo', 'tfjs', 'keras', 'keras-h5', 'onnx', 'tfjs-head'];

export function formatChoices(run: RunResult, options: Pick<PackageOptions, 'weights'>): FormatChoice[] {
  return order
    .filter((id) => exportFormats.includes(id) && formatFor(run, id) === id)
    .map((id) => ({
      id,
      ...words.takeaway.formats[id],
      size: words.takeaway.about(bytes(roughly(runBytes(run, id, options)))),
    }));
}

/** The chosen format, or the nearest that the run can be taken away as. */
export function formatFor(run: RunResult, chosen: ExportFormat): ExportFormat {
  return isHeadFormat(chosen) && !worksAlone(run) ? 'tfjs' : chosen;
}

/** What a head alone can be written as. */
export const headFiles = (): readonly { readonly id: HeadFormat; readonly title: string }[] => {
  const { formats } = words.takeaway;
  return [
    { id: 'tfjs-head', title: formats.tfjs.title },
    { id: 'keras-head', title: formats.keras.title },
    { id: 'keras-h5-head', title: formats['keras-h5'].title },
    { id: 'onnx-head', title: formats.onnx.title },
  ];
};

export const formatTitle = (id: ExportFormat): string => words.takeaway.formats[id].title;

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
const modelFiles: Readonly<Record<ExportFormat, string>> = {
  demo: 'index.html, demo/',
  tfjs: 'model.json, weights.bin',
  keras: 'model.keras',
  'keras-h5': 'model.h5',
  onnx: 'model.onnx',
  'tfjs-head': 'model.json, weights.bin',
  'keras-head': 'model.keras',
  'keras-h5-head': 'model.h5',
  'onnx-head': 'model.onnx',
};

/** Everything in a package, for people. */
export function packageContents(
  format: ExportFormat,
  { pictures }: Pick<PackageOptions, 'pictures'>,
): (readonly [files: string, what: string])[] {
  const { contents } = words.takeaway;
  return [
    [modelFiles[format], contents.model[format]],
    ['README.md', contents.readme],
    ['labels.txt', contents.labels],
    ['metadata.json', contents.metadata],
    ['picture.py, picture.mjs', contents.picture],
    ['certificate/', contents.certificate[pictures]],
    ['verify.py, verify.mjs', contents.verify],
  ];
}
