import { cutOf } from '../engine/cuts';
import { HeadwayError, toErrorData } from '../engine/errors';
import type { BaseRequest, Prediction, RunResult } from '../engine/run';
import type { Workers } from './run-lane';

/**
 * Asks every finished run about one picture; runs on the same base, weights and cut share one pass through it. Bases work
 * one after the other, so that no more are in memory than need be. A run whose weights are gone is left out, unless
 * it is the only one.
 */
export async function predict(
  image: Blob,
  runs: readonly RunResult[],
  workers: Workers,
): Promise<Prediction[]> {
  if (runs.length === 0)
    throw new HeadwayError({
      code: 'unknown-run',
      message: 'There is no finished run to ask.',
      advice: 'Train a head first.',
    });
  const embedded = new Map<string, Promise<Timed>>();
  const embed = (run: RunResult) => {
    const { backend, resize } = run.request;
    const { base, weightsDigest } = run;
    const request: BaseRequest = { base, backend, resize, weightsDigest, cut: cutOf(run.request, base) };
    const key = JSON.stringify(request);
    const pass =
      embedded.get(key) ??
      timed(() =>
        workers.residency.use(
          run.base,
          () => workers.base(run.base).call((api) => api.embed(request, image)),
          { wait: false },
        ),
      );
    embedded.set(key, pass);
    return pass;
  };
  const predictions: Prediction[] = [];
  let gone: unknown = null;
  for (const run of runs)
    try {
      const pass = await embed(run);
      const classified = await timed(() =>
        workers.head.call((api) => api.classify(run.runId, pass.features)),
      );
      const classes = run.classes
        .map((label, i) => ({ label, probability: classified.features[i]! }))
        .sort((a, b) => b.probability - a.probability);
      predictions.push({ runId: run.runId, base: run.base, classes, ms: pass.ms + classified.ms });
    } catch (error) {
      if (toErrorData(error).code !== 'weights-incompatible') throw error;
      gone = error;
    }
  if (predictions.length === 0) throw gone;
  return predictions;
}

interface Timed {
  readonly features: Float32Array;
  readonly ms: number;
}

async function timed(work: () => Promise<Float32Array>): Promise<Timed> {
  const start = performance.now();
  const features = await work();
  return { features, ms: performance.now() - start };
}
