import type { ExampleSource } from './examples';
import type { TrainedHead } from './head';
import { headLogitsOnBackend } from './layers';
import type { Pace } from './pace';

/** Examples in one forward pass: enough to keep a backend busy, few enough to cancel soon. */
const rowsAtOnce = 512;

/** Logits [n, classes] of features [n, inputs] on the current backend, however many. Rejects with `cancelled`. */
export async function allLogits(
  head: TrainedHead,
  features: Float32Array,
  pace: Pace,
): Promise<Float32Array> {
  const n = features.length / head.inputs;
  const logits = new Float32Array(n * head.classes);
  for (let from = 0; from < n; from += rowsAtOnce) {
    const to = Math.min(from + rowsAtOnce, n);
    const rows = features.subarray(from * head.inputs, to * head.inputs);
    logits.set(await headLogitsOnBackend(head, rows, to - from), from * head.classes);
    await pace.breathe();
  }
  return logits;
}

/** Logits [n, classes] of a source's examples, in their own order. Rejects with `cancelled`. */
export async function sourceLogits(
  head: TrainedHead,
  source: ExampleSource,
  pace: Pace,
): Promise<Float32Array> {
  const { classes } = head;
  const logits = new Float32Array(source.labels.length * classes);
  for await (const { rows, features } of source.parts()) {
    const some = await allLogits(head, features, pace);
    for (const [i, row] of rows.entries())
      logits.set(some.subarray(i * classes, (i + 1) * classes), row * classes);
  }
  return logits;
}
