import { useBackend } from '../backend/use';
import { wasmPresent } from '../backend/threads';
import { nearDuplicateGroups } from '../data/near-duplicates';
import type { JobControl, Progress } from '../job';
import type { StoredRun } from '../results/run-store';
import type { Storage } from '../storage';
import { labelErrors, outOfFold, type LabelErrors } from './label-errors';
import { examplesOf, type LabelledImages } from './labelled-images';

/**
 * Label errors among the training and validation images of a finished run; its test images stay untouched. On WASM,
 * as heads train.
 * @throws HeadwayError `too-few-classes`, `too-few-images`, `cancelled`
 */
export async function findLabelErrors(
  storage: Storage,
  run: StoredRun,
  images: LabelledImages,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<LabelErrors> {
  const { result } = run;
  await useBackend(wasmPresent() ? 'wasm' : result.backend);
  const { classes, train, validation, records } = images;
  const ids = [...train.ids, ...validation.ids];
  const labels = new Uint16Array([...train.labels, ...validation.labels]);
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const groups = nearDuplicateGroups(records).map((group) => group.map((id) => rowOf.get(id)!));
  const examples = await examplesOf(storage, run, { ids, labels }, classes.length);
  const predicted = await outOfFold(
    examples,
    groups,
    result.exact?.l2 ?? null,
    result.request,
    control,
    onProgress,
  );
  return labelErrors({ runId: result.runId, classes, ids, labels, trained: train.ids.length }, predicted);
}
