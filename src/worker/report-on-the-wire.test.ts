import { expect, it } from 'vitest';
import { ids, labels, logits } from '../engine/results/reference.test-helper';
import { runReport } from '../engine/results/report';
import { defaultRunRequest, type RunResult } from '../engine/run';
import { packReport, unpackReport } from './report-on-the-wire';

it('gives back the report that was packed, mistakes among the predictions', () => {
  const result = {
    ...{ runId: 'a', classes: ['__proto__', 'b', 'c', 'd'], history: [], request: defaultRunRequest },
  } as unknown as RunResult;
  const report = runReport(result, { validation: { ids, labels, logits }, test: null }, 'validation');
  expect(report.misclassified.length).toBeGreaterThan(1);
  const packed = structuredClone(packReport(report));
  expect(packed).not.toHaveProperty('predictions');
  const unpacked = unpackReport(packed);
  expect(unpacked).toEqual(report);
  for (const one of unpacked.misclassified) expect(unpacked.predictions).toContain(one);
});
