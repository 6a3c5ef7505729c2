import { nets, type BaseId } from '../nets';
import type { Net } from '../nets/graph';
import { nodeShapes } from '../nets/shapes';
import { exactMcNemar } from '../results/paired';
import { wilsonInterval, type Interval } from '../results/statistics';
import { Random } from '../random';
import { adviceText } from './advice-text';

/**
 * The four cases of transfer learning, as the article and Stanford's CS231n notes number them: by how many images
 * there are, and how similar they are to those that the base was trained on.
 */
export type TransferCase = 1 | 2 | 3 | 4;

/** What counts as what. Conventions, not laws: the sources say “small” and “large” and give no numbers. */
export interface AdviceThresholds {
  /** Training images a class from which a data set is large; ImageNet itself has about 1,300. */
  readonly largeFrom: number;
  /** Level of the test of each earlier cut against the last one, before it is divided among them (Bonferroni). */
  readonly significance: number;
}

export const adviceThresholds: AdviceThresholds = { largeFrom: 1000, significance: 0.05 };

/** A linear classifier on the features at one cut, judged on images that it was not fitted to. */
export interface CutProbe {
  readonly cut: string;
  /** Length of its feature vector. */
  readonly width: number;
  /** Of `CaseAdvice.probed` images, each by the fit of a cross-validation that it was held out from. */
  readonly correct: number;
  readonly accuracy: number;
  /** Wilson, 95 %. */
  readonly interval: Interval;
  /** The penalty that the cross-validation chose. */
  readonly l2: number;
  /** Beside the last cut, on the same images; null for the last one itself. */
  readonly besideLast: {
    /** Accuracy minus that of the last cut. */
    readonly difference: number;
    /** Exact McNemar, two-sided, not corrected. */
    readonly pValue: number;
    /** Better than the last cut, at the corrected level. */
    readonly isBetter: boolean;
  } | null;
}

/** Which of the four cases a data set is, with the evidence. Plain data. */
export interface CaseAdvice {
  readonly base: BaseId;
  readonly weightsDigest: string;
  readonly fits: TransferCase;
  readonly isLarge: boolean;
  readonly isSimilar: boolean;
  /** Images that train, under the settings in the form. */
  readonly trainImages: number;
  readonly classes: number;
  /** Training images over classes. */
  readonly imagesPerClass: number;
  /** Training images of the smallest class. */
  readonly smallestClass: number;
  /** Images of the stratified sample that the probes were fitted to and judged on. */
  readonly probed: number;
  readonly folds: number;
  /** From the lowest cut to the last. */
  readonly probes: readonly CutProbe[];
  /** The cut to choose where the case asks for a lower one: the best probe's; else the last. */
  readonly cut: string;
  readonly thresholds: AdviceThresholds;
  /** For people. */
  readonly sentence: string;
  readonly evidence: string;
}

/** What was measured at one cut. */
export interface MeasuredCut {
  readonly cut: string;
  readonly width: number;
  readonly l2: number;
  /** [probed] 1 where the held-out prediction was right. */
  readonly hits: Uint8Array;
}

export interface MeasuredDataset {
  readonly base: BaseId;
  readonly weightsDigest: string;
  /** Training images of each class. */
  readonly perClass: readonly number[];
  readonly folds: number;
}

/** Cuts that stand for a base's depth: the last stage of each map size, the very last being the bottleneck. */
export function probedCuts({ nodes, stages, inputSize }: Net): string[] {
  const shapes = nodeShapes({ nodes }, inputSize);
  const bySize = new Map<number, string>();
  for (const { name, node } of stages) {
    const shape = shapes.get(node)!;
    if (shape.length === 3) bySize.set(shape[0], name);
  }
  // The last map and the bottleneck are the same vector.
  return [...[...bySize.values()].slice(0, -1), stages.at(-1)!.name];
}

