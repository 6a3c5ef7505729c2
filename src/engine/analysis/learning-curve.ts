import { Random } from '../random';
import { quantile } from '../results/paired';
import { wilsonInterval, type Interval } from '../results/statistics';
import { accuracyAt, fitPowerLaw, type PowerLaw } from './power-law';
import { student975 } from './student';

/** What was measured at one number of training images. */
export interface Measured {
  /** Training images. */
  readonly images: number;
  /** For each repeat: 1 for each validation image that was recognised, else 0. */
  readonly hits: readonly Uint8Array[];
}

export interface LearningPoint {
  readonly images: number;
  /** Of the validation images, by repeat; subsets of one repeat contain each other. */
  readonly repeats: readonly number[];
  /** Their mean. */
  readonly accuracy: number;
  /** 95 %, for both that other training and that other validation images might have been had. */
  readonly interval: Interval;
  /** 95 %, Wilson, for other validation images alone. */
  readonly validationInterval: Interval;
}

/** What doubling the number of training images does, in accuracy. */
export interface Gain {
  readonly from: number;
  readonly to: number;
  readonly gain: number;
  /** 95 % */
  readonly interval: Interval;
}

/** Whether twice as many images would help: by a point or more, by less, or that it cannot be told. */
export type MoreImages = 'yes' | 'hardly' | 'cannot tell';

export interface CurveAnswer {
  /** Ascending. */
  readonly points: readonly LearningPoint[];
  /** From half of the images to all; null where half is too few. */
  readonly lastDoubling: Gain | null;
  /** Through the points; null where there are fewer than four. */
  readonly law: PowerLaw | null;
  /** From all of the images to twice as many, if the curve goes on as that law. */
  readonly nextDoubling: Gain | null;
  readonly moreImages: MoreImages;
}

/** The learning curve of a run; plain data. */
export interface LearningCurve extends CurveAnswer {
  readonly runId: string;
  readonly validationImages: number;
  /** Trainings at each number of images below all; at all of them the exact head needs one. */
  readonly repeats: number;
  /** Weight of the squared kernel at all of the images, for the exact head: at fewer it grows as 1 / n. */
  readonly l2: number | null;
  /** The run was trained on altered copies of its images, too, which the curve leaves out; missing: no. */
  readonly withoutCopies?: boolean;
}

/** A point of accuracy: less is hardly worth labelling as many images again. */
const worthwhile = 0.01;
const leastPoints = 4;
const resamples = 1000;

/**
 * What the measurements say. The variance between repeats is that of subsets of one finite set of images: what other
 * training images would have done differs more, by 1 + R · f / (1 − f) for R repeats of a share f (the correction for
 * resampling of Nadeau and Bengio 2003, for nested subsets); for all images it follows from that of the smaller ones,
 * as 1 / n.
 */
export function answerOf(measured: readonly Measured[], seed: number): CurveAnswer {
  const total = measured.at(-1)!.images;
  const spread = measured.map((_, k) => spreadAt(measured, k));
  const points = measured.map((at, k) => pointOf(at, total, spread[k]!));
  const half = measured.findIndex(({ images }) => images === Math.round(total / 2));
  const lastDoubling = half < 0 ? null : gainBetween(measured[half]!, measured.at(-1)!, spread[half]!);
  const law =
    points.length < leastPoints
      ? null
      : fitPowerLaw(
          points.map(({ images }) => images),
          points.map(({ accuracy }) => accuracy),
        );
  const nextDoubling = law && extrapolated(measured, spread, law, seed);
  return { points, lastDoubling, law, nextDoubling, moreImages: judge(lastDoubling, nextDoubling) };
}

function judge(last: Gain | null, next: Gain | null): MoreImages {
  if (last === null || next === null) return 'cannot tell';
  if (next.interval.high < worthwhile) return 'hardly';
  return next.interval.low >= worthwhile / 2 && last.interval.low > 0 ? 'yes' : 'cannot tell';
}

/** Variance of the accuracy between training sets of a size, were each drawn anew. */
interface Spread {
  readonly variance: number;
  /** Degrees of freedom that it was estimated with; 0: nothing is known. */
  readonly freedom: number;
}

