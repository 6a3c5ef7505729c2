/** The article's second to fourth case, small; at the size of the study: `cases.study.browser.test.ts`. */
import { expect, test } from 'vitest';
import { realBesideRandom, trainedBesideFrozen, wholeTrained } from './cases.test-helper';

test('case 2: with its last block trained, ResNet50 fits what it is shown better than frozen', async () => {
  const sizes = { side: 32, training: 64, held: 32 };
  const { compared, losses } = await trainedBesideFrozen(sizes, 'conv5_block2_out', 3);
  expect(losses.trained).toBeLessThan(0.8 * losses.frozen);
  expect(compared.verdict).not.toBe('worse');
});

test.runIf(import.meta.env.HAS_FIXTURES)(
  'case 3: VGG16’s real blocks 1 to 3 beat blocks of random weights',
  async () => {
    const compared = await realBesideRandom({ side: 32, training: 120, held: 100 });
    expect(compared.verdict).toBe('better');
  },
);

test('case 4: trained as a whole, ResNet50 lowers its validation loss', async () => {
  const sizes = { side: 32, training: 48, held: 48 };
  const { history, tail } = await wholeTrained(sizes, { epochs: 2, learningRate: 0.003 });
  const [warm, ...whole] = history.map(({ valLoss }) => valLoss);
  expect(Math.min(...whole)).toBeLessThan(warm!);
  expect(tail.has('conv1_conv')).toBe(true);
});
