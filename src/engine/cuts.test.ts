import { expect, test } from 'vitest';
import { checkCuts, checkTail, cutNames, cutOf, featureWidth, frozenCutOf, sameCut, shapeAt } from './cuts';
import { HeadwayError } from './errors';
import { baseIds, nets } from './nets';
import { defaultRunRequest, type RunRequest } from './run';

test('a base is cut where the request says, else at its last stage', () => {
  expect(cutOf({}, 'vgg16')).toBe('avg_pool');
  expect(cutOf({ cuts: { vgg16: 'block3_pool' } }, 'vgg16')).toBe('block3_pool');
  expect(cutOf({ cuts: { vgg16: 'block3_pool' } }, 'resnet50')).toBe('avg_pool');
});

test('a vector is as wide as the map at the cut is deep', () => {
  expect(featureWidth('vgg16', 'block3_pool')).toBe(256);
  expect(featureWidth('resnet50', 'conv4_block6_out')).toBe(1024);
  expect(featureWidth('inception-v3', 'mixed5')).toBe(768);
  expect(shapeAt('vgg16', 'block3_pool')).toEqual([28, 28, 256]);
  for (const base of baseIds) expect(featureWidth(base, cutOf({}, base))).toBe(nets[base].features);
});

test("stages have the names of Keras' layers, from the first to the bottleneck", () => {
  expect(cutNames('vgg16')).toEqual([...[1, 2, 3, 4, 5].map((i) => `block${i}_pool`), 'avg_pool']);
  expect(cutNames('resnet50')).toHaveLength(2 + 3 + 4 + 6 + 3 + 1);
  expect(cutNames('resnet50').slice(0, 3)).toEqual(['conv1_relu', 'pool1_pool', 'conv2_block1_out']);
  expect(cutNames('inception-v3').slice(0, 3)).toEqual(['max_pooling2d', 'max_pooling2d_1', 'mixed0']);
  expect(cutNames('inception-v3').slice(-2)).toEqual(['mixed10', 'avg_pool']);
});

test('what a script gives is checked, and the advice names the stages', () => {
  checkCuts(undefined);
  checkCuts({});
  checkCuts({ vgg16: 'block1_pool', resnet50: undefined });
  for (const bad of [null, 'block1_pool', { vgg16: 'mixed3' }, { vgg19: 'block1_pool' }, { vgg16: 3 }])
    expect(() => checkCuts(bad)).toThrow(HeadwayError);
  try {
    checkCuts({ vgg16: 'mixed3' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid-request', details: 'mixed3' });
    expect((error as HeadwayError).advice).toContain('block1_pool, block2_pool');
  }
  expect(cutOf({ cuts: JSON.parse('{"__proto__": {"vgg16": "block1_pool"}}') as object }, 'vgg16')).toBe(
    'avg_pool',
  );
});

test('one word cuts every base of a request', () => {
  expect(sameCut(['vgg16'], 'block1_pool')).toEqual({ vgg16: 'block1_pool' });
  expect(sameCut(['vgg16'], null)).toEqual({});
});

test('where the stages above a cut are trained, the head reads the last of them', () => {
  const request = { ...defaultRunRequest, cuts: { resnet50: 'conv4_block6_out' }, tail: 'train' } as const;
  expect(frozenCutOf(request, 'resnet50')).toBe('conv4_block6_out');
  expect(cutOf(request, 'resnet50')).toBe('avg_pool');
  expect(cutOf({ ...request, tail: 'remove' }, 'resnet50')).toBe('conv4_block6_out');
  checkTail(request);
  checkTail(defaultRunRequest);
  const exact = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;
  for (const patch of [
    { cuts: {} },
    { bases: ['resnet50', 'vgg16'] as const },
    { head: exact },
    { tail: 'x' },
  ])
    expect(() => checkTail({ ...request, ...patch } as RunRequest)).toThrow(HeadwayError);
});