const accuracyOf = (hits: Uint8Array): number => hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** From the size itself and its neighbours, taking the variance for inversely proportional to the size. */
function spreadAt(measured: readonly Measured[], k: number): Spread {
  const total = measured.at(-1)!.images;
  let [sum, freedom] = [0, 0];
  // Nearly all of the images leave little to differ in: their variance says too little.
  const usable = measured.filter(({ images, hits }) => images < 0.9 * total && hits.length > 1);
  const near = usable.toSorted((a, b) => distance(a, measured[k]!) - distance(b, measured[k]!)).slice(0, 3);
  for (const { images, hits } of near) {
    const accuracies = hits.map(accuracyOf);
    const mean = meanOf(accuracies);
    const squares = accuracies.reduce((all, a) => all + (a - mean) ** 2, 0);
    sum += (images * squares) / (1 - images / total);
    freedom += hits.length - 1;
  }
  return { variance: freedom === 0 ? 0 : sum / freedom / measured[k]!.images, freedom };
}

const distance = (a: Measured, b: Measured): number => Math.abs(Math.log(a.images / b.images));

/** Share of that variance that the mean over the repeats still has. */
function ofMean({ images, hits }: Measured, total: number): number {
  const f = images / total;
  return f + (1 - f) / hits.length;
}

function pointOf(at: Measured, total: number, { variance, freedom }: Spread): LearningPoint {
  const repeats = at.hits.map(accuracyOf);
  const accuracy = meanOf(repeats);
  const judged = at.hits[0]!.length;
  const validationInterval = wilsonInterval(accuracy * judged, judged);
  const training = freedom === 0 ? 0 : student975(freedom) * Math.sqrt(variance * ofMean(at, total));
  return {
    images: at.images,
    repeats,
    accuracy,
    interval: {
      low: Math.max(0, accuracy - Math.hypot(accuracy - validationInterval.low, training)),
      high: Math.min(1, accuracy + Math.hypot(validationInterval.high - accuracy, training)),
    },
    validationInterval,
  };
}

/** [validation images]: in which share of the repeats each was recognised. */
function shares(hits: readonly Uint8Array[]): Float64Array {
  return Float64Array.from(
    hits[0]!,
    (_, i) => hits.reduce((sum, repeat) => sum + repeat[i]!, 0) / hits.length,
  );
}

/** Paired: on the same validation images, nested in the same training images. */
function gainBetween(small: Measured, all: Measured, { variance, freedom }: Spread): Gain {
  const [before, after] = [shares(small.hits), shares(all.hits)];
  const n = before.length;
  const gain = after.reduce((sum, share, i) => sum + share - before[i]!, 0) / n;
  // One image more that is won and one that is lost (Agresti and Min 2005): none seen does not mean none.
  const squares = after.reduce((sum, share, i) => sum + (share - before[i]! - gain) ** 2, 1);
  const f = small.images / all.images;
  const error = Math.sqrt(squares / n ** 2 + (variance * (1 - f)) / small.hits.length);
  const half = (freedom === 0 ? 1.96 : student975(freedom)) * error;
  return { from: small.images, to: all.images, gain, interval: { low: gain - half, high: gain + half } };
}

/**
 * The gain of the next doubling by the law, and its interval by a seeded bootstrap of the law: validation images are
 * drawn anew, the same for all sizes, and training images vary as they do between repeats.
 */
function extrapolated(
  measured: readonly Measured[],
  spread: readonly Spread[],
  law: PowerLaw,
  seed: number,
): Gain | null {
  const total = measured.at(-1)!.images;
  const images = measured.map(({ images: n }) => n);
  const recognised = measured.map(({ hits }) => shares(hits));
  const judged = recognised[0]!.length;
  const gainOf = (fitted: PowerLaw) => accuracyAt(fitted, 2 * total) - accuracyAt(fitted, total);
  const random = new Random(seed, 'learning curve');
  const gains = Float64Array.from({ length: resamples }, () => {
    const accuracies = new Float64Array(measured.length);
    for (let draw = 0; draw < judged; draw++) {
      const i = random.below(judged);
      for (const [k, share] of recognised.entries()) accuracies[k]! += share[i]! / judged;
    }
    const common = random.normal();
    for (const [k, at] of measured.entries()) {
      const f = at.images / total;
      const own = Math.sqrt((1 - f) / at.hits.length) * random.normal();
      accuracies[k]! += Math.sqrt(spread[k]!.variance) * (Math.sqrt(f) * common + own);
    }
    return gainOf(fitPowerLaw(images, accuracies));
  }).sort();
  return {
    from: total,
    to: 2 * total,
    gain: gainOf(law),
    interval: { low: quantile(gains, 0.025), high: quantile(gains, 0.975) },
  };
}
