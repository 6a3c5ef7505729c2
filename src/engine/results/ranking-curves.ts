export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** One class against all others, for every threshold on its probability. */
export interface RankingCurves {
  /** x: false positive rate, y: true positive rate; corners only, from (0, 0) to (1, 1). */
  readonly roc: readonly CurvePoint[];
  /** Under it, by trapezoids: the chance that a positive outranks a negative, ties counting half (Fawcett 2006). */
  readonly rocArea: number;
  /** x: recall, y: precision; from the highest threshold to the lowest. */
  readonly precisionRecall: readonly CurvePoint[];
  /** Average precision: Σ (recall step × precision), without the optimism of trapezoids (Davis and Goadrich 2006). */
  readonly averagePrecision: number;
}

/**
 * ROC and precision–recall curves of scores [n], where `positive` says which are of the class. Equal scores cannot be
 * told apart by a threshold and make one step. Null where either side is empty: there is nothing to rank.
 */
export function rankingCurves(
  scores: ArrayLike<number>,
  positive: (index: number) => boolean,
): RankingCurves | null {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  let positives = 0;
  for (let i = 0; i < order.length; i++) if (positive(i)) positives++;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const roc: CurvePoint[] = [{ x: 0, y: 0 }];
  const precisionRecall: CurvePoint[] = [];
  let [hits, alarms, rocArea, averagePrecision] = [0, 0, 0, 0];
  for (let i = 0; i < order.length;) {
    const score = scores[order[i]!]!;
    const before = { hits, alarms };
    for (; i < order.length && scores[order[i]!] === score; i++)
      if (positive(order[i]!)) hits++;
      else alarms++;
    rocArea += ((alarms - before.alarms) * (hits + before.hits)) / 2;
    averagePrecision += ((hits - before.hits) * hits) / (hits + alarms);
    addCorner(roc, { x: alarms / negatives, y: hits / positives });
    addPoint(precisionRecall, { x: hits / positives, y: hits / (hits + alarms) });
  }
  return {
    roc,
    rocArea: rocArea / (positives * negatives),
    precisionRecall,
    averagePrecision: averagePrecision / positives,
  };
}

/** Leaves out points in the middle of an edge that is level or upright: most of a ROC curve's. */
function addCorner(points: CurvePoint[], point: CurvePoint): void {
  const [before, last] = [points.at(-2), points.at(-1)!];
  const straight =
    before !== undefined &&
    ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
  if (straight) points[points.length - 1] = point;
  else points.push(point);
}

/** While recall stands still, precision only falls: its first and its last value are enough. */
function addPoint(points: CurvePoint[], point: CurvePoint): void {
  if (points.length > 1 && points.at(-1)!.x === point.x && points.at(-2)!.x === point.x)
    points[points.length - 1] = point;
  else points.push(point);
}
