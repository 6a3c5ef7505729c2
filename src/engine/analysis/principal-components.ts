import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import type { Pace } from '../heads/pace';
import { Random } from '../random';

export interface PrincipalComponents {
  /** [n, components]: where each row lies along them, the mean taken out. */
  readonly scores: Float32Array;
  /** [components]: the share of the whole variance along each. */
  readonly explained: Float64Array;
  /** Fewer than asked for where the rows span no more. */
  readonly components: number;
}

/** Directions beside those that are asked for: they make the others converge. */
const spare = 8;
/** Each is as good as a squaring of the spectrum; of many components the last matter least. */
const passesFor = (components: number): number => (components > 10 ? 6 : 12);
/** Relative change of the variances at which they have converged. */
const tolerance = 1e-10;

/**
 * The principal components of features [n, d], by block Lanczos with full orthogonalisation (Golub and Underwood 1977;
 * Halko, Martinsson and Tropp 2011 on how few passes suffice): a few passes over the rows and no d × d covariance.
 * Deterministic: the start is seeded, and of each component the entry of largest size is positive, as in scikit-learn.
 * `onPass` is told how many of at most how many passes are done. Rejects with `cancelled`.
 */
export async function principalComponents(
  features: Float32Array,
  d: number,
  wanted: number,
  pace: Pace,
  onPass: (done: number, of: number) => void = () => undefined,
): Promise<PrincipalComponents> {
  const n = features.length / d;
  const mean = await columnMeans(features, d, pace);
  const rank = Math.min(n - 1, d);
  const components = Math.max(0, Math.min(wanted, rank));
  const block = Math.min(components + spare, rank);
  if (components === 0) return { scores: new Float32Array(0), explained: new Float64Array(0), components };
  const random = new Random(0, 'principal components');
  let next = Matrix.random(d, block, { random: () => random.normal() });
  const mostPasses = passesFor(components);
  const basis: Matrix[] = [];
  const images: Matrix[] = [];
  let variances: number[] = [];
  let directions = next;
  for (let pass = 1; pass <= mostPasses; pass++) {
    const fresh = orthonormal(next, basis);
    if (fresh === null) break;
    basis.push(fresh);
    const image = await covarianceTimes(features, mean, fresh, pace);
    images.push(image);
    const [all, product] = [beside(basis), beside(images)];
    const small = all.transpose().mmul(product);
    // Rounding leaves it not quite symmetric.
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
      Matrix.add(small, small.transpose()).div(2),
      { assumeSymmetric: true },
    );
    const order = [...realEigenvalues.keys()]
      .sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
      .slice(0, components);
    const found = order.map((i) => Math.max(0, realEigenvalues[i]!));
    directions = all.mmul(eigenvectorMatrix.subMatrixColumn(order));
    onPass(pass, mostPasses);
    const settled = found.every(
      (value, i) => Math.abs(value - (variances[i] ?? Infinity)) <= tolerance * found[0]!,
    );
    variances = found;
    if (settled) break;
    next = image;
  }
  const total = await totalVariance(features, mean, pace);
  signed(directions);
  return {
    scores: await project(features, mean, directions, pace),
    explained: Float64Array.from(variances, (value) => (total > 0 ? value / total : 0)),
    components,
  };
}

/** [n, d] → [d] */
async function columnMeans(features: Float32Array, d: number, pace: Pace): Promise<Float64Array> {
  const sums = new Float64Array(d);
  for (let i = 0; i < features.length;) {
    for (let j = 0; j < d; j++, i++) sums[j]! += features[i]!;
    await pace.breathe();
  }
  const n = features.length / d;
  return sums.map((sum) => sum / n);
}

async function totalVariance(features: Float32Array, mean: Float64Array, pace: Pace): Promise<number> {
  const d = mean.length;
  let sum = 0;
  for (let i = 0; i < features.length;) {
    for (let j = 0; j < d; j++, i++) sum += (features[i]! - mean[j]!) ** 2;
    await pace.breathe();
  }
  return sum / (features.length / d);
}

/** The part of `block` that is orthogonal to `basis`, orthonormal; null: nothing is left. */
function orthonormal(block: Matrix, basis: readonly Matrix[]): Matrix | null {
  let rest = block;
  // Twice is enough (Giraud, Langou and Rozložník 2005).
  for (let time = 0; time < 2; time++) {
    for (const known of basis) rest = Matrix.sub(rest, known.mmul(known.transpose().mmul(rest)));
    const { orthogonalMatrix, upperTriangularMatrix: r } = new QrDecomposition(rest);
    const size = Math.max(...r.diagonal().map(Math.abs));
    const kept = r.diagonal().flatMap((value, i) => (Math.abs(value) > 1e-12 * size ? [i] : []));
    if (!(size > 1e-12 * block.norm()) || kept.length === 0) return null;
    rest = orthogonalMatrix.subMatrixColumn(kept);
  }
  return rest;
}

function beside(blocks: readonly Matrix[]): Matrix {
  const columns = blocks.reduce((sum, block) => sum + block.columns, 0);
  const all = new Matrix(blocks[0]!.rows, columns);
  let at = 0;
  for (const block of blocks) {
    all.setSubMatrix(block, 0, at);
    at += block.columns;
  }
  return all;
}

/** The covariance of the rows times a block [d, p], row by row: neither is the mean subtracted from a copy. */
async function covarianceTimes(
  features: Float32Array,
  mean: Float64Array,
  block: Matrix,
  pace: Pace,
): Promise<Matrix> {
  const [d, p] = [block.rows, block.columns];
  const q = Float64Array.from(block.to1DArray());
  const out = new Float64Array(d * p);
  const along = new Float64Array(p);
  for (let start = 0; start < features.length; start += d) {
    along.fill(0);
    for (let j = 0, k = 0; j < d; j++) {
      const x = features[start + j]! - mean[j]!;
      for (let c = 0; c < p; c++, k++) along[c]! += x * q[k]!;
    }
    for (let j = 0, k = 0; j < d; j++) {
      const x = features[start + j]! - mean[j]!;
      for (let c = 0; c < p; c++, k++) out[k]! += x * along[c]!;
    }
    await pace.breathe();
  }
  const n = features.length / d;
  return Matrix.from1DArray(d, p, out).div(n);
}

/** Turns each column so that its entry of largest size is positive. */
function signed(directions: Matrix): void {
  for (let c = 0; c < directions.columns; c++) {
    const column = directions.getColumn(c);
    const largest = column.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    if (largest < 0) directions.mulColumn(c, -1);
  }
}

async function project(
  features: Float32Array,
  mean: Float64Array,
  directions: Matrix,
  pace: Pace,
): Promise<Float32Array> {
  const [d, k] = [directions.rows, directions.columns];
  const flat = Float64Array.from(directions.to1DArray());
  const n = features.length / d;
  const scores = new Float32Array(n * k);
  const along = new Float64Array(k);
  for (let row = 0; row < n; row++) {
    along.fill(0);
    for (let j = 0, at = 0; j < d; j++) {
      const x = features[row * d + j]! - mean[j]!;
      for (let c = 0; c < k; c++, at++) along[c]! += x * flat[at]!;
    }
    scores.set(along, row * k);
    await pace.breathe();
  }
  return scores;
}
