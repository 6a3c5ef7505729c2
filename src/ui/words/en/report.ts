import { markup, type Markup } from '../../report/markup';
import { counted } from '../numbers';

/** The report as an HTML file; what the page says as well is where the page has it. */
export const report = {
  title: (made: string) => `Headway report, ${made}`,
  heading: 'Image classifiers by transfer learning',
  madeBy: (version: string, made: string) =>
    `Made by Headway ${version} on ${made}. Nothing of it was uploaded anywhere.`,

  dataset: 'Data set',
  contents: (images: string, classes: string, leftOut: number) =>
    `${images} in ${classes}${leftOut > 0 ? `; ${counted(leftOut, 'file', 'files')} left out at import` : ''}.`,
  imagesByClass: 'Images by class',
  shareOfImages: 'Share',
  folders: { train: 'Train folder', validation: 'Validation folder', test: 'Test folder' },
  audit: 'Audit',
  auditFailed: 'The audit could not be made.',
  nothingFound: 'Nothing was found.',
  findings: 'What is wrong, or may be, with the data set as it is now',
  kind: 'Kind',
  finding: 'Finding',

  runs: 'Runs',
  finishedRuns: 'Finished runs, the newest first; 95% intervals by Wilson',
  testAccuracy: 'Test accuracy',
  verdicts:
    'On the validation images of both; exact McNemar test and paired bootstrap interval must agree at 5%',
  than: 'Than',
  comparisonFailed: 'It failed.',
  whileTheyTrained: 'While they trained',
  byEpoch: { accuracy: 'Accuracy by epoch', loss: 'Loss by epoch' },
  ring: 'A ring marks the epoch whose weights a head carries; without one it is the last.',

  noAnswers: 'This run was made before its answers were kept; there is nothing to judge it by.',
  cutAt: (base: string, cut: string) => `${base}, cut at ${cut}`,
  weights: 'Weights',
  digest: 'SHA-256 of the weights',
  headAndTraining: 'Head and training',
  split: 'Split',
  held: (images: { train: string; validation: string; test: string }, seed: number) =>
    `${images.train} to train, ${images.validation} to validate, ${images.test} to test; near-duplicates on one side; seed ${seed}`,
  finished: 'Finished',
  time: 'Time',
  /** `extraction`: null where every feature was in the store. */
  times: (extraction: { time: string; images: string } | null, training: string) =>
    `${extraction === null ? 'features from the store' : `${extraction.time} for ${extraction.images}`}, ${training} of training`,
  solution: 'Solution',
  solved: (l2: string, gradientNorm: string, iterations: number, converged: boolean) =>
    `L2 ${l2}, gradient norm ${gradientNorm} after ${counted(iterations, 'iteration', 'iterations')}${converged ? '' : ', not converged'}`,
  epochKept: 'Epoch kept',

  accuracy: {
    validation: (score: string, right: string, of: string) =>
      `Validation accuracy ${score}: ${right} of ${of} right; 95% interval by Wilson.`,
    test: (score: string, right: string, of: string) =>
      `Test accuracy ${score}: ${right} of ${of} right; 95% interval by Wilson.`,
  },
  expectedCalibrationError: 'Expected calibration error',
  temperature: 'Temperature',
  takenFor: {
    validation: 'Validation images: what was taken for what',
    test: 'Test images: what was taken for what',
  },
  confusion: 'Rows are the true classes, columns what the head called them.',
  byClass: {
    validation: 'By class, validation images; 95% intervals by Wilson',
    test: 'By class, test images; 95% intervals by Wilson',
  },
  asTrained: 'as trained',
  afterScaling: 'after temperature scaling',
  mistake: (truth: Markup, answer: Markup, sure: string, ofTruth: string): Markup =>
    markup`Is ${truth}, called ${answer}, ${sure} sure; the true class ${ofTruth}`,

  firstSuspects: (n: number) => `The first ${n}`,
  mostDoubtfulFirst: 'The most doubtful first',
  image: 'Image',
  shareOfSplit: 'Share',
  labelled: 'Labelled',
  probability: 'Probability',
  looksLike: 'Looks like',
};
