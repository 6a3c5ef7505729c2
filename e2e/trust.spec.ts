import { expect } from '@playwright/test';
import { test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';

test('an exact and a dense head on one split: audited, reported on, compared', async ({ app }) => {
  await drop(app, classFolders(['airplane', 'frog'], 16));
  await waitForImages(app, 32);
  const outcome = await app.evaluate(async () => {
    const { headway } = window;
    const findings = await headway.audit();
    const common = { bases: ['resnet50'], validationShare: 0.25, testShare: 0.25, epochs: 3 } as const;
    const plain = { hidden: [], dropout: 0, l2: 0 } as const;
    const phases: string[] = [];
    const [exact] = await headway.run(
      { ...common, head: { kind: 'exact', ...plain } },
      {
        onEvent: (event) => {
          if (event.type === 'progress' && event.phase === 'train') phases.push(event.progress.unit);
        },
      },
    );
    const [dense] = await headway.run({ ...common, head: { kind: 'dense', ...plain } });
    const report = await headway.report(exact!.runId, 'test');
    const comparison = await headway.compare(exact!.runId, dense!.runId);
    const refused = await headway
      .run({ ...common, head: { kind: 'exact', hidden: [8], dropout: 0, l2: 0 } })
      .catch((error: unknown) => (error as { code?: string }).code);
    return { findings, exact: exact!, dense: dense!, report, comparison, phases, refused };
  });
  const { findings, exact, dense, report, comparison, phases, refused } = outcome;
  expect(findings.map(({ code }) => code)).toContain('few-images');
  expect(exact.exact!.converged).toBe(true);
  expect(exact.history).toHaveLength(1);
  expect(new Set(phases)).toEqual(new Set(['fits']));
  expect(dense.exact).toBeUndefined();
  expect(exact.split.test).toHaveLength(8);
  expect(dense.split).toEqual(exact.split);
  expect(exact.evaluation!.test!.images).toBe(8);
  expect(report.predictions.map(({ id }) => id)).toEqual(exact.split.test);
  expect(report.summary.correct).toBe(exact.evaluation!.test!.correct);
  expect(comparison).toMatchObject({ images: 8, correctA: exact.evaluation!.validation.correct });
  expect(refused).toBe('invalid-request');
});
