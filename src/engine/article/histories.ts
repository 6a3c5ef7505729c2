import type { BaseId } from '../nets';
import type { EpochMetrics } from '../run';

export type ArticleCurveId = 'keras' | 'inception' | 'vgg' | 'resnet';

/** One of the article's published training histories. */
export interface ArticleCurve {
  readonly id: ArticleCurveId;
  /** Null: the network that was trained from scratch. */
  readonly base: BaseId | null;
  readonly name: string;
  /** Training and validation images. */
  readonly images: { readonly train: number; readonly validation: number };
  readonly history: readonly EpochMetrics[];
}

export const articleSource = {
  year: 2017,
  repository: 'github.com/galenballew/transfer-learning',
  url: 'https://github.com/galenballew/transfer-learning',
} as const;

/** One row an epoch: accuracy, loss, validation accuracy, validation loss. */
type Row = readonly [accuracy: number, loss: number, valAccuracy: number, valLoss: number];

const published: Readonly<Record<ArticleCurveId, readonly Row[]>> = {
  keras: [
    [0.43575, 1.543502, 0.5607, 1.210977],
    [0.57685, 1.200694, 0.6283, 1.058577],
    [0.6306, 1.055028, 0.662, 0.99021],
    [0.66965, 0.953324, 0.6738, 0.939322],
    [0.693425, 0.875368, 0.6809, 0.911195],
    [0.7174, 0.819558, 0.6871, 0.901121],
    [0.7365, 0.760856, 0.7073, 0.860103],
    [0.757675, 0.700291, 0.7097, 0.853071],
    [0.776775, 0.645401, 0.7143, 0.850572],
    [0.79125, 0.604214, 0.7089, 0.86511],
  ],
  inception: [
    [0.3295, 1.923005, 0.5235, 1.426864],
    [0.6415, 1.177461, 0.613, 1.136229],
    [0.719, 0.923932, 0.6495, 1.039085],
    [0.769, 0.793354, 0.67, 0.991548],
    [0.8025, 0.702305, 0.675, 0.964898],
    [0.8255, 0.628741, 0.679, 0.950346],
    [0.845, 0.569638, 0.6835, 0.940409],
    [0.869, 0.51886, 0.688, 0.937646],
    [0.886, 0.476098, 0.688, 0.9287],
    [0.904, 0.436645, 0.6895, 0.928248],
  ],
  vgg: [
    [0.3585, 2.300826, 0.562, 1.35228],
    [0.6575, 1.011684, 0.6605, 1.030212],
    [0.757, 0.723306, 0.6985, 0.910273],
    [0.814, 0.570921, 0.725, 0.812589],
    [0.8385, 0.478918, 0.727, 0.815688],
    [0.8755, 0.398674, 0.7545, 0.753527],
    [0.89, 0.342846, 0.7375, 0.810755],
    [0.906, 0.303167, 0.7635, 0.724075],
    [0.927, 0.261324, 0.77, 0.703405],
    [0.93, 0.238644, 0.7705, 0.729047],
  ],
  resnet: [
    [0.557, 1.306854, 0.794, 0.695715],
    [0.797, 0.654522, 0.8675, 0.479053],
    [0.857, 0.478158, 0.913, 0.34998],
    [0.899, 0.369087, 0.9305, 0.293652],
    [0.9265, 0.295782, 0.963, 0.226564],
    [0.9415, 0.247603, 0.966, 0.196514],
    [0.963, 0.193334, 0.9885, 0.140749],
    [0.984, 0.153297, 0.993, 0.123034],
    [0.9855, 0.133823, 0.993, 0.109573],
    [0.9935, 0.110319, 0.9975, 0.088293],
  ],
};

const epochs = (id: ArticleCurveId): readonly EpochMetrics[] =>
  published[id].map(([accuracy, loss, valAccuracy, valLoss], i) => ({
    epoch: i + 1,
    loss,
    accuracy,
    valLoss,
    valAccuracy,
  }));

const bottleneckImages = { train: 2000, validation: 2000 } as const;

/**
 * The four curves that the article published, as they were published: ten epochs each. Two of them are known to be
 * wrong (`known-faults.ts`) and must never be shown without saying so.
 */
export const articleCurves: readonly ArticleCurve[] = [
  {
    id: 'keras',
    base: null,
    name: 'Small network from scratch',
    images: { train: 40_000, validation: 10_000 },
    history: epochs('keras'),
  },
  {
    id: 'inception',
    base: 'inception-v3',
    name: 'InceptionV3',
    images: bottleneckImages,
    history: epochs('inception'),
  },
  { id: 'vgg', base: 'vgg16', name: 'VGG16', images: bottleneckImages, history: epochs('vgg') },
  { id: 'resnet', base: 'resnet50', name: 'ResNet50', images: bottleneckImages, history: epochs('resnet') },
];

/** The published curve of a base. */
export function articleCurveOf(base: BaseId): ArticleCurve {
  return articleCurves.find((curve) => curve.base === base)!;
}
