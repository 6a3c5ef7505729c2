import { useBackend } from '../backend/use';
import { wasmPresent } from '../backend/threads';
import { featureWidth } from '../cuts';
import { nearDuplicateGroups } from '../data/near-duplicates';
import type { ImageRecord } from '../data/records';
import { HeadwayError } from '../errors';
import { FeatureStore } from '../features/store';
import type { Examples } from '../heads/examples';
import type { JobControl, Progress } from '../job';
import { nets, type BaseId } from '../nets';
import { predictedClasses } from '../results/confusion';
import type { Extraction, LabelledIds } from '../run';
import type { Storage } from '../storage';
import { adviseCase, probedCuts, type CaseAdvice, type MeasuredCut } from './advice';
import { outOfFold } from './label-errors';

export interface AdviceRequest {
  readonly base: BaseId;
  /** A stratified sample of the training images; their features at `probedCuts` are stored. */
  readonly sample: LabelledIds;
  /** Training images of each class. */
  readonly perClass: readonly number[];
  readonly extraction: Extraction;
  readonly seed: number;
}

/** At one cut: features with labels 0 … classes − 1, each class at least twice. */
export interface CutExamples extends Examples {
  readonly cut: string;
  readonly classes: number;
}

/**
 * Cross-validated multinomial logistic regression (heads/exact) at each cut, on the same folds: near-duplicates stay
 * together, and each cut gets the penalty of its own lowest held-out loss.
 * @throws HeadwayError `cancelled`
 */
export async function probeCuts(
  cuts: Iterable<CutExamples> | AsyncIterable<CutExamples>,
  groups: readonly (readonly number[])[],
  seed: number,
  control: JobControl,
  onProgress: (done: number, progress: Progress) => void,
): Promise<{ readonly measured: MeasuredCut[]; readonly folds: number }> {
  const measured: MeasuredCut[] = [];
  let folds = 0;
  for await (const examples of cuts) {
    const { cut, features, labels, classes } = examples;
    const options = { seed, classWeights: 'none' } as const;
    const probe = await outOfFold(examples, groups, null, options, control, (progress) =>
      onProgress(measured.length, progress),
    );
    const predicted = predictedClasses(probe.logits, classes);
    const hits = Uint8Array.from(labels, (label, i) => (predicted[i] === label ? 1 : 0));
    measured.push({ cut, width: features.length / labels.length, l2: probe.l2, hits });
    folds = probe.folds;
  }
  return { measured, folds };
}

/** Which case the stored features of a sample say it is. On WASM, as heads train. */
export async function adviseFromStore(
  storage: Storage,
  records: readonly ImageRecord[],
  { base, sample, perClass, extraction, seed }: AdviceRequest,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<CaseAdvice> {
  const readable = usable(sample, new Set(extraction.failed));
  await useBackend(wasmPresent() ? 'wasm' : extraction.backend);
  const rowOf = new Map(readable.ids.map((id, row) => [id, row]));
  const groups = nearDuplicateGroups(records.filter(({ id }) => rowOf.has(id))).map((group) =>
    group.map((id) => rowOf.get(id)!),
  );
  const store = new FeatureStore(storage);
  const cuts = probedCuts(nets[base]);
  async function* examples(): AsyncGenerator<CutExamples> {
    for (const cut of cuts) {
      const width = featureWidth(base, cut);
      const features = await store.readMatrix({ ...extraction.spec, cut }, readable.ids, width);
      yield { cut, features, labels: readable.labels, classes: readable.classes };
    }
  }
  const { measured, folds } = await probeCuts(examples(), groups, seed, control, (done, progress) => {
    const total = cuts.length * progress.total;
    onProgress({ ...progress, done: done * progress.total + progress.done, total, secondsLeft: null });
  });
  const { weightsDigest } = extraction.spec;
  return adviseCase({ base, weightsDigest, perClass, folds }, measured);
}

/** Without unreadable images and classes of which fewer than two are left; labels are numbered anew. */
function usable(
  { ids, labels }: LabelledIds,
  failed: ReadonlySet<string>,
): LabelledIds & { readonly classes: number } {
  const counts = new Map<number, number>();
  const good = [...ids.keys()].filter((row) => !failed.has(ids[row]!));
  for (const row of good) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  const kept = [...counts].filter(([, n]) => n > 1).map(([label]) => label);
  if (kept.length < 2)
    throw new HeadwayError({
      code: 'too-few-images',
      message: 'There are too few images to measure with.',
      advice: 'Add images: at least two classes need two training images each.',
      why: { code: 'too-few-for', what: 'probes' },
    });
  const index = new Map(kept.sort((a, b) => a - b).map((label, i) => [label, i]));
  const rows = good.filter((row) => index.has(labels[row]!));
  return {
    ids: rows.map((row) => ids[row]!),
    labels: Uint16Array.from(rows, (row) => index.get(labels[row]!)!),
    classes: kept.length,
  };
}
