import { expect, test } from 'vitest';
import { baseIds, nets } from '.';
import { stageCosts } from './stage-costs';

test.each(baseIds)('the parameters of %s add up to the published count, stage by stage', (base) => {
  const costs = stageCosts(nets[base]);
  expect(costs.map(({ name }) => name)).toEqual(nets[base].stages.map(({ name }) => name));
  expect(costs.at(-1)!.parameters).toBe(nets[base].parameters);
  expect(costs.at(-1)!.shape).toEqual([nets[base].features]);
  for (const [i, { parameters, multiplyAdds }] of costs.entries()) {
    expect(parameters).toBeGreaterThanOrEqual(costs[i - 1]?.parameters ?? 0);
    expect(multiplyAdds).toBeGreaterThanOrEqual(costs[i - 1]?.multiplyAdds ?? 1);
  }
});

test('multiply-adds are those of the papers', () => {
  const total = (base: (typeof baseIds)[number]) => stageCosts(nets[base]).at(-1)!.multiplyAdds / 1e9;
  // He et al. 2016, table 1 (3.8 with the last layer) and section 3.3 (VGG: 19.6 for VGG19, 15.3 for VGG16).
  expect(total('resnet50')).toBeCloseTo(3.86, 1);
  expect(total('vgg16')).toBeCloseTo(15.3, 1);
  // Szegedy et al. 2016, section 6: 5 billion multiply-adds; 5.7 in torchvision's and Keras' table.
  expect(total('inception-v3')).toBeCloseTo(5.67, 1);
});

test('VGG16 up to its first pool: two convolutions by hand', () => {
  const [first] = stageCosts(nets.vgg16);
  expect(first).toEqual({
    name: 'block1_pool',
    shape: [112, 112, 64],
    parameters: 9 * 3 * 64 + 64 + (9 * 64 * 64 + 64),
    multiplyAdds: 224 * 224 * (9 * 3 * 64 + 9 * 64 * 64),
  });
});
