import { expect, test } from 'vitest';
import { GraphBuilder } from './graph';
import { resnet50 } from './resnet50';
import { convShapes, nodeShapes, parameterCount, peakActivationBytes } from './shapes';

test('ResNet50 has the size that Keras publishes', () => {
  expect(parameterCount(resnet50)).toBe(23_587_712);
  expect(parameterCount(resnet50)).toBe(resnet50.parameters);
  expect(convShapes(resnet50)).toHaveLength(53);
});

test('ResNet50 at 224 shrinks from 112 to 7', () => {
  const shapes = nodeShapes(resnet50, 224);
  const at = (stage: string) => shapes.get(resnet50.stages.find(({ name }) => name === stage)!.node);
  expect(at('conv1_relu')).toEqual([112, 112, 64]);
  expect(at('pool1_pool')).toEqual([56, 56, 64]);
  expect(at('conv2_block3_out')).toEqual([56, 56, 256]);
  expect(at('conv3_block4_out')).toEqual([28, 28, 512]);
  expect(at('conv4_block6_out')).toEqual([14, 14, 1024]);
  expect(at('conv5_block3_out')).toEqual([7, 7, 2048]);
  expect(at('avg_pool')).toEqual([resnet50.features]);
});

test('the smallest input that Keras accepts still has a pixel left at the end', () => {
  expect(nodeShapes(resnet50, resnet50.minimumSize).get('conv5_block3_out')).toEqual([1, 1, 2048]);
});

test('the memory estimate stays near what one image needs', () => {
  const megabytes = peakActivationBytes(resnet50, 224) / 2 ** 20;
  expect(megabytes).toBeGreaterThan(6);
  expect(megabytes).toBeLessThan(16);
});

test('a graph whose branches do not fit together is refused', () => {
  const g = new GraphBuilder();
  const x = g.input();
  const small = g.conv('small', x, 3, { size: 3, stride: 2 });
  g.add('sum', x, small, false);
  expect(() => nodeShapes(g, 8)).toThrow(/sum adds/);
});
