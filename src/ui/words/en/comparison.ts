import { counted } from '../numbers';

/** What an accuracy can be held against. */
export const costs = {
  ms: { title: 'Time per image', axis: 'Milliseconds per image on this machine' },
  download: { title: 'Download', axis: 'Download' },
  parameters: { title: 'Parameters of the base', axis: 'Parameters of the base' },
  heading: 'Accuracy against cost',
  cost: 'Cost',
  run: 'Run',
  validationAccuracy: 'Validation accuracy',
  interval: '95% interval',
};

export const comparison = {
  columns: {
    base: 'Base',
    cut: 'Cut',
    head: 'Head',
    best: 'Best validation accuracy',
    last: 'Last validation accuracy',
    ms: 'Time per image',
    extraction: 'Extraction',
    epoch: 'Time per epoch',
    download: 'Download',
    parameters: 'Parameters of the base',
    features: 'Bottleneck length',
    'head-parameters': 'Parameters of the head',
  },
  epoch: (n: number) => `epoch ${n}`,
  solved: (converged: boolean, iterations: number) =>
    `${converged ? 'solved in' : 'stopped after'} ${counted(iterations, 'iteration', 'iterations')}`,
  solvedIn: (time: string) => `solved in ${time}`,
  measuredEarlier: 'measured earlier',
  fromStore: 'From the store',
  /** `held`: how many validation images; null where runs differ in it. */
  how: (held: number | null) =>
    `Under each accuracy its 95% interval (Wilson)${held === null ? '' : ` on ${held} validation images`}: where two overlap much, chance may be all that is between them. The best epoch was picked on the same images, so it flatters a little.`,
  title: 'Comparison',
  save: 'Save comparison as CSV',
  caption: 'Comparison of runs',
  run: 'Run',
  compare: (name: string) => `Compare ${name}`,
  pinned: '(pinned)',
};

export const verdicts = {
  names: { better: 'Better', worse: 'Worse', 'cannot tell': 'Cannot tell' },
  alone: (images: string, onlyA: string, onlyB: string) =>
    `of ${images} images it alone had ${onlyA} right, the other alone ${onlyB}`,
  sentences: {
    better: (name: string, reference: string, alone: string) =>
      `${name} is better than ${reference}: ${alone}.`,
    worse: (name: string, reference: string, alone: string) =>
      `${name} is worse than ${reference}: ${alone}.`,
    'cannot tell': (name: string, reference: string, alone: string) =>
      `Whether ${name} is better than ${reference} cannot be told: ${alone}.`,
  },
  title: 'Better, or only luckier?',
  compareWith: 'Compare with',
  verdict: 'Verdict',
  difference: 'Difference, points',
  mcnemar: 'McNemar p',
  images: 'Images',
  how: 'Both runs are asked the same validation images, and only those that one has right and the other wrong count: the exact McNemar test and a paired bootstrap interval must agree at 5% before a run is called better or worse. Of many pairs that do not differ, about one in twenty would still be.',
  save: 'Save verdicts as CSV',
  impossible: 'They could not be compared.',
  comparing: 'Comparing…',
  noAnswers: 'Made before answers were kept; train it again to compare.',
  otherClasses: 'It tells other classes apart.',
  otherImages: 'It was judged on other images.',
};
