/** An example whose label is doubted. */
export interface Suspicion {
  readonly row: number;
  readonly label: number;
  /** The class that it looks like. */
  readonly suggested: number;
  /** Out-of-fold probability of the label: the self-confidence. */
  readonly labelProbability: number;
  readonly suggestedProbability: number;
}

/**
 * The probability from which on a class counts as likely, [classes]: the mean self-confidence of its own examples
 * (Northcutt, Jiang and Chuang 2021, “Confident Learning: Estimating Uncertainty in Dataset Labels”, equation 2), so
 * that a class that the classifier is unsure of asks for less. Infinity for a class without examples.
 * @param probabilities [n, classes], each row by a fit that has not seen it
 */
export function classThresholds(
  probabilities: Float32Array,
  labels: Uint16Array,
  classes: number,
): Float64Array {
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (const [row, label] of labels.entries()) {
    sums[label]! += probabilities[row * classes + label]!;
    counts[label]!++;
  }
  return sums.map((sum, c) => (counts[c] === 0 ? Infinity : sum / counts[c]!));
}

/** Probability of the label less that of the likeliest other class, −1 … 1, [n]: the lower, the more doubtful. */
export function normalisedMargins(
  probabilities: Float32Array,
  labels: Uint16Array,
  classes: number,
): Float32Array {
  return Float32Array.from(labels, (label, row) => {
    let other = 0;
    for (let c = 0; c < classes; c++)
      if (c !== label) other = Math.max(other, probabilities[row * classes + c]!);
    return probabilities[row * classes + label]! - other;
  });
}

/**
 * The examples that are likely mislabelled by confident learning: another class reaches its threshold and is likelier
 * than the label. The most doubtful, by normalised margin, first.
 */
export function suspicions(probabilities: Float32Array, labels: Uint16Array, classes: number): Suspicion[] {
  const thresholds = classThresholds(probabilities, labels, classes);
  const found: Suspicion[] = [];
  for (const [row, label] of labels.entries()) {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    let suggested = label;
    // Float32 sums are worth no more digits than this.
    for (let c = 0; c < classes; c++)
      if (c !== label && own[c]! >= thresholds[c]! - 1e-6 && own[c]! > own[suggested]!) suggested = c;
    if (suggested !== label)
      found.push({
        row,
        label,
        suggested,
        labelProbability: own[label]!,
        suggestedProbability: own[suggested]!,
      });
  }
  const margins = normalisedMargins(probabilities, labels, classes);
  return found.sort((a, b) => margins[a.row]! - margins[b.row]! || a.row - b.row);
}
