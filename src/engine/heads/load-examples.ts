import type { FeatureSpec } from '../features/key';
import type { FeatureStore } from '../features/store';
import type { LabelledIds } from '../run';
import { repeated, type Examples, type ExampleSource } from './examples';
import { mostInMemory, StoredExamples } from './stored-examples';

/** Examples of which it is known where they lie. */
export type LoadedExamples = (Examples | StoredExamples) & { readonly classes: number };

/**
 * The features of images under each spec in turn, copy after copy: in memory up to `most` bytes, else left in the store.
 * Rejects with `features-missing`. The order of an epoch depends on which of the two it is: what decides must not
 * change from machine to machine.
 */
export async function loadExamples(
  store: FeatureStore,
  specs: readonly FeatureSpec[],
  share: LabelledIds,
  { inputs, classes }: { readonly inputs: number; readonly classes: number },
  most = mostInMemory,
): Promise<LoadedExamples> {
  const { ids, labels } = share;
  if (4 * specs.length * ids.length * inputs > most)
    return StoredExamples.of(store, specs, share, { inputs, classes });
  const features = new Float32Array(specs.length * ids.length * inputs);
  for (const [copy, spec] of specs.entries())
    await store.readInto(features.subarray(copy * ids.length * inputs), spec, ids, inputs);
  return { features, labels: repeated(labels, specs.length), classes, copies: specs.length };
}

/** Some of the examples, in the order of `rows`; in memory wherever they fit. */
export async function subsetOf(
  examples: Examples | StoredExamples,
  rows: Uint32Array,
  most = mostInMemory,
): Promise<Examples | ExampleSource> {
  if (examples instanceof StoredExamples) {
    const some = examples.only(rows);
    if (4 * rows.length * some.inputs > most) return some;
    return { features: await some.features(), labels: some.labels, classes: some.classes };
  }
  const { features, labels, classes } = examples;
  const width = features.length / labels.length;
  const kept = new Float32Array(rows.length * width);
  for (const [to, row] of rows.entries())
    kept.set(features.subarray(row * width, (row + 1) * width), to * width);
  return {
    features: kept,
    labels: Uint16Array.from(rows, (row) => labels[row]!),
    ...(classes !== undefined && { classes }),
  };
}
