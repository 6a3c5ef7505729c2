/** A small net above a cut, examples that it can learn, and settings that learn them fast. */
import { caffePreprocessing, GraphBuilder, type Net } from '../nets/graph';
import { Job } from '../job';
import { Random } from '../random';
import { defaultRunRequest, type HeadSpec } from '../run';
import { trainTail, type TailStart, type TrainedTailResult } from './tail';
import type { TailOptions } from './tail-options';
import type { MapExamples } from './tail-source';
import type { TailConv, TailWeights } from './tail-weights';

/** [6, 6, 3] at the cut, two convolutions and a pool above it, 8 features. */
function smallNet(): Net {
  const g = new GraphBuilder();
  let x = g.stage('low', g.conv('below', g.input(), 3, { size: 1 }));
  x = g.conv('first', x, 6, { size: 3, padding: 1 });
  x = g.maxPool('pool', x, { size: 2, stride: 2 });
  x = g.stage('high', g.conv('second', x, 8, { size: 3 }));
  g.stage('pooled', g.globalAveragePool('pooled', x));
  const plain = { id: 'small', title: 'Small', minimumSize: 1, parameters: 0, source: '', features: 8 };
  return {
    ...plain,
    inputSize: 6,
    preprocessing: caffePreprocessing,
    batchNorm: null,
    convBias: true,
    nodes: g.nodes,
    stages: g.stages,
  };
}

export const net = smallNet();
export const shape = [6, 6, 3] as const;
export const length = 108;
export const classes = 3;

export function convOf(name: string, kernel: [number, number, number, number]): [string, TailConv] {
  const random = new Random(1, name);
  const size = kernel.reduce((a, b) => a * b, 1);
  const scale = Math.sqrt(2 / (kernel[0] * kernel[1] * kernel[2]));
  return [
    name,
    {
      shape: kernel,
      kernel: Float32Array.from({ length: size }, () => scale * random.normal()),
      bias: new Float32Array(kernel[3]),
    },
  ];
}
export const weights: TailWeights = new Map([convOf('first', [3, 3, 3, 6]), convOf('second', [3, 3, 6, 8])]);
export const start: TailStart = { net, cut: 'low', weights };

/** Stripes of three directions under noise. */
export function stripes(n: number, seed: number): { maps: Float32Array; labels: Uint16Array } {
  const random = new Random(seed, 'stripes');
  const labels = Uint16Array.from({ length: n }, (_, i) => i % classes);
  const maps = Float32Array.from({ length: n * length }, (_, k) => {
    const [image, at] = [Math.floor(k / length), Math.floor((k % length) / 3)];
    const [y, x] = [Math.floor(at / 6), at % 6];
    const phase = [x, y, x + y][labels[image]!]!;
    return Math.max(0, (phase % 2) + 0.5 * random.normal());
  });
  return { maps, labels };
}
export const inMemory = ({ maps, labels }: ReturnType<typeof stripes>): MapExamples => ({
  labels,
  maps: {
    shape,
    read: (rows) =>
      Promise.resolve(
        Float32Array.from(
          Array.from(rows, (row) => [...maps.subarray(row * length, (row + 1) * length)]).flat(),
        ),
      ),
  },
});
export const train = stripes(45, 1);
export const validation = stripes(30, 2);

export const head: HeadSpec = { kind: 'dense', hidden: [5], dropout: 0, l2: 1e-4 };
export const options: TailOptions = {
  ...defaultRunRequest,
  learningRate: 0.01,
  tailLearningRate: 0.002,
  warmupEpochs: 1,
  epochs: 6,
  batchSize: 16,
};

export interface Given {
  readonly spec?: HeadSpec;
  readonly train?: MapExamples;
  readonly validation?: MapExamples;
  readonly job?: Job;
  readonly atOnce?: number;
}
/** A whole training of the small net. */
export async function run(patch: Partial<TailOptions> = {}, given: Given = {}): Promise<TrainedTailResult> {
  const epochs = trainTail(
    given.spec ?? head,
    { ...options, ...patch },
    { ...start, ...(given.atOnce !== undefined && { atOnce: given.atOnce }) },
    classes,
    given.train ?? inMemory(train),
    given.validation ?? inMemory(validation),
    given.job ?? new Job(),
  );
  for (;;) {
    const next = await epochs.next();
    if (next.done === true) return next.value;
  }
}
