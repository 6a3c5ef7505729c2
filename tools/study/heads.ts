import { articleSettings } from '../../src/engine/article/settings.ts';
import type { BaseId } from '../../src/engine/nets/index.ts';
import { defaultRunRequest, type RunRequest } from '../../src/engine/run.ts';
import type { HeadPlan } from './results.ts';

/** The article's head as it was trained, the same with our batch size, and the page's own default. */
export function headsFor(base: BaseId): HeadPlan[] {
  const { batchSize: articleBatch } = articleSettings(base);
  const { batchSize, head } = defaultRunRequest;
  const plans: HeadPlan[] = [
    { id: 'article', name: 'softmax, as the article', hidden: [], batchSize: articleBatch },
  ];
  if (articleBatch !== batchSize) plans.push({ id: 'softmax', name: 'softmax', hidden: [], batchSize });
  plans.push({ id: 'dense-512', name: 'dense 512 + softmax (default)', hidden: head.hidden, batchSize });
  return plans;
}

export function requestFor(base: BaseId, head: HeadPlan, seed: number): RunRequest {
  return {
    ...defaultRunRequest,
    ...articleSettings(base),
    bases: [base],
    head: { kind: 'dense', hidden: head.hidden, dropout: 0, l2: 0 },
    batchSize: head.batchSize,
    seed,
  };
}
