import type { Random } from '../random';
import { dropoutMask } from './dropout';
import type { TrainedHead } from './head';
import { batchGradients, type Results } from './layers';
import { addPenaltyGradient, penalty, score, type Score } from './loss';
import type { Optimizer } from './optimizers';
import type { Pace } from './pace';
import type { Tail } from './tail-weights';
import { exampleWeights } from './train';

/** Everything that a tail's training changes or reads. */
export interface Training {
  readonly head: TrainedHead;
  readonly tail: Tail;
  readonly optimizeHead: Optimizer;
  readonly optimizeTail: Optimizer;
  readonly results: Required<Results>;
  readonly classWeights: Float64Array | null;
  readonly shuffle: Random;
  readonly dropout: Random;
  readonly order: Uint32Array;
  readonly pace: Pace;
}

/**
 * One batch forward, back, and both updates; the score is of the weights before, penalty included. `onImages` is told
 * of each part that memory has room for: of a large base a batch may take minutes.
 */
export async function step(
  training: Training,
  maps: Float32Array,
  labels: Uint16Array,
  tailLearns: boolean,
  onImages: (count: number) => void,
): Promise<Score> {
  const { head, tail, classWeights } = training;
  const { l2, dropout, hidden } = head.spec;
  const size = labels.length;
  const masks =
    dropout === 0 ? [] : hidden.map((units) => dropoutMask(size * units, dropout, training.dropout));
  const weights = exampleWeights({ size, labels }, classWeights);
  const sums: Sums = { head: null, tail: null };
  let loss = size * penalty(head);
  let correct = 0;
  for (let from = 0; from < size; from += tail.atOnce) {
    const to = Math.min(size, from + tail.atOnce);
    const part: Part = {
      maps: maps.subarray((from * maps.length) / size, (to * maps.length) / size),
      labels: labels.subarray(from, to),
      weights: weights.subarray(from, to),
      masks: masks.map((mask, i) => mask.subarray(from * hidden[i]!, to * hidden[i]!)),
    };
    await addGradients(training, part, tailLearns, to < size || from > 0, sums);
    const scored = score(training.results.logits, part.labels, head.classes, classWeights);
    loss += scored.loss;
    correct += scored.correct;
    if (!Number.isFinite(loss)) return { loss, correct };
    onImages(to - from);
    await training.pace.breathe();
  }
  if (tailLearns) {
    training.optimizeTail(sums.tail!);
    tail.changed();
  }
  if (l2 > 0)
    for (const [i, { kernel }] of head.layers.entries()) addPenaltyGradient(sums.head![2 * i]!, kernel, l2);
  training.optimizeHead(sums.head!);
  return { loss, correct };
}

/** As many images of a batch as fit into one pass. */
interface Part {
  readonly maps: Float32Array;
  readonly labels: Uint16Array;
  readonly weights: Float32Array;
  readonly masks: readonly Float32Array[];
}

/** Gradients of the parts so far. */
interface Sums {
  head: readonly Float32Array[] | null;
  tail: readonly Float32Array[] | null;
}

/** A single part's gradients are used as they are, those of several are added up. */
async function addGradients(
  { head, tail, results }: Training,
  { maps, labels, weights, masks }: Part,
  tailLearns: boolean,
  isOneOfMany: boolean,
  sums: Sums,
): Promise<void> {
  const size = labels.length;
  const pass = tailLearns ? await tail.pass(maps) : null;
  try {
    const features = pass?.features ?? (await tail.features(maps));
    await batchGradients(head, { size, features, labels }, { weights, masks }, results);
    sums.head = added(sums.head, results.gradients, isOneOfMany);
    if (pass === null) return;
    const byTail = await pass.gradients(results.byFeatures.subarray(0, size * head.inputs));
    sums.tail = added(sums.tail, byTail, isOneOfMany);
  } finally {
    pass?.dispose();
  }
}

function added(
  sum: readonly Float32Array[] | null,
  parts: readonly Float32Array[],
  isOneOfMany: boolean,
): readonly Float32Array[] {
  if (sum === null) return isOneOfMany ? parts.map((part) => part.slice()) : parts;
  for (const [i, part] of parts.entries()) {
    const total = sum[i]!;
    for (let k = 0; k < part.length; k++) total[k]! += part[k]!;
  }
  return sum;
}
