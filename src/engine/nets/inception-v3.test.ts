import { expect, test } from 'vitest';
import { inceptionV3 } from './inception-v3';
import { convShapes, nodeShapes, parameterCount } from './shapes';

const stageShapes = (size: number) => {
  const shapes = nodeShapes(inceptionV3, size);
  return Object.fromEntries(inceptionV3.stages.map(({ name, node }) => [name, shapes.get(node)!.join('×')]));
};

test('InceptionV3 has the size that Keras publishes', () => {
  expect(parameterCount(inceptionV3)).toBe(21_802_784);
  expect(inceptionV3.parameters).toBe(21_802_784);
  expect(convShapes(inceptionV3)).toHaveLength(94);
});

test('InceptionV3 at 299 has the shapes of Keras’ comments', () => {
  const wide = Object.fromEntries([4, 5, 6, 7].map((i) => [`mixed${i}`, '17×17×768']));
  expect(stageShapes(299)).toEqual({
    max_pooling2d: '73×73×64',
    max_pooling2d_1: '35×35×192',
    mixed0: '35×35×256',
    mixed1: '35×35×288',
    mixed2: '35×35×288',
    mixed3: '17×17×768',
    ...wide,
    mixed8: '8×8×1280',
    mixed9: '8×8×2048',
    mixed10: '8×8×2048',
    avg_pool: '2048',
  });
});

test('at Keras’ least size one pixel is left, and below it none', () => {
  expect(stageShapes(inceptionV3.minimumSize)).toMatchObject({ mixed10: '1×1×2048' });
  expect(() => stageShapes(74)).toThrow(/too small/);
});

test('preprocessing, normalisation and padding are Keras’', () => {
  expect(inceptionV3).toMatchObject({
    inputSize: 299,
    preprocessing: { mode: 'tf', order: 'rgb', scale: 1 / 127.5, offset: [-1, -1, -1] },
    batchNorm: { epsilon: 1e-3, gamma: false },
    convBias: false,
    features: 2048,
  });
  const averages = inceptionV3.nodes.filter(({ op }) => op === 'average-pool');
  expect(averages).toHaveLength(9);
  for (const pool of averages) expect(pool).toMatchObject({ size: 3, stride: 1, padding: 'same' });
  expect(inceptionV3.nodes.filter(({ op }) => op === 'max-pool')).toHaveLength(4);
});

/** Read off Keras' `applications/inception_v3.py`, at the places where the order of branches could be confused. */
test.each([
  [0, [3, 3, 3, 32]],
  [5, [1, 1, 192, 64]],
  [7, [5, 5, 48, 64]],
  [11, [1, 1, 192, 32]],
  [26, [3, 3, 288, 384]],
  [32, [1, 7, 128, 128]],
  [35, [7, 1, 128, 128]],
  [39, [1, 1, 768, 192]],
  [71, [3, 3, 192, 320]],
  [75, [3, 3, 192, 192]],
  [76, [1, 1, 1280, 320]],
  [78, [1, 3, 384, 384]],
  [79, [3, 1, 384, 384]],
  [84, [1, 1, 1280, 192]],
  [93, [1, 1, 2048, 192]],
])('convolution %i in Keras’ order has the kernel %j', (i, kernel) => {
  expect(convShapes(inceptionV3)[i]).toEqual({ name: i === 0 ? 'conv2d' : `conv2d_${i}`, kernel });
});
