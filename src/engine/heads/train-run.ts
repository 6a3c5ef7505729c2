import { wasmPresent } from '../backend/threads';
import { useBackend } from '../backend/use';
import { featureWidth } from '../cuts';
import { checkSplit } from '../data/split-check';
import { copySpecs } from '../features/copies';
import type { FeatureSpec } from '../features/key';
import { FeatureStore } from '../features/store';
import type { JobControl, Progress } from '../job';
import { uniqueName } from '../random';
import { shareScore, type RunEvaluation, type ShareEvaluation } from '../results/evaluation';
import { RunStore, type FinishedRun } from '../results/run-store';
import type { EpochMetrics, LabelledIds, RunResult, TrainRequest } from '../run';
import type { Storage } from '../storage';
import { solveHead } from './exact';
import { sourceOf } from './examples';
import { loadExamples, type LoadedExamples } from './load-examples';
import { sourceLogits } from './logits';
import { Pace } from './pace';
import { trainHead } from './train';
import type { TrainedParts } from './trained-parts';
import { trainTailRun } from './train-tail-run';

/**
 * The last leg of a run: stored features in, a finished run out. Heads train on WASM wherever the base ran: their
 * products are small, and the update works on plain arrays that a GPU would have to hand back at every step.
 */
export async function trainRun(
  storage: Storage,
  { request, base, split, extraction }: TrainRequest,
  control: JobControl,
  onEpoch: (metrics: EpochMetrics) => void,
  onProgress: (progress: Progress) => void,
): Promise<FinishedRun> {
  checkSplit(split);
  const classes = split.classes.length;
  const { spec, head, bestEpoch, history, trainMs, exact, evaluation } = await (request.tail === 'train'
    ? trainTailRun(storage, { request, base, split, extraction }, control, onEpoch, onProgress)
    : trainOnFeatures(storage, { request, base, split, extraction }, control, onEpoch, onProgress));
  const result: RunResult = {
    runId: `${base}-${uniqueName()}`,
    finishedAt: await new RunStore(storage).momentNow(),
    base,
    backend: extraction.backend,
    weightsDigest: spec.weightsDigest,
    weights: extraction.weights,
    request,
    classes: split.classes,
    split: { train: split.train.ids, validation: split.validation.ids, test: split.test.ids },
    history,
    bestEpoch,
    timing: { ...extraction.timing, trainMs },
    ...(exact && { exact }),
    evaluation: {
      validation: shareScore(evaluation.validation, classes),
      test: evaluation.test && shareScore(evaluation.test, classes),
    },
  };
  return { result, head, spec, evaluation };
}

async function trainOnFeatures(
  storage: Storage,
  { request, base, split, extraction }: TrainRequest,
  control: JobControl,
  onEpoch: (metrics: EpochMetrics) => void,
  onProgress: (progress: Progress) => void,
): Promise<TrainedParts> {
  await useBackend(wasmPresent() ? 'wasm' : extraction.backend);
  const store = new FeatureStore(storage);
  const classes = split.classes.length;
  const { spec } = extraction;
  const inputs = featureWidth(base, spec.cut);
  const examples = (share: LabelledIds, specs: readonly FeatureSpec[] = [spec]) =>
    loadExamples(store, specs, share, { inputs, classes });
  const training = copySpecs(spec, request);
  const [train, validation] = [await examples(split.train, training), await examples(split.validation)];
  const epochs =
    request.head.kind === 'exact'
      ? solveHead(request.head, request, train, validation, control, onProgress)
      : trainHead(request.head, request, train, validation, control);
  let next = await epochs.next();
  while (next.done !== true) {
    onEpoch(next.value);
    next = await epochs.next();
  }
  const trained = next.value;
  const pace = new Pace(control);
  const evaluate = async (share: LabelledIds, of: LoadedExamples): Promise<ShareEvaluation> => ({
    ...share,
    logits: await sourceLogits(trained.head, sourceOf(of), pace),
  });
  const evaluation: RunEvaluation = {
    validation: await evaluate(split.validation, validation),
    test: split.test.ids.length === 0 ? null : await evaluate(split.test, await examples(split.test)),
  };
  return { ...trained, spec, evaluation };
}
