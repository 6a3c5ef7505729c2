import { HeadwayError } from '../engine/errors';
import type { BaseId } from '../engine/nets';
import type { Prediction, RunResult } from '../engine/run';
import type { EngineClient } from '../worker/client';

/** Asks every finished run about one picture; runs on the same base share one pass through it. */
export async function predict(
  image: Blob,
  runs: readonly RunResult[],
  base: (id: BaseId) => EngineClient,
  head: EngineClient,
): Promise<Prediction[]> {
  if (runs.length === 0)
    throw new HeadwayError({
      code: 'unknown-run',
      message: 'There is no finished run to ask.',
      advice: 'Train a head first.',
    });
  const embedded = new Map<string, Promise<{ features: Float32Array; ms: number }>>();
  const embed = (run: RunResult) => {
    const request = { base: run.base, backend: run.request.backend, resize: run.request.resize };
    const key = JSON.stringify(request);
    let pass = embedded.get(key);
    if (pass === undefined) {
      pass = timed(() => base(run.base).call((api) => api.embed(request, image)));
      embedded.set(key, pass);
    }
    return pass;
  };
  return Promise.all(
    runs.map(async (run) => {
      const pass = await embed(run);
      const classified = await timed(() => head.call((api) => api.classify(run.runId, pass.features)));
      const classes = run.classes
        .map((label, i) => ({ label, probability: classified.features[i]! }))
        .sort((a, b) => b.probability - a.probability);
      return { runId: run.runId, base: run.base, classes, ms: pass.ms + classified.ms };
    }),
  );
}

async function timed(work: () => Promise<Float32Array>): Promise<{ features: Float32Array; ms: number }> {
  const start = performance.now();
  const features = await work();
  return { features, ms: performance.now() - start };
}
