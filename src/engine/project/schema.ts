import * as v from 'valibot';
import { cutNames } from '../cuts';
import type { ConvWeights } from '../bases/tensors';
import type { ImageRecord } from '../data/records';
import type { FeatureSpec } from '../features/key';
import { headLogits, type TrainedHead } from '../heads/head';
import { baseIds, nets } from '../nets';
import type { Net } from '../nets/graph';
import { convShapes } from '../nets/shapes';
import type { FinishedRun } from '../results/run-store';
import type { ShareEvaluation } from '../results/evaluation';
import type { RunNote, RunRequest } from '../run';
import { projectUnreadable } from './packed';

/** Raised when older readers would misread a file; `readManifest` brings older ones up to date. */
export const projectVersion = 1;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const share = v.picklist(['train', 'validation', 'test']);
const baseId = v.picklist(baseIds);
const labels = v.pipe(v.instance(Uint16Array));

const record = v.object({
  id: digest,
  label: v.pipe(text(1_000), v.minLength(1)),
  path: text(10_000),
  share: v.nullable(share),
  width: v.pipe(count, v.minValue(1)),
  height: v.pipe(count, v.minValue(1)),
  bytes: count,
  mime: v.pipe(v.string(), v.regex(/^image\/[a-z0-9.+-]{1,40}$/)),
  phash: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{1,64}$/))),
});

/** Unknown fields of settings are kept: they are checked where they are used, as those of a script are. */
const request = v.looseObject({
  bases: v.pipe(v.array(baseId), v.minLength(1)),
  head: v.looseObject({ kind: v.picklist(['dense', 'exact']), hidden: v.array(count) }),
  resize: v.picklist(['stretch', 'crop', 'letterbox']),
});

const note = v.object({
  name: v.nullable(text(1_000)),
  pinned: v.boolean(),
  compared: v.optional(v.boolean()),
});

const spec = v.looseObject({
  base: baseId,
  weightsDigest: digest,
  inputSize: v.pipe(count, v.minValue(1), v.maxValue(4_096)),
  resize: v.picklist(['stretch', 'crop', 'letterbox']),
  cut: text(100),
  numberFormat: v.literal('float32'),
});

const manifest = v.object({
  format: v.literal('headway-project'),
  version: v.literal(projectVersion),
  /** Of the Headway that wrote it. */
  headway: text(100),
  saved: v.pipe(v.string(), v.isoTimestamp()),
  /** The settings in the form; null where runs only are shared. */
  request: v.nullable(request),
  records: v.array(record),
  /** How many files `runs/<n>.json` there are, from 1. */
  runs: count,
  /** By `features/<n>/…`, from 1. */
  features: v.array(v.object({ spec, chunks: count })),
});

const layer = v.object({
  inputs: v.pipe(count, v.minValue(1)),
  units: v.pipe(count, v.minValue(1)),
  kernel: v.instance(Float32Array),
  bias: v.instance(Float32Array),
});

const evaluation = v.nullable(v.object({ ids: v.array(digest), labels, logits: v.instance(Float32Array) }));

const history = v.array(
  v.object({
    epoch: count,
    loss: v.number(),
    accuracy: v.number(),
    valLoss: v.number(),
    valAccuracy: v.number(),
  }),
);

const run = v.looseObject({
  result: v.looseObject({
    runId: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,100}$/)),
    finishedAt: v.pipe(v.string(), v.isoTimestamp()),
    base: baseId,
    backend: v.picklist(['webgpu', 'webgl', 'wasm', 'cpu']),
    weightsDigest: digest,
    weights: v.looseObject({ source: text(1_000), precision: text(100), licence: text(1_000), bytes: count }),
    request,
    classes: v.pipe(v.array(text(1_000)), v.minLength(2)),
    split: v.looseObject({ train: v.array(digest), validation: v.array(digest) }),
    history: v.pipe(history, v.minLength(1)),
    bestEpoch: count,
    timing: v.looseObject({
      extractedImages: count,
      imagesPerSecond: v.nullable(v.number()),
      trainMs: v.number(),
    }),
  }),
  head: v.looseObject({
    inputs: count,
    classes: count,
    spec: v.looseObject({ kind: v.picklist(['dense', 'exact']), hidden: v.array(count) }),
    layers: v.pipe(v.array(layer), v.minLength(1)),
  }),
  spec,
  evaluation: v.object({ validation: v.nonNullable(evaluation), test: evaluation }),
});

