import type { Examples } from '../../../src/engine/heads/examples.ts';
import { articleSide } from '../../../src/engine/heads/article.test-helper.ts';
import { clouds } from '../../../src/engine/heads/training.test-helper.ts';

/** `clouds`: made-up features, 2048 wide, for speed; `article`: the article's own VGG16 features, for accuracy. */
export type HeadData = 'clouds' | 'article';

export interface HeadTask {
  readonly data: HeadData;
  readonly hidden: readonly number[];
  readonly batchSize: number;
  readonly threads: number;
}

export type HeadOptions =
  /** Trains so many epochs; examples a second. */
  | { readonly kind: 'epochs'; readonly epochs: number }
  /** Trains until the validation accuracy is reached, for 100 epochs at the most; how often a minute that would be. */
  | { readonly kind: 'until'; readonly valAccuracy: number }
  /** Solves the exact head, its penalty chosen by cross-validation; how often a minute. */
  | { readonly kind: 'exact'; readonly valAccuracy: number };

export const mostEpochs = 100;

export async function examplesOf(data: HeadData): Promise<{ train: Examples; validation: Examples }> {
  if (data === 'clouds') return { train: clouds(1024, 2048, 10, 1), validation: clouds(64, 2048, 10, 2) };
  const [train, validation] = await Promise.all([articleSide('train'), articleSide('validation')]);
  return { train, validation };
}
