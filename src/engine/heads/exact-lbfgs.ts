/** Writes the gradient at `x` into `gradient` and returns the value; neither array is kept. */
export type Objective = (x: Float64Array, gradient: Float64Array) => Promise<number>;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Euclidean. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** False: no step improved on `x` any more, or `maxIterations` were done, before `tolerance` was met. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** The gradient's Euclidean norm at which it ends. */
  readonly tolerance: number;
  readonly maxIterations?: number;
  /** Relative rounding error of the objective's value: rises below it are no rises. */
  readonly noise?: number;
}

/** How many steps the curvature is remembered from; Nocedal and Wright recommend 3 … 20. */
const memory = 10;
/** The constants of the Wolfe conditions, as usual for quasi-Newton steps (Nocedal and Wright 2006, section 3.1). */
const sufficientDecrease = 1e-4;
const curvature = 0.9;
const lineSearchSteps = 30;

interface Step {
  /** Change of x, change of the gradient, and 1 / (s · y). */
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/**
 * L-BFGS (Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a bisection for the weak Wolfe conditions (Lewis and
 * Overton 2013), which needs no interpolation and so stands the rounding of a float32 objective.
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIterations = 1000, noise = 1e-9 }: MinimiseOptions,
): Promise<Minimum> {
  let x = start.slice();
  let gradient = new Float64Array(x.length);
  let value = await objective(x, gradient);
  const steps: Step[] = [];
  let iterations = 0;
  let stuck = false;
  while (norm(gradient) > tolerance && iterations < maxIterations && !stuck) {
    const direction = twoLoop(gradient, steps);
    const found = await wolfe(objective, { x, gradient, value, direction, noise, first: steps.length === 0 });
    if (found === null) {
      // A memory gone bad is forgotten first; then steepest descent has the last word.
      stuck = steps.length === 0;
      steps.length = 0;
      continue;
    }
    const s = difference(found.x, x);
    const y = difference(found.gradient, gradient);
    const sy = dot(s, y);
    if (sy > 1e-10 * dot(y, y)) steps.push({ s, y, rho: 1 / sy });
    if (steps.length > memory) steps.shift();
    ({ x, gradient, value } = found);
    iterations++;
  }
  const gradientNorm = norm(gradient);
  return { x, value, gradientNorm, iterations, converged: gradientNorm <= tolerance };
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

interface Ray extends Point {
  readonly direction: Float64Array;
  readonly noise: number;
  /** Nothing is known of the curvature yet: the length of the direction means nothing. */
  readonly first: boolean;
}

async function wolfe(objective: Objective, ray: Ray): Promise<Point | null> {
  const { direction, value, noise } = ray;
  const slope = dot(ray.gradient, direction);
  let low = 0;
  let high = Infinity;
  let t = ray.first ? Math.min(1, 1 / norm(ray.gradient)) : 1;
  for (let i = 0; i < lineSearchSteps; i++) {
    const x = ray.x.map((v, k) => v + t * direction[k]!);
    const gradient = new Float64Array(x.length);
    const reached = await objective(x, gradient);
    const allowed = value + sufficientDecrease * t * slope + noise * Math.abs(value);
    // Written so that NaN counts as too far.
    if (!(reached <= allowed)) high = t;
    else if (dot(gradient, direction) < curvature * slope) low = t;
    else return { x, gradient, value: reached };
    t = high === Infinity ? 2 * t : (low + high) / 2;
  }
  return null;
}

/** −H · gradient, H being the inverse Hessian as the last steps tell it. */
function twoLoop(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = steps.map(() => 0);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i]!;
    alphas[i] = rho * dot(s, q);
    addScaled(q, y, -alphas[i]!);
  }
  const last = steps.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let k = 0; k < q.length; k++) q[k]! *= scale;
  }
  for (const [i, { s, y, rho }] of steps.entries()) addScaled(q, s, alphas[i]! - rho * dot(y, q));
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function addScaled(target: Float64Array, a: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * a[i]!;
}