const tensor = v.object({ shape: v.array(count), data: v.instance(Float32Array) });
/** Convolutions of the base that the run has trained, by node name; missing in files of before there were any. */
const tuned = v.object({
  parent: digest,
  weights: v.array(v.tuple([text(100), v.object({ kernel: tensor, bias: tensor })])),
});

const storedRun = v.object({ run, note: v.nullable(note), tuned: v.optional(v.nullable(tuned)) });
const chunk = v.object({ ids: v.array(digest), features: v.instance(Float32Array) });

export type Manifest = Omit<v.InferOutput<typeof manifest>, 'records' | 'request' | 'features'> & {
  readonly records: readonly ImageRecord[];
  readonly request: RunRequest | null;
  readonly features: readonly { readonly spec: FeatureSpec; readonly chunks: number }[];
};
export type FeatureChunk = v.InferOutput<typeof chunk>;

export interface ProjectRun {
  readonly run: FinishedRun;
  readonly note: RunNote | null;
  readonly tuned?: {
    readonly parent: string;
    readonly weights: readonly (readonly [string, ConvWeights])[];
  } | null;
}

/**
 * The contents of a project as its files describe them, whichever version wrote them.
 * @throws HeadwayError `project-unreadable`
 */
export function readManifest(value: unknown): Manifest {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format === 'headway-project' && typeof version === 'number' && version > projectVersion)
    throw projectUnreadable(
      `Written by a newer Headway (version ${version} of the format; this page reads up to ${projectVersion}).`,
      { code: 'project-newer', version, most: projectVersion },
    );
  return checked(manifest, value) as Manifest;
}

/** @throws HeadwayError `project-unreadable` */
export function readRun(value: unknown): ProjectRun {
  const stored = checked(storedRun, value) as unknown as ProjectRun;
  const { result, head, spec: features, evaluation: judged } = stored.run;
  require(head.classes === result.classes.length, 'The head has another number of classes');
  require(new Set(result.classes).size === result.classes.length, 'A class is there twice');
  require(features.base === result.base && cutNames(features.base).includes(features.cut), 'An unknown cut');
  requireShapes(head);
  if (stored.tuned) requireConvs(nets[features.base], stored.tuned.weights);
  for (const one of [judged.validation, judged.test]) if (one !== null) requireShares(one, head.classes);
  return stored;
}

/** @throws HeadwayError `project-unreadable` */
export function readChunk(value: unknown): FeatureChunk {
  const read = checked(chunk, value);
  require(read.ids.length > 0 && read.features.length % read.ids.length === 0, 'Features that do not divide');
  return read;
}

function requireConvs(net: Net, weights: readonly (readonly [string, ConvWeights])[]): void {
  const kernels = new Map(convShapes(net).map((conv) => [conv.name, conv.kernel]));
  for (const [name, { kernel, bias }] of weights) {
    const shape = kernels.get(name);
    require(shape !== undefined && String(kernel.shape) === String(shape), 'A convolution of another shape');
    require(kernel.data.length === shape!.reduce((product, length) => product * length, 1) &&
      bias.data.length === shape!.at(-1) &&
      String(bias.shape) === String(shape!.at(-1)), 'A convolution without all of its weights');
  }
}

/** Layers that follow each other, with numbers that can be computed with. */
function requireShapes(head: TrainedHead): void {
  let width = head.inputs;
  for (const { inputs, units, kernel, bias } of head.layers) {
    require(inputs === width, 'Layers that do not fit each other');
    require(kernel.length === inputs * units && bias.length === units, 'Weights of another shape');
    width = units;
  }
  require(width === head.classes, 'The last layer has another number of outputs');
  const probe = headLogits(head, new Float32Array(head.inputs), 1);
  require(probe.every(Number.isFinite), 'Weights that are not numbers');
}

function requireShares({ ids, labels: own, logits }: ShareEvaluation, classes: number): void {
  require(own.length === ids.length && logits.length === ids.length * classes, 'Answers of another shape');
  require(own.every((label) => label < classes), 'A label that is no class');
}

function checked<T extends v.GenericSchema>(schema: T, value: unknown): v.InferOutput<T> {
  const outcome = v.safeParse(schema, value, { abortEarly: true });
  if (outcome.success) return outcome.output;
  const [issue] = outcome.issues;
  throw projectUnreadable(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw projectUnreadable(otherwise);
}
