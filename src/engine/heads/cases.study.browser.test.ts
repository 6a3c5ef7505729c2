/** What `docs/study/cases.md` says of cases 2 to 4; minutes long, so that only `npm run study -- --cases` runs it. */
import { expect, test } from 'vitest';
import { realBesideRandom, trainedBesideFrozen, wholeTrained, type Sizes } from './cases.test-helper';

const sizes: Sizes = { side: 64, training: 400, held: 300 };

test('case 2: ResNet50’s last stage, trained, is no worse than frozen', async () => {
  const { compared } = await trainedBesideFrozen(sizes, 'conv4_block6_out', 6);
  expect(compared.verdict).not.toBe('worse');
}, 900_000);

test.runIf(import.meta.env.HAS_FIXTURES)(
  'case 3: VGG16’s real blocks 1 to 3 beat blocks of random weights',
  async () => {
    const compared = await realBesideRandom(sizes);
    expect(compared.verdict).toBe('better');
    expect(compared.pValue).toBeLessThan(0.01);
  },
  900_000,
);

test('case 4: trained as a whole, ResNet50 lowers its validation loss', async () => {
  const { history } = await wholeTrained({ side: 64, training: 200, held: 100 }, { epochs: 5 });
  const [warm, ...whole] = history.map(({ valLoss }) => valLoss);
  expect(Math.min(...whole)).toBeLessThan(warm!);
}, 900_000);
