import { wasmPresent } from '../backend/wasm';
import { useBackend } from '../backend/use';
import { FeatureStore } from '../features/store';
import type { JobControl } from '../job';
import { nets } from '../nets';
import { uniqueName } from '../random';
import type { StoredRun } from '../results/run-store';
import type { EpochMetrics, LabelledIds, RunResult, TrainRequest } from '../run';
import type { Storage } from '../storage';
import type { Examples } from './examples';
import { trainHead } from './train';

/**
 * The last leg of a run: stored features in, a finished run out. Heads train on WASM wherever the base ran: their
 * products are small, and the update works on plain arrays that a GPU would have to hand back at every step.
 */
export async function trainRun(
  storage: Storage,
  { request, base, split, extraction }: TrainRequest,
  control: JobControl,
  onEpoch: (metrics: EpochMetrics) => void,
): Promise<StoredRun> {
  await useBackend(wasmPresent() ? 'wasm' : extraction.backend);
  const store = new FeatureStore(storage);
  const classes = split.classes.length;
  const examples = async ({ ids, labels }: LabelledIds): Promise<Examples> => ({
    features: await store.readMatrix(extraction.spec, ids, nets[base].features),
    labels,
    classes,
  });
  const epochs = trainHead(
    request.head,
    request,
    await examples(split.train),
    await examples(split.validation),
    control,
  );
  let next = await epochs.next();
  while (next.done !== true) {
    onEpoch(next.value);
    next = await epochs.next();
  }
  const { head, bestEpoch, history, trainMs } = next.value;
  const result: RunResult = {
    runId: `${base}-${uniqueName()}`,
    finishedAt: new Date().toISOString(),
    base,
    backend: extraction.backend,
    weightsDigest: extraction.spec.weightsDigest,
    weights: extraction.weights,
    request,
    classes: split.classes,
    split: { train: split.train.ids, validation: split.validation.ids },
    history,
    bestEpoch,
    timing: { ...extraction.timing, trainMs },
  };
  return { result, head, spec: extraction.spec };
}
