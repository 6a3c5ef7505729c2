import type { BaseId } from '../nets';
import type { RunRequest } from '../run';

/** What the article's heads were trained with, as far as it differs between bases or from our defaults. */
export type ArticleSettings = Pick<
  RunRequest,
  'head' | 'optimizer' | 'learningRate' | 'epochs' | 'batchSize' | 'classWeights' | 'earlyStopping' | 'resize'
>;

/**
 * 128 is what the notebook says everywhere, but its cell 39, which makes VGG16's features, sets `batch_size = 16` and
 * nothing sets it back before VGG16's and ResNet50's heads are trained. Their published curves agree with 16
 * (`heads/article.browser.test.ts`).
 */
const batchSizes: Readonly<Record<BaseId, number>> = { 'inception-v3': 128, vgg16: 16, resnet50: 16 };

/**
 * The settings with which the article trained the head of a base: Dense(10, softmax) on the bottlenecks, Adam with its
 * defaults, ten epochs. (Its text shows a Dense(512, relu) before that; the runs it publishes do not have it.)
 */
export function articleSettings(base: BaseId): ArticleSettings {
  return {
    head: { kind: 'dense', hidden: [], dropout: 0, l2: 0 },
    optimizer: 'adam',
    learningRate: 0.001,
    epochs: 10,
    batchSize: batchSizes[base],
    classWeights: 'none',
    earlyStopping: null,
    resize: 'stretch',
  };
}