/**
 * Rows of a seeded sample of at most `most` (but five of each class, where there are as many): class after class takes
 * one in turn, so that small classes are there too. Classes with a single image are left out: nothing can be held out
 * of them.
 */
export function stratifiedSample(labels: Uint16Array, most: number, seed: number): number[] {
  const byClass = new Map<number, number[]>();
  for (const row of new Random(seed, 'advice').shuffle(Uint32Array.from(labels, (_, i) => i))) {
    const label = labels[row]!;
    byClass.set(label, [...(byClass.get(label) ?? []), row]);
  }
  const classes = [...byClass.values()].filter((rows) => rows.length > 1);
  const enough = Math.max(most, 5 * classes.length);
  const sample: number[] = [];
  for (let turn = 0; sample.length < enough; turn++) {
    const drawn = classes.flatMap((rows) => rows.slice(turn, turn + 1));
    if (drawn.length === 0) break;
    // Whole turns only: a class must not be favoured for its place in the list.
    if (turn > 1 && sample.length + drawn.length > enough) break;
    sample.push(...drawn);
  }
  return sample.sort((a, b) => a - b);
}

/**
 * The advice. Similar means that the base's own last stage separates the classes best: no earlier cut's probe beats
 * it by the exact McNemar test on the same images, corrected for the number of earlier cuts.
 * @param measured from the lowest cut to the last
 */
export function adviseCase(
  dataset: MeasuredDataset,
  measured: readonly MeasuredCut[],
  thresholds: AdviceThresholds = adviceThresholds,
): CaseAdvice {
  const last = measured.at(-1)!;
  const level = thresholds.significance / Math.max(1, measured.length - 1);
  const probes = measured.map((one): CutProbe => {
    const correct = one.hits.reduce((sum, hit) => sum + hit, 0);
    const n = one.hits.length;
    return {
      cut: one.cut,
      width: one.width,
      correct,
      accuracy: correct / n,
      interval: wilsonInterval(correct, n),
      l2: one.l2,
      besideLast: one === last ? null : beside(one.hits, last.hits, level),
    };
  });
  const better = probes.filter(({ besideLast }) => besideLast?.isBetter);
  const best = better.reduce<CutProbe | null>((a, b) => (a !== null && a.correct >= b.correct ? a : b), null);
  const trainImages = dataset.perClass.reduce((sum, count) => sum + count, 0);
  const classes = dataset.perClass.length;
  const imagesPerClass = trainImages / classes;
  const isLarge = imagesPerClass >= thresholds.largeFrom;
  const isSimilar = best === null;
  const measurements: Omit<CaseAdvice, 'sentence' | 'evidence'> = {
    base: dataset.base,
    weightsDigest: dataset.weightsDigest,
    fits: caseOf(isLarge, isSimilar),
    isLarge,
    isSimilar,
    trainImages,
    classes,
    imagesPerClass,
    smallestClass: Math.min(...dataset.perClass),
    probed: last.hits.length,
    folds: dataset.folds,
    probes,
    cut: best?.cut ?? last.cut,
    thresholds,
  };
  return { ...measurements, ...adviceText(measurements, nets[dataset.base].title) };
}

export function caseOf(isLarge: boolean, isSimilar: boolean): TransferCase {
  if (isSimilar) return isLarge ? 2 : 1;
  return isLarge ? 4 : 3;
}

function beside(hits: Uint8Array, last: Uint8Array, level: number): NonNullable<CutProbe['besideLast']> {
  let onlyThis = 0;
  let onlyLast = 0;
  for (const [i, hit] of hits.entries()) {
    if (hit > last[i]!) onlyThis++;
    else if (hit < last[i]!) onlyLast++;
  }
  const pValue = exactMcNemar(onlyThis, onlyLast);
  return {
    difference: (onlyThis - onlyLast) / hits.length,
    pValue,
    isBetter: onlyThis > onlyLast && pValue < level,
  };
}
