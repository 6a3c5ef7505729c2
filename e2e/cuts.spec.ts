import { expect } from '@playwright/test';
import { test, waitForImages } from './support/app';
import { cifarImages, classFolders, drop } from './support/images';

const labels = ['airplane', 'frog', 'truck'];

test('advice, a base cut low, and one whose last block is trained', async ({ app }) => {
  await drop(app, classFolders(labels, 10));
  await waitForImages(app, 30);

  // Through the base once: the last stage and four cuts below it.
  const advice = await app.evaluate(() => window.headway.advice('resnet50'));
  expect(advice).toMatchObject({ isLarge: false, trainImages: 24, classes: 3, probed: 24 });
  expect([1, 3]).toContain(advice.fits);
  expect(advice.probes.map(({ cut, width }) => [cut, width])).toEqual([
    ['conv1_relu', 64],
    ['conv2_block3_out', 256],
    ['conv3_block4_out', 512],
    ['conv4_block6_out', 1024],
    ['avg_pool', 2048],
  ]);

  // Case 3: everything above the cut removed. What the advice has looked at is not looked at again.
  const low = await app.evaluate(async () => {
    const [run] = await window.headway.run({ bases: ['resnet50'], cut: 'conv4_block6_out', epochs: 4 });
    return run!;
  });
  expect(low.request.cuts).toEqual({ resnet50: 'conv4_block6_out' });
  expect(low.timing.extractedImages).toBe(6);
  expect(low.history.at(-1)!.loss).toBeLessThan(low.history[0]!.loss);

  // Case 2: what is above the cut is kept, and trained.
  const tuned = await app.evaluate(async () => {
    const [run] = await window.headway.run({
      bases: ['resnet50'],
      cut: 'conv5_block2_out',
      tail: 'train',
      tailLearningRate: 0.0001,
      epochs: 3,
      batchSize: 8,
    });
    return run!;
  });
  expect(tuned.timing.extractedImages).toBe(30);
  expect(tuned.weightsDigest).not.toBe(low.weightsDigest);
  expect(tuned.history.at(-1)!.loss).toBeLessThan(tuned.history[0]!.loss);

  // Both answer, each through its own base; and both are judged on the same images.
  const frog = cifarImages().get('frog')![20]!;
  const predictions = await app.evaluate(
    (bytes) => window.headway.predict(new Blob([new Uint8Array(bytes)], { type: 'image/png' })),
    [...frog.bytes],
  );
  expect(predictions.map(({ runId }) => runId)).toEqual([tuned.runId, low.runId]);
  for (const { classes } of predictions)
    expect(classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 4);
  const compared = await app.evaluate(([a, b]) => window.headway.compare(a!, b!), [tuned.runId, low.runId]);
  expect(compared.images).toBe(6);

  // What makes no sense is said in words.
  const refusal = await app.evaluate(() =>
    window.headway.run({ bases: ['resnet50'], cut: 'mixed5' }).then(
      () => null,
      (error: unknown) => {
        const { code, advice } = error as { code: string; advice: string };
        return { code, advice };
      },
    ),
  );
  expect(refusal).toMatchObject({ code: 'invalid-request' });
  expect(refusal!.advice).toContain('conv4_block6_out');
});
