import type { CaseAdvice, CutProbe, TransferCase } from './advice';

/** What the article does in each case. */
export const caseActions: Readonly<Record<TransferCase, string>> = {
  1: 'Keep every stage frozen and train a new head on the bottlenecks.',
  2: 'Keep the low stages frozen and train the high ones further, together with a new head.',
  3: 'Cut the base low, remove what lies above, and train a new head on the features there.',
  4: 'Train the whole network further from its pretrained weights, together with a new head.',
};

export const caseTitles: Readonly<Record<TransferCase, string>> = {
  1: 'Few images, similar to ImageNet’s',
  2: 'Many images, similar to ImageNet’s',
  3: 'Few images, different from ImageNet’s',
  4: 'Many images, different from ImageNet’s',
};

type Measurements = Omit<CaseAdvice, 'sentence' | 'evidence'>;

/** The advice in words. Names of classes stay out of it. */
export function adviceText(advice: Measurements, title: string): Pick<CaseAdvice, 'sentence' | 'evidence'> {
  const { fits, probes, probed, imagesPerClass, thresholds, isLarge, isSimilar } = advice;
  const best = probes.find(({ cut }) => cut === advice.cut)!;
  const last = probes.at(-1)!;
  const where = fits === 3 ? ` The best cut measured is ${best.cut}.` : '';
  const amount =
    `${count(imagesPerClass)} training images a class ${isLarge ? 'are many' : 'are few'} ` +
    `(${count(thresholds.largeFrom)} and more would count as many)`;
  const likeness = isSimilar
    ? `of ${count(probed)} images, a linear probe recognises ${share(last)} at the last stage of ${title}, and no ` +
      'earlier stage does significantly better: its most specialised features suit these images'
    : `of ${count(probed)} images, a linear probe recognises ${share(best)} at ${best.cut} but only ${share(last)} ` +
      `at the last stage of ${title}: its most specialised features suit these images less`;
  return {
    sentence: `Case ${fits}: ${lower(caseTitles[fits])}. ${caseActions[fits]}${where}`,
    evidence: `${amount}; ${likeness}.`,
  };
}

const count = (value: number) => Math.round(value).toLocaleString('en');
const share = ({ accuracy }: CutProbe) => `${(100 * accuracy).toFixed(1)}%`;
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
