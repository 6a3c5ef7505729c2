/** Labels made wrong on purpose, and how well a search for them does; no product code imports it. */

/** Every twentieth label is another one: 5 %. By arithmetic, so that Python makes the same. */
export function withWrongLabels(
  labels: Uint16Array,
  classes: number,
): { readonly labels: Uint16Array; readonly wrong: Uint8Array } {
  const wrong = Uint8Array.from(labels, (_, i) => (i % 20 === 7 ? 1 : 0));
  return {
    labels: labels.map((label, i) =>
      wrong[i] ? (label + 1 + (Math.floor(i / 20) % (classes - 1))) % classes : label,
    ),
    wrong,
  };
}

/** Area under the ROC curve by ranks (Mann and Whitney 1947): the chance that a wrong label scores lower. */
export function areaOf(scores: Float32Array, wrong: Uint8Array): number {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [right, above] = [0, 0];
  for (const row of order)
    if (wrong[row] === 1) above += wrong.length - sum(wrong) - right;
    else right++;
  return above / (sum(wrong) * (wrong.length - sum(wrong)));
}

const sum = (values: Uint8Array) => values.reduce((total, value) => total + value, 0);

/** Of the rows that are suspected: which share is wrong, and which share of the wrong ones is among them. */
export function found(rows: readonly number[], wrong: Uint8Array): { precision: number; recall: number } {
  const hits = rows.filter((row) => wrong[row] === 1).length;
  return { precision: hits / rows.length, recall: hits / sum(wrong) };
}
