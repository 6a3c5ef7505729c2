import { describe, expect, it } from 'vitest';
import { defaultRunRequest } from '../engine/run';
import { checkNumber } from './number-rule';
import { fields, type FieldName } from './request-fields';

describe('the fields of the form', () => {
  it.each(Object.keys(fields) as FieldName[])('%s reads what it wrote', (name) => {
    const { read, patch, rule } = fields[name];
    const value = rule.integer ? 7 : Math.min(rule.max, 7);
    expect(read({ ...defaultRunRequest, ...patch(value, defaultRunRequest) })).toBe(value);
  });
  it('hold the defaults to their own rules', () => {
    for (const { read, rule } of Object.values(fields))
      expect(checkNumber(read(defaultRunRequest), rule)).toBe('');
  });
  it('show shares as percentages', () => {
    expect(fields.validationShare.read({ ...defaultRunRequest, validationShare: 0.07 })).toBe(7);
    expect(fields.dropout.patch(50, defaultRunRequest).head.dropout).toBe(0.5);
  });
});

it('says what is wrong with a number', () => {
  const rule = { min: 1, max: 9, integer: true };
  expect(checkNumber(5, rule)).toBe('');
  expect(checkNumber(Number.NaN, rule)).toBe('Enter a number.');
  expect(checkNumber(1.5, rule)).toBe('Enter a whole number.');
  expect(checkNumber(0, rule)).toBe('The least is 1.');
  expect(checkNumber(10, rule)).toBe('The most is 9.');
});
