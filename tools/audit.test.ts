import { expect, test } from 'vitest';
import { judged } from './audit.mjs';

const report = (severities: Record<string, string>) =>
  JSON.stringify({
    vulnerabilities: Object.fromEntries(
      Object.entries(severities).map(([name, severity]) => [name, { severity }]),
    ),
  });

test('grave findings fail, others are told, and none at all is said', () => {
  expect(judged(report({ a: 'low', b: 'moderate' }))).toEqual({
    text: 'audit of dependencies:\n  a: low\n  b: moderate',
    failed: false,
  });
  expect(judged(report({ a: 'low', b: 'high' })).failed).toBe(true);
  expect(judged(report({ a: 'critical' })).failed).toBe(true);
  expect(judged(report({}))).toMatchObject({ failed: false });
});

test.each(['', '{"message": "405 Method Not Allowed", "error": {}}', 'npm error network'])(
  'no answer (%j) is said to be none, and fails nothing',
  (json) => {
    expect(judged(json)).toEqual({
      text: 'audit of dependencies skipped: the registry does not answer',
      failed: false,
    });
  },
);
