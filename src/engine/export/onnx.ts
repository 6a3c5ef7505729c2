import type { LayersModel } from './layer';
import { describePreprocessing, type HeadExport } from './metadata';
import type { ExportOptions, FormatParts } from './model';
import { onnxGraph } from './onnx/graph';
import { modelChunks } from './onnx/write';
import onnxMjs from './scripts/onnx-model.mjs?raw';
import onnxPy from './scripts/onnx-model.py?raw';
import { trainedFurther } from './trained-further';

/** The first whose `Pad` has axes (see `onnx/graph.ts`); every onnxruntime since 1.14, of 2023, reads it. */
const opset = 18;
/** The version of the file format that goes with it. */
const irVersion = 8;

/**
 * `model.onnx`, of a whole model or of a head alone, and how to run it. The batch is of any length. Labels and what
 * the pixels have to go through are in the file's own metadata, too, so that it says what it is without the package.
 */
export function onnxParts(layers: LayersModel, source: HeadExport, options: ExportOptions): FormatParts {
  return {
    files: [{ name: 'model.onnx', chunks: onnxChunks(layers, source, options), deflate: false }],
    python: onnxPy,
    javascript: onnxMjs,
    requirements: { pip: ['onnxruntime'], npm: ['onnxruntime-node'] },
  };
}

/** The file in pieces; each weight is converted when it is its turn. */
export function onnxChunks(
  layers: LayersModel,
  source: HeadExport,
  options: ExportOptions,
): Generator<Uint8Array> {
  const { nodes, initializers, inputs, outputs } = onnxGraph(layers, options);
  const model = {
    irVersion: BigInt(irVersion),
    opsetImport: [{ version: BigInt(opset) }],
    producerName: 'Headway',
    producerVersion: source.appVersion,
    metadataProps: Object.entries(metadata(layers, source, options)).map(([key, value]) => ({ key, value })),
  };
  const graph = { name: layers.name, node: [...nodes], input: [...inputs], output: [...outputs] };
  return modelChunks(model, graph, initializers);
}

/** Keys are ours; labels are a JSON list, in which no character of theirs means anything. */
function metadata(
  layers: LayersModel,
  { run, net, cut, input, weightsBefore = null }: HeadExport,
  { weights, preprocessing }: ExportOptions,
): Record<string, string> {
  const further = trainedFurther(run, weightsBefore);
  const described = describePreprocessing(net.preprocessing);
  const takes =
    layers.input === 'features'
      ? `the features of ${net.title} at ${cut}`
      : preprocessing === 'inside'
        ? 'RGB bytes, preprocessed in the graph'
        : 'preprocessed pixels, channels first';
  return {
    labels: JSON.stringify(run.classes),
    takes,
    preprocessing: described,
    input_size: String(input.size),
    resize: input.resize,
    base: run.base,
    cut,
    base_weights_sha256: run.weightsDigest,
    ...(further !== null && {
      base_trained_further: JSON.stringify(further.stages),
      base_weights_before_sha256: further.weightsBefore.sha256 ?? '',
    }),
    weights,
    run: run.runId,
    created: run.finishedAt,
  };
}
