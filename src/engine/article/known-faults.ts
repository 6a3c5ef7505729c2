import type { ArticleCurveId } from './histories';

/** Something that is known to be wrong with the article's curves, to be said wherever they are shown. */
export interface ArticleFault {
  readonly id: 'validation-leak' | 'batch-statistics';
  readonly curves: readonly ArticleCurveId[];
  /** Which lines it spoils: only those of validation, or all. */
  readonly spoils: 'validation' | 'all';
  /** For a label on the chart. */
  readonly short: string;
  readonly title: string;
  /** Two or three sentences for people. */
  readonly text: string;
  /** Where in the article's repository it can be seen. */
  readonly evidence: string;
}

export const articleFaults: readonly ArticleFault[] = [
  {
    id: 'validation-leak',
    curves: ['resnet'],
    spoils: 'validation',
    short: 'judged on its own training images',
    title: 'ResNet50 was judged on the images it was trained on',
    text:
      'The notebook loads the training bottlenecks twice, the second time as validation: 0.9975 is how well the head ' +
      'remembers, not how well it recognises new images. The same mistake on VGG16 would have shown 0.962 instead ' +
      'of 0.762.',
    evidence: 'Cell 90 of the notebook names resnet_train_bottleneck.p for training and for validation.',
  },
  {
    id: 'batch-statistics',
    curves: ['inception', 'resnet'],
    spoils: 'all',
    short: 'features depend on the other 15 images of the batch',
    title: 'InceptionV3 and ResNet50 saw each image through its neighbours',
    text:
      'Features were extracted with Keras’ learning phase set to 1 (training), so batch normalisation used the ' +
      'statistics of the batch: what an image becomes depends on the 15 others that happened to be with it. VGG16 ' +
      'has no batch normalisation and is not touched.',
    evidence: 'The extraction sets the learning phase to 1 and predicts in batches of 16.',
  },
];

/** What is wrong with one curve; empty where nothing is known to be. */
export function faultsOf(curve: ArticleCurveId): readonly ArticleFault[] {
  return articleFaults.filter(({ curves }) => curves.includes(curve));
}

export { epochsAhead } from '../results/curve-alarm';
