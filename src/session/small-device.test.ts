import { expect, it } from 'vitest';
import { deviceDefaults } from './small-device';

it('begins small on a phone, and nowhere else', () => {
  const phone = { coarse: true, shortSide: 390, memory: undefined };
  expect(deviceDefaults(phone)).toEqual({ bases: ['inception-v3'], batchSize: 32 });
  expect(deviceDefaults({ ...phone, memory: 8 })).toEqual({});
  expect(deviceDefaults({ ...phone, shortSide: 820 })).toEqual({});
  expect(deviceDefaults({ coarse: false, shortSide: 400, memory: 2 })).toEqual({});
});
