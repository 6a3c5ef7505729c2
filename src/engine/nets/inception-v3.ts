import { GraphBuilder, tfPreprocessing, type Net, type Padding, type Size } from './graph';

/** One convolution of a branch: filters, kernel, and what differs from stride 1 with `same` padding. */
type Step = readonly [filters: number, size: Size, stride?: number, padding?: Padding];

/** The name that Keras gives the i-th unnamed layer of a kind in a fresh session: conv2d, conv2d_1, conv2d_2 … */
const nth = (kind: string, i: number) => (i === 0 ? kind : `${kind}_${i}`);

/**
 * Keras leaves this network's convolutions, pools and two concatenations unnamed and numbers them as they are made.
 * Modules are therefore spelt out in the order of `applications/inception_v3.py`: the i-th `conv2d` of a Keras
 * file, sorted by the number in its name, is the i-th here, and the i-th `batch_normalization` is its own.
 */
function build(): Pick<Net, 'nodes' | 'stages'> {
  const g = new GraphBuilder();
  const made = { conv: 0, max: 0, average: 0, concat: 0 };
  const chain = (x: string, ...steps: Step[]) =>
    steps.reduce((input, [filters, size, stride = 1, padding = 'same']) => {
      return g.conv(nth('conv2d', made.conv++), input, filters, { size, stride, padding });
    }, x);
  const maxPool = (x: string) => g.maxPool(nth('max_pooling2d', made.max++), x, { size: 3, stride: 2 });
  const averagePool = (x: string) =>
    g.averagePool(nth('average_pooling2d', made.average++), x, { size: 3, stride: 1, padding: 'same' });
  const mixed = (i: number, branches: string[]) => g.stage(`mixed${i}`, g.concat(`mixed${i}`, branches));
  const row = [1, 7] as const;
  const column = [7, 1] as const;
  /** 1×3 and 3×1 of the same tensor, side by side; Keras names the first such pair of a module only. */
  const fork = (x: string, name: string) =>
    g.concat(name, [chain(x, [384, [1, 3]]), chain(x, [384, [3, 1]])]);

  let x = chain(g.input(), [32, 3, 2, 'valid'], [32, 3, 1, 'valid'], [64, 3]);
  const pooled = (input: string) => {
    const pool = maxPool(input);
    return g.stage(pool, pool);
  };
  x = chain(pooled(x), [80, 1, 1, 'valid'], [192, 3, 1, 'valid']);
  x = pooled(x);

  for (const [i, pooled] of [32, 64, 64].entries())
    x = mixed(i, [
      chain(x, [64, 1]),
      chain(x, [48, 1], [64, 5]),
      chain(x, [64, 1], [96, 3], [96, 3]),
      chain(averagePool(x), [pooled, 1]),
    ]);

  x = mixed(3, [chain(x, [384, 3, 2, 'valid']), chain(x, [64, 1], [96, 3], [96, 3, 2, 'valid']), maxPool(x)]);

  for (const [i, n] of [128, 160, 160, 192].entries())
    x = mixed(4 + i, [
      chain(x, [192, 1]),
      chain(x, [n, 1], [n, row], [192, column]),
      chain(x, [n, 1], [n, column], [n, row], [n, column], [192, row]),
      chain(averagePool(x), [192, 1]),
    ]);

  x = mixed(8, [
    chain(x, [192, 1], [320, 3, 2, 'valid']),
    chain(x, [192, 1], [192, row], [192, column], [192, 3, 2, 'valid']),
    maxPool(x),
  ]);

  for (const i of [0, 1])
    x = mixed(9 + i, [
      chain(x, [320, 1]),
      fork(chain(x, [384, 1]), `mixed9_${i}`),
      fork(chain(x, [448, 1], [384, 3]), nth('concatenate', made.concat++)),
      chain(averagePool(x), [192, 1]),
    ]);

  g.stage('avg_pool', g.globalAveragePool('avg_pool', x));
  return g;
}

/**
 * Keras' `applications/inception_v3.py` without top; node names are those of a fresh Keras session.
 * 299 px → [n, 8, 8, 2048] → 2048. At the least size, 75 px, mixed10 is one pixel.
 */
export const inceptionV3: Net = {
  id: 'inception-v3',
  title: 'InceptionV3',
  inputSize: 299,
  minimumSize: 75,
  preprocessing: tfPreprocessing,
  batchNorm: { epsilon: 1e-3, gamma: false },
  convBias: false,
  features: 2048,
  parameters: 21_802_784,
  source:
    'Szegedy, Vanhoucke, Ioffe, Shlens, Wojna: Rethinking the Inception Architecture for Computer Vision, CVPR 2016',
  ...build(),
};
