import { expect, test } from 'vitest';
import { convShapes, nodeShapes, parameterCount } from './shapes';
import { vgg16 } from './vgg16';

test('VGG16 has the size that Keras publishes', () => {
  expect(parameterCount(vgg16)).toBe(14_714_688);
  expect(vgg16.parameters).toBe(14_714_688);
  expect(convShapes(vgg16)).toHaveLength(13);
});

test('VGG16 halves its sides five times', () => {
  const shapes = nodeShapes(vgg16, 224);
  expect(vgg16.stages.map(({ name, node }) => `${name} ${shapes.get(node)!.join('×')}`)).toEqual([
    'block1_pool 112×112×64',
    'block2_pool 56×56×128',
    'block3_pool 28×28×256',
    'block4_pool 14×14×512',
    'block5_pool 7×7×512',
    'avg_pool 512',
  ]);
  expect(nodeShapes(vgg16, vgg16.minimumSize).get('block5_pool')).toEqual([1, 1, 512]);
});

test('preprocessing and biases are Keras’', () => {
  expect(vgg16).toMatchObject({
    inputSize: 224,
    minimumSize: 32,
    preprocessing: { mode: 'caffe', order: 'bgr', scale: 1, offset: [-103.939, -116.779, -123.68] },
    batchNorm: null,
    convBias: true,
    features: 512,
  });
});
