import { expect, it } from 'vitest';
import { fileName } from './save';

it('makes file names that every system takes', () => {
  expect(fileName('headway ResNet50, Dense 512 + softmax (2)', 'zip')).toBe(
    'headway-resnet50-dense-512-softmax-2.zip',
  );
  expect(fileName('../../etc/passwd', 'csv')).toBe('etc-passwd.csv');
  expect(fileName('🦄', 'svg')).toBe('headway.svg');
});
