import type { JobControl, Progress } from '../job';
import type { Certificate } from './certificate';
import type { ExportFormat, PackageOptions } from './formats';
import type { LayersModel } from './layer';
import { headModelLayers, modelLayers } from './layers';
import type { HeadExport } from './metadata';
import type { ExportModel, FormatParts } from './model';
import { writePackage } from './package';
import { tfjsFiles, weightByteLength } from './tfjs';
import type { Sink } from './zip';

/** Scripts, certificate and metadata, about. */
const restBytes = 1_500_000;

/** A run in a format that needs the weights of its base. */
export interface WholeExport {
  readonly format: Exclude<ExportFormat, 'tfjs-head'>;
  readonly model: ExportModel;
}
export interface HeadOnlyExport {
  readonly format: 'tfjs-head';
  readonly model: HeadExport;
}

/** Writes a run as a package into `sink`. Rejects with `cancelled`, or `invalid-request` (`float16.ts`). */
export async function writeRun(
  { format, model }: WholeExport | HeadOnlyExport,
  options: PackageOptions,
  certificate: Certificate,
  sink: Sink,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const layers = format === 'tfjs-head' ? headModelLayers(model.head) : modelLayers(model, options);
  const parts =
    format === 'tfjs-head'
      ? await tfjsParts(layers, 'float32', model.appVersion)
      : await whole[format](model, layers, options);
  await control.checkpoint();
  const bytes = restBytes + weightByteLength(layers, format === 'tfjs-head' ? 'float32' : options.weights);
  const { features } = layers;
  await writePackage(
    { model, format, options, parts, features, certificate, bytes },
    sink,
    control,
    onProgress,
  );
}

type Writer = (model: ExportModel, layers: LayersModel, options: PackageOptions) => Promise<FormatParts>;

const whole: Readonly<Record<WholeExport['format'], Writer>> = {
  tfjs: (model, layers, { weights }) => tfjsParts(layers, weights, model.appVersion),
  keras: (model, layers, options) => keras(model, layers, 'keras', options),
  'keras-h5': (model, layers, options) => keras(model, layers, 'keras-h5', options),
  onnx: async (model, layers, options) => (await import('./onnx')).onnxParts(layers, model, options),
  demo: async (model, layers, options) => {
    const { demoFiles } = await import('./demo');
    return { ...(await tfjsScripts()), files: await demoFiles(model, layers, options) };
  },
};

async function keras(
  { run }: ExportModel,
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
