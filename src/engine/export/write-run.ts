import type { JobControl, Progress } from '../job';
import type { Certificate } from './certificate';
import { isHeadFormat, type HeadFormat, type PackageOptions, type WholeFormat } from './formats';
import type { LayersModel } from './layer';
import { headModelLayers, modelLayers } from './layers';
import type { HeadExport } from './metadata';
import type { ExportModel, FormatParts } from './model';
import { writePackage } from './package';
import { tfjsFiles, weightByteLength } from './tfjs';
import type { Sink } from './zip';

/** Scripts, certificate and metadata, about. */
const restBytes = 1_500_000;
/** Four letters for three bytes. */
const base64Growth = 4 / 3;

/** A run in a format that needs the weights of its base. */
export interface WholeExport {
  readonly format: WholeFormat;
  readonly model: ExportModel;
}
export interface HeadOnlyExport {
  readonly format: HeadFormat;
  readonly model: HeadExport;
}

function isHeadOnly(what: WholeExport | HeadOnlyExport): what is HeadOnlyExport {
  return isHeadFormat(what.format);
}

/** Writes a run as a package into `sink`. Rejects with `cancelled`, or `invalid-request` (`float16.ts`). */
export async function writeRun(
  what: WholeExport | HeadOnlyExport,
  given: PackageOptions,
  certificate: Certificate,
  sink: Sink,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  // A head is small, and takes features.
  const options = isHeadOnly(what) ? { ...given, ...plain } : given;
  const layers = isHeadOnly(what) ? headModelLayers(what.model.head) : modelLayers(what.model, options);
  const parts = isHeadOnly(what)
    ? await headWriters[what.format](what.model, layers, options)
    : await wholeWriters[what.format](what.model, layers, options);
  await control.checkpoint();
  const asText = what.format === 'demo' ? base64Growth : 1;
  const bytes = restBytes + asText * weightByteLength(layers, options.weights);
  const { model, format } = what;
  const { features } = layers;
  await writePackage(
    { model, format, options, parts, features, certificate, bytes },
    sink,
    control,
    onProgress,
  );
}

const plain = { weights: 'float32', preprocessing: 'outside' } as const;

type Writer<Model extends HeadExport> = (
  model: Model,
  layers: LayersModel,
  options: PackageOptions,
) => Promise<FormatParts>;

const tfjs: Writer<HeadExport> = (model, layers, { weights }) => tfjsParts(layers, weights, model.appVersion);
const keras3: Writer<HeadExport> = (model, layers, options) => keras(model, layers, 'keras', options);
const keras2: Writer<HeadExport> = (model, layers, options) => keras(model, layers, 'keras-h5', options);
const onnx: Writer<HeadExport> = async (model, layers, options) =>
  (await import('./onnx')).onnxParts(layers, model, options);
const demo: Writer<ExportModel> = async (model, layers, options) => {
  const { demoFiles } = await import('./demo');
  return { ...(await tfjsScripts()), files: await demoFiles(model, layers, options) };
};

const wholeWriters: Readonly<Record<WholeFormat, Writer<ExportModel>>> = {
  tfjs,
  keras: keras3,
  'keras-h5': keras2,
  onnx,
  demo,
};
const headWriters: Readonly<Record<HeadFormat, Writer<HeadExport>>> = {
  'tfjs-head': tfjs,
  'keras-head': keras3,
  'keras-h5-head': keras2,
  'onnx-head': onnx,
};

async function keras(
  { run }: HeadExport,
  layers: LayersModel,
  format: 'keras' | 'keras-h5',
  { weights }: PackageOptions,
): Promise<FormatParts> {
  return (await import('./keras')).kerasParts(layers, format, weights, run.finishedAt);
}

async function tfjsParts(
  layers: LayersModel,
  weights: PackageOptions['weights'],
  appVersion: string,
): Promise<FormatParts> {
  return { ...(await tfjsScripts()), files: tfjsFiles(layers, weights, appVersion) };
}

async function tfjsScripts(): Promise<Omit<FormatParts, 'files'>> {
  const [python, javascript] = await Promise.all([
    import('./scripts/tfjs-model.py?raw'),
    import('./scripts/tfjs-model.mjs?raw'),
  ]);
  return {
    python: python.default,
    javascript: javascript.default,
    requirements: { pip: [], npm: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'] },
  };
}
