import { caffePreprocessing, GraphBuilder, type Net } from './graph';

/** Blocks, and filters of the narrow convolutions, of each of the four groups. */
const groups = [
  { name: 'conv2', blocks: 3, filters: 64 },
  { name: 'conv3', blocks: 4, filters: 128 },
  { name: 'conv4', blocks: 6, filters: 256 },
  { name: 'conv5', blocks: 3, filters: 512 },
];

/** A bottleneck block: 1×1, 3×3, 1×1, added to its input (or to a projection of it). Version 1 strides first. */
function block(g: GraphBuilder, x: string, name: string, filters: number, stride: number, project: boolean) {
  const shortcut = project
    ? g.conv(`${name}_0_conv`, x, 4 * filters, { size: 1, stride, padding: 'valid', relu: false })
    : x;
  let y = g.conv(`${name}_1_conv`, x, filters, { size: 1, stride, padding: 'valid' });
  y = g.conv(`${name}_2_conv`, y, filters, { size: 3 });
  y = g.conv(`${name}_3_conv`, y, 4 * filters, { size: 1, padding: 'valid', relu: false });
  return g.add(`${name}_out`, shortcut, y, true);
}

function build(): Pick<Net, 'nodes' | 'stages'> {
  const g = new GraphBuilder();
  let x = g.input();
  x = g.conv('conv1_conv', x, 64, { size: 7, stride: 2, padding: 3 });
  // Keras' layer of this name is the relu, which the convolution has in it here.
  x = g.stage('conv1_relu', x);
  x = g.maxPool('pool1_pool', x, { size: 3, stride: 2, padding: 1 });
  x = g.stage('pool1_pool', x);
  for (const [index, { name, blocks, filters }] of groups.entries())
    for (let i = 1; i <= blocks; i++) {
      x = block(g, x, `${name}_block${i}`, filters, i === 1 && index > 0 ? 2 : 1, i === 1);
      g.stage(x, x);
    }
  g.stage('avg_pool', g.globalAveragePool('avg_pool', x));
  return g;
}

/** Keras' `applications/resnet.py`, ResNet50 (v1); node names are Keras' layer names. */
export const resnet50: Net = {
  id: 'resnet50',
  title: 'ResNet50',
  inputSize: 224,
  minimumSize: 32,
  preprocessing: caffePreprocessing,
  batchNorm: { epsilon: 1.001e-5, gamma: true },
  convBias: true,
  features: 2048,
  parameters: 23_587_712,
  source: 'He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016',
  ...build(),
};
