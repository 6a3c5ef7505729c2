import { useBackend } from '../backend/use';
import { wasmPresent } from '../backend/threads';
import { HeadwayError } from '../errors';
import { solveHead } from '../heads/exact';
import { sourceOf, type Examples, type ExampleSource } from '../heads/examples';
import type { TrainedHead } from '../heads/head';
import { subsetOf } from '../heads/load-examples';
import { sourceLogits } from '../heads/logits';
import { Pace } from '../heads/pace';
import type { StoredExamples } from '../heads/stored-examples';
import { trainHead } from '../heads/train';
import { ProgressMeter, type JobControl, type Progress } from '../job';
import { hits } from '../results/evaluation';
import type { StoredRun } from '../results/run-store';
import type { HeadSpec, TrainingOptions } from '../run';
import type { Storage } from '../storage';
import { plannedRepeats } from './curve-budget';
import { examplesOf, type LabelledImages } from './labelled-images';
import { answerOf, type LearningCurve, type Measured } from './learning-curve';
import { nestedOrder, subsetSizes } from './nested-subsets';

/**
 * The learning curve of a finished run: its own head and settings, trained on nested subsets of its training images and
 * judged on its validation images. The run's own training is the first repeat at all images. On WASM, as heads train.
 * @throws HeadwayError `too-few-images`, `too-few-classes`, `training-diverged`, `cancelled`
 */
export async function learningCurve(
  storage: Storage,
  run: StoredRun,
  images: LabelledImages,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<LearningCurve> {
  const { result } = run;
  await useBackend(wasmPresent() ? 'wasm' : result.backend);
  const classes = images.classes.length;
  const train = await examplesOf(storage, run, images.train, classes);
  const validation = await examplesOf(storage, run, images.validation, classes);
  const sizes = subsetSizes(train.labels.length, new Set(train.labels).size);
  const repeats = plannedRepeats(result, sizes);
  const settings: CurveSettings = {
    spec: result.request.head,
    options: result.request,
    l2: result.exact?.l2 ?? null,
    sizes,
    repeats,
  };
  const measured = await measureCurve(settings, train, validation, control, onProgress);
  return {
    runId: result.runId,
    validationImages: validation.labels.length,
    repeats,
    l2: settings.l2,
    withoutCopies: (result.request.copies ?? 1) > 1,
    ...answerOf(measured, result.request.seed),
  };
}

export interface CurveSettings {
  readonly spec: HeadSpec;
  readonly options: TrainingOptions;
  /** Of the exact head at all images. */
  readonly l2: number | null;
  /** As `subsetSizes` gives them. */
  readonly sizes: readonly number[];
  readonly repeats: number;
}

/** Trains at each size, repeat by repeat. Progress is in images trained on. */
export async function measureCurve(
  { spec, options, l2, sizes, repeats }: CurveSettings,
  train: Examples | StoredExamples,
  validation: Examples | ExampleSource,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<Measured[]> {
  const total = train.labels.length;
  if (sizes.length < 2 || validation.labels.length === 0) throw tooFewImages();
  // Solved, the exact head does not depend on chance: on all of the images it is the same each time.
  const times = (size: number) => (size === total && spec.kind === 'exact' ? 1 : repeats);
  const meter = new ProgressMeter(
    sizes.reduce((sum, size) => sum + size * times(size), 0),
    'images',
  );
  onProgress(meter.progress);
  const found = sizes.map((images) => ({ images, hits: [] as Uint8Array[] }));
  for (let repeat = 0; repeat < repeats; repeat++) {
    const seed = options.seed + repeat;
    const order = nestedOrder(train.labels, seed);
    for (const { images, hits: of } of found) {
      if (repeat >= times(images)) continue;
      // In their own order: what a head is trained on depends on the subset, not on how it was drawn.
      const rows = order.slice(0, images).sort();
      const subset = images === total ? train : await subsetOf(train, rows);
      const penalty = l2 === null ? spec.l2 : Math.min(10, (l2 * total) / images);
      const head = await trained({ ...spec, l2: penalty }, { ...options, seed }, subset, validation, control);
      const logits = await sourceLogits(head, sourceOf(validation), new Pace(control));
      of.push(hits({ ids: [], labels: validation.labels, logits }, head.classes));
      onProgress(meter.add(images));
    }
  }
  return found;
}

async function trained(
  spec: HeadSpec,
  options: TrainingOptions,
  train: Examples | ExampleSource,
  validation: Examples | ExampleSource,
  control: JobControl,
): Promise<TrainedHead> {
  const epochs =
    spec.kind === 'exact'
      ? solveHead(spec, options, train, validation, control)
      : trainHead(spec, options, train, validation, control);
  let next = await epochs.next();
  while (next.done !== true) next = await epochs.next();
  return next.value.head;
}

function tooFewImages(): HeadwayError {
  return new HeadwayError({
    code: 'too-few-images',
    message: 'There are too few images for a learning curve.',
    advice: 'It needs validation images, and more than two training images a class: add some, and run again.',
    why: { code: 'too-few-for', what: 'learning-curve' },
  });
}
