/** Counts of every truth and answer. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** [classes, classes], row-major: rows are labels, columns predictions. */
  readonly counts: Uint32Array;
}

export interface ClassMetrics {
  /** Share of the images said to be of the class that are; null where none was. */
  readonly precision: number | null;
  /** Share of the class's images that were found; null where it has none. */
  readonly recall: number | null;
  /** Harmonic mean of the two, 2 TP / (2 TP + FP + FN); null where the class neither has images nor was predicted. */
  readonly f1: number | null;
  /** Images of the class. */
  readonly support: number;
}

export interface AveragedMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClassReport {
  /** In the order of the classes. */
  readonly perClass: readonly ClassMetrics[];
  /** Each class counts the same; what is undefined counts 0, as scikit-learn's `zero_division=0`. */
  readonly macro: AveragedMetrics;
  /** Each class counts by its images. */
  readonly weighted: AveragedMetrics;
}

/** The class of the (first) largest logit of each row of [n, classes]. */
export function predictedClasses(logits: Float32Array, classes: number): Uint16Array {
  const predicted = new Uint16Array(logits.length / classes);
  for (let row = 0; row < predicted.length; row++) {
    const start = row * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[start + c]! > logits[start + best]!) best = c;
    predicted[row] = best;
  }
  return predicted;
}

export function confusionMatrix(
  labels: Uint16Array,
  predicted: Uint16Array,
  classes: number,
): ConfusionMatrix {
  const counts = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]! * classes + predicted[i]!]!++;
  return { classes, counts };
}

/** Precision, recall, F1 and support of each class, and their averages (scikit-learn's `classification_report`). */
export function classReport({ classes, counts }: ConfusionMatrix): ClassReport {
  const perClass = Array.from({ length: classes }, (_, c): ClassMetrics => {
    const hits = counts[c * classes + c]!;
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < classes; other++) {
      support += counts[c * classes + other]!;
      predicted += counts[other * classes + c]!;
    }
    return {
      precision: predicted === 0 ? null : hits / predicted,
      recall: support === 0 ? null : hits / support,
      f1: support + predicted === 0 ? null : (2 * hits) / (support + predicted),
      support,
    };
  });
  const average = (weigh: (metrics: ClassMetrics) => number): AveragedMetrics => {
    const total = perClass.reduce((sum, metrics) => sum + weigh(metrics), 0);
    const mean = (key: keyof AveragedMetrics) =>
      perClass.reduce((sum, metrics) => sum + weigh(metrics) * (metrics[key] ?? 0), 0) / total;
    return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
  };
  return { perClass, macro: average(() => 1), weighted: average(({ support }) => support) };
}
