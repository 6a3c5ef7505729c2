import { caffePreprocessing, GraphBuilder, type Net } from './graph';

/** Convolutions, and filters of each, of the five blocks; every block ends in a pool that halves the sides. */
const blocks = [
  { convs: 2, filters: 64 },
  { convs: 2, filters: 128 },
  { convs: 3, filters: 256 },
  { convs: 3, filters: 512 },
  { convs: 3, filters: 512 },
];

function build(): Pick<Net, 'nodes' | 'stages'> {
  const g = new GraphBuilder();
  let x = g.input();
  for (const [index, { convs, filters }] of blocks.entries()) {
    const block = `block${index + 1}`;
    for (let i = 1; i <= convs; i++) x = g.conv(`${block}_conv${i}`, x, filters, { size: 3 });
    x = g.maxPool(`${block}_pool`, x, { size: 2, stride: 2 });
    g.stage(x, x);
  }
  g.stage('avg_pool', g.globalAveragePool('avg_pool', x));
  return g;
}

/** Keras' `applications/vgg16.py` without top; node names are Keras' layer names. 224 px → [n, 7, 7, 512] → 512. */
export const vgg16: Net = {
  id: 'vgg16',
  title: 'VGG16',
  inputSize: 224,
  minimumSize: 32,
  preprocessing: caffePreprocessing,
  batchNorm: null,
  convBias: true,
  features: 512,
  parameters: 14_714_688,
  source:
    'Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR 2015',
  ...build(),
};
