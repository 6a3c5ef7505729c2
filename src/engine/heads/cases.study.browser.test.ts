/** What `docs/study/cases.md` says of cases 2 and 3; minutes long, so that only `npm run study -- --cases` runs it. */
import { expect, test } from 'vitest';
import { realBesideRandom, trainedBesideFrozen, type Sizes } from './cases.test-helper';

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
