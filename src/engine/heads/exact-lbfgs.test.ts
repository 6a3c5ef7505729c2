import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './exact-lbfgs';

/** Σ 100 (x₂ − x₁²)² + (1 − x₁)² over pairs: minimum 0 at all ones, down a bent valley (Rosenbrock 1960). */
const rosenbrock: Objective = (x, gradient) => {
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i]!, x[i + 1]!];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = -400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = 200 * (b - a * a);
  }
  return Promise.resolve(value);
};

describe('minimise', () => {
  it('finds the end of Rosenbrock’s valley from the usual start', async () => {
    const start = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const { x, value, gradientNorm, iterations, converged } = await minimise(rosenbrock, start, {
      tolerance: 1e-8,
    });
    expect(converged).toBe(true);
    expect(gradientNorm).toBeLessThanOrEqual(1e-8);
    expect(value).toBeLessThan(1e-16);
    expect(iterations).toBeLessThan(80);
    for (const xi of x) expect(xi).toBeCloseTo(1, 8);
    expect(start[0]).toBe(-1.2);
  });

  it('solves a quadratic whose curvatures lie a thousand apart', async () => {
    const curvature = (i: number) => 10 ** (i / 8);
    const quadratic: Objective = (x, gradient) => {
      x.forEach((xi, i) => (gradient[i] = curvature(i) * (xi - i)));
      return Promise.resolve(x.reduce((sum, xi, i) => sum + 0.5 * curvature(i) * (xi - i) ** 2, 0));
    };
    const { x, converged } = await minimise(quadratic, new Float64Array(25), { tolerance: 1e-5 });
    expect(converged).toBe(true);
    for (const [i, xi] of x.entries()) expect(xi).toBeCloseTo(i, 4);
  });

  it('stays where it is at a minimum, and says when it stopped short', async () => {
    const ones = new Float64Array(4).fill(1);
    expect(await minimise(rosenbrock, ones, { tolerance: 1e-8 })).toMatchObject({
      iterations: 0,
      converged: true,
    });
    const short = await minimise(rosenbrock, new Float64Array(4), { tolerance: 1e-8, maxIterations: 3 });
    expect(short).toMatchObject({ iterations: 3, converged: false });
  });

  it('ends when rounding hides every descent', async () => {
    const stairs: Objective = async (x, gradient) => {
      const value = await rosenbrock(x, gradient);
      return Math.round(value * 10) / 10;
    };
    const { converged, value } = await minimise(stairs, Float64Array.of(-1.2, 1), { tolerance: 0, noise: 0 });
    expect(converged).toBe(false);
    expect(value).toBeLessThan(5);
  });

  it('passes on what the objective throws', async () => {
    const broken: Objective = () => Promise.reject(new Error('cancelled'));
    await expect(minimise(broken, new Float64Array(1), { tolerance: 1 })).rejects.toThrow('cancelled');
  });
});
