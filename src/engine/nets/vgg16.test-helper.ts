import { Random } from '../random';
import type { ConvWeights, NamedTensor } from '../bases/tensors';
import { convShapes } from './shapes';
import { vgg16 } from './vgg16';

interface Manifest {
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** The real ImageNet weights of blocks 1 to 3, from the fixtures that the test server offers. */
export async function realBlocks(): Promise<Map<string, ConvWeights>> {
  const folder = '/fixtures/vgg16-blocks-1-3';
  const { weights } = (await (await fetch(`${folder}/manifest.json`)).json()) as Manifest;
  const buffer = await (await fetch(`${folder}/weights.bin`)).arrayBuffer();
  const tensors = new Map<string, NamedTensor>();
  let offset = 0;
  for (const { name, shape } of weights) {
    const length = shape.reduce((product, side) => product * side, 1);
    tensors.set(name, { shape, data: new Float32Array(buffer, offset, length) });
    offset += 4 * length;
  }
  const layers = new Map<string, ConvWeights>();
  for (const { name } of convShapes(vgg16)) {
    const [kernel, bias] = [tensors.get(`${name}/kernel`), tensors.get(`${name}/bias`)];
    if (kernel && bias) layers.set(name, { kernel, bias });
  }
  return layers;
}

/**
 * All of VGG16 for tests of speed and of form: where real weights are missing, a stand-in of He-normal values (of no
 * use for telling images apart) and biases of zero, the same for the same seed.
 */
export function withStandIn(real: ReadonlyMap<string, ConvWeights>, seed: number): Map<string, ConvWeights> {
  const weights = new Map<string, ConvWeights>();
  for (const { name, kernel: shape } of convShapes(vgg16)) {
    const [height, width, channels, filters] = shape;
    const random = new Random(seed, `stand-in ${name}`);
    const spread = Math.sqrt(2 / (height * width * channels));
    const standIn = () => ({
      kernel: {
        shape,
        data: Float32Array.from(
          { length: height * width * channels * filters },
          () => spread * random.normal(),
        ),
      },
      bias: { shape: [filters], data: new Float32Array(filters) },
    });
    weights.set(name, real.get(name) ?? standIn());
  }
  return weights;
}
