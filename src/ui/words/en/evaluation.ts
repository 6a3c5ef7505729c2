import type { TemplateResult } from 'lit';
import { html } from 'lit';
import { counted } from '../numbers';
import { images } from './units';

export const evaluation = {
  tabs: {
    overview: 'Overview',
    confidence: 'Confidence',
    mistakes: 'Mistakes',
    labels: 'Labels',
    map: 'Map',
    more: 'More images?',
  },
  accuracy: {
    validation: (correct: string, of: string, range: string) =>
      `validation accuracy: ${correct} of ${of} right, 95% interval ${range} (Wilson)`,
    test: (correct: string, of: string, range: string) =>
      `test accuracy: ${correct} of ${of} right, 95% interval ${range} (Wilson)`,
  },
  recognised: (truth: TemplateResult) => html`${truth}, recognised`,
  called: (truth: TemplateResult, answer: TemplateResult) => html`${truth} called ${answer}`,
  calledText: (truth: string, answer: string) => `${truth} called ${answer}`,
  predictions: (n: number) => `${counted(n, 'prediction', 'predictions')} of this run:`,
  /** `least`: how sure an answer has to be. */
  noneAnswered: (least: string) => `Answer only when at least ${least} sure: no image is answered.`,
  withheld: (least: string, answered: string, right: string) =>
    `Answer only when at least ${least} sure: ${answered} of images answered, ${right} of those right.`,
  /** `threshold`: null where there is none. */
  noneOfThese: (threshold: string | null) =>
    `None of these: ${threshold === null ? 'every answer counts' : `below ${threshold}`}`,
  sureness: {
    over: 'it was too sure of itself',
    under: 'it was surer than it let on',
    apt: 'it was about as sure as it ought to be',
  },
  calibration: (
    error: { ece: string; scaled: string; temperature: string },
    meaning: string,
    crossEntropy: { before: string; after: string },
  ) =>
    `Expected calibration error ${error.ece}; after dividing the logits by the temperature ${error.temperature}, ${error.scaled}: ${meaning}. Cross-entropy ${crossEntropy.before} before, ${crossEntropy.after} after.`,
  allRecognised: (of: string) => `All ${of} were recognised.`,
  mistakes: (n: number, of: string) =>
    `${counted(n, 'mistake', 'mistakes')} among ${of}, the costliest first.`,
  closeImages: 'Close these images',
  close: 'Close',
  title: 'Evaluation',
  runToEvaluate: 'Run to evaluate',
  noAnswers:
    'This run was made before its answers were kept. Train the same head again to see them: the bottlenecks are stored, so that it takes a moment.',
  failed: 'The evaluation of this run could not be made.',
  again: 'Evaluate again',
  evaluating: 'Evaluating…',
  judgedOn: 'Judged on',
  validationImages: 'Validation images',
  testImages: 'Test images',
  savePredictions: 'Save predictions as CSV',
  saveReport: 'Save report as JSON',
  mistakesTitle: 'Mistakes',
  nearTheTop: 'What is near the top is often mislabelled, or shows several classes.',
  costliestFirst: 'Mistakes, the costliest first',
  crossEntropy: 'Cross-entropy',
  nats: 'nats an image',
  amongBest: (k: number) => `Among its best ${k}`,
  macroF1: 'Macro F1',
  eachClass: 'each class counts the same',
  calibrationError: 'Calibration error',
  trainedTail:
    'This run trained stages of its base, which know all of its training images and their labels by now: nothing could be held out from them. Run the same images with a frozen base, and look there.',
  rejectText: 'An answer that is less sure than this counts as none of these.',
  rejectLines: 'On validation images, solid: answered; dashed: right among those.',
  howSure: 'How sure an answer has to be',
  pointIn: (heading: string) => `Point in the ${heading} chart`,
};

export const confusion = {
  heading: 'Confusion matrix',
  darkest: { counts: 'most images', shares: 'the whole row' },
  caption: {
    counts: 'Confusion matrix, images: true classes by answers',
    shares: 'Confusion matrix, shares of each row: true classes by answers',
  },
  title: { counts: 'Confusion matrix, images', shares: 'Confusion matrix, row shares' },
  /** `answer`: null where it is the true class. */
  cell: (n: number, truth: string, answer: string | null, share: string) =>
    `${images(n)} of ${truth} ${answer === null ? 'recognised' : `called ${answer}`} (${share} of ${truth})`,
  show: 'Show in the confusion matrix',
  counts: 'Counts',
  shares: 'Row shares',
  text: 'Rows are the true classes, columns the answers; the diagonal is right.',
  pressing: 'Press a cell to see its images; arrow keys go from one to the next.',
  large: 'Large cells',
  mostOften: 'Taken for each other most often',
  showAll: (n: number) => `Show all ${n} mistaken pairs`,
  none: 'None',
  trueClass: 'True class',
  predicted: 'Predicted class, by number of its row',
};

/** How well each class is told from the others. */
export const metrics = {
  columns: { precision: 'Precision', recall: 'Recall', f1: 'F1', support: 'Images' },
  axes: {
    roc: ['False positive rate', 'True positive rate'],
    precisionRecall: ['Recall', 'Precision'],
  },
  area: 'Area',
  averagePrecision: 'Average precision',
  reliability: ['Scaling', 'Confidence from', 'to', 'Images', 'Mean confidence', 'Accuracy'],
  oneAgainstOthers: 'One class against the others',
  class: 'Class',
  byClass: 'By class',
  save: 'Save metrics by class as CSV',
  caption: 'Precision, recall, F1 and images of every class',
  mean: 'Mean of the classes',
  weighted: 'Weighted by images',
  answered: 'Images that get an answer',
  right: 'Answers that are right',
  coverage: 'None of these: coverage and accuracy',
  coverageText: 'Images whose best answer is less sure than the threshold count as none of these.',
  coveragePoint: (least: string, answered: string, right: string) =>
    `At least ${least} sure: ${answered} answered, ${right} right`,
  threshold: 'Threshold',
  said: 'Said: probability of the answer',
  was: 'Was: share right',
  calibration: 'Calibration',
  asTrained: 'As trained',
  afterScaling: 'After temperature scaling',
  calibrationPoint: (name: string, images: string, said: string, right: string) =>
    `${name}: ${images} said ${said}, ${right} right`,
  roc: 'ROC curve',
  precisionRecall: 'Precision–recall curve',
  falsePositives: 'Of the others, taken for it',
  found: 'Of the class, found',
  recall: 'Of the class, found (recall)',
  precision: 'Of those said to be it, right (precision)',
  rocText:
    'The area is the chance that an image of the class gets a higher probability of it than another does.',
  chance: (percent: string) => `Dotted: guessing, ${percent}, which is the class’s share of the images.`,
  rocPoint: (found: string, label: string, taken: string) =>
    `${found} of ${label} found, ${taken} of the others taken for it`,
  recallPoint: (found: string, label: string, right: string) =>
    `${found} of ${label} found, ${right} of those said to be it right`,
};

/** A run’s images by their features. */
export const map = {
  methods: { pca: 'Principal components', umap: 'UMAP' },
  /** “8,000 images”, “50,000” */
  drawnFrom: (shown: string, of: string) =>
    `${shown} of ${of}, drawn at random in proportion to classes and shares`,
  heading: (method: string) => `Map of the features, ${method}`,
  umap: (of: string) =>
    `${of}. UMAP keeps neighbours together; how far apart groups lie, and how large they are, means little.`,
  components: (of: string, across: string, up: string) =>
    `${of}, along the two directions in which their features differ most: ${across} of the variance across, ${up} up. What overlaps here may lie apart in the other directions.`,
  mistaken: 'mistaken',
  how: 'How the map is made',
  making: 'Making the map',
  readingFeatures: 'Reading features…',
  none: 'There is no map of this run.',
  image: 'Image on the map',
  imagesToWalk: (integer: string) => `${integer} images; arrow keys go through them`,
  drawn: 'What is drawn',
  highlighted: 'Highlighted class',
  gone: 'No longer in the data set',
  takenFor: (classes: string) => `, taken for ${classes}`,
  recognised: ', recognised',
  class: 'Class',
  images: 'Images',
  judged: 'Judged',
  mistakenMany: 'Mistaken',
  nearest: 'Nearest class on the map',
  show: 'What to show with the answers',
  whatItLooksAt: 'What it looks at',
  strength: 'Strength',
  speaksFor: 'Speaks for',
  ownAnswer: 'each run’s own answer',
  nearestImages: 'Nearest training images',
  explained:
    'Red places speak for the class, blue ones against it; what stays clear makes no difference. Each map has its own scale.',
};

/** Labels that look wrong. */
export const labels = {
  queue: (n: number, judged: string) =>
    n === 0
      ? `None of the ${judged} looks mislabelled.`
      : `${counted(n, `of ${judged} looks`, `of ${judged} look`)} mislabelled.`,
  trust: (
    search: { others: number; folds: number; unjudged: number },
    heads: { accuracy: string; labels: string; low: string; high: string },
  ) => {
    const { others, folds, unjudged } = search;
    const left = `${images(unjudged)} could not be judged: ${unjudged === 1 ? 'it has' : 'they have'} nothing of ${unjudged === 1 ? 'its' : 'their'} class to be compared with.`;
    return `Each image was judged by a linear head trained on the other ${others} of ${folds} parts of the images. These heads agree with ${heads.accuracy} of ${heads.labels} labels (95% interval ${heads.low} to ${heads.high}): the fewer, the more of what follows is their own mistake.${unjudged === 0 ? '' : ` ${left}`}`;
  },
  decisionsLeft: (n: number) => `${counted(n, 'decision', 'decisions')} left.`,
  looksLike: (label: TemplateResult, other: TemplateResult, share: TemplateResult) =>
    html`Labelled ${label}, looks like ${other}, ${share}`,
  imageAndLabel: {
    train: (share: string) => `Training image, its label ${share}`,
    validation: (share: string) => `Validation image, its label ${share}`,
  },
  moveToLabel: (label: TemplateResult) => html`Move to ${label}`,
  now: (label: TemplateResult) => html`Now ${label}`,
  kept: 'Kept',
  removed: 'Removed',
  title: 'Labels that look wrong',
  looking: 'Looking for label errors',
  lookingUp: 'Looking up…',
  text: 'Heads that have not seen an image judge its label: five times, each time without a fifth of the training and validation images, on the stored features. That takes seconds to a minute. Test images stay untouched.',
  notFinished: 'It did not come to an end.',
  look: 'Look for label errors',
  changed: (images: string) =>
    `${images} changed. The figures of finished runs stay as they are: run again to see what the better labels do.`,
  doubtful: 'Images whose labels look wrong, the most doubtful first',
  showMore: (images: string) => `Show more (${images} left)`,
  lookAgain: 'Look again',
  save: 'Save as CSV',
  theImage: 'The image',
  keptAs: (path: string, label: string) => `${path} is kept as ${label}.`,
  doubtedAgain: (path: string) => `${path} is doubted again.`,
  isRemoved: (path: string) => `${path} is removed.`,
  isNowIn: (path: string, label: string) => `${path} is now in ${label}.`,
  moveToAbout: (label: string, path: string) => `Move to ${label}: ${path}`,
  moveTo: (label: string) => `Move to ${label}`,
  keepAs: (label: string, path: string) => `Keep as ${label}: ${path}`,
  keep: 'Keep',
  removeNamed: (path: string) => `Remove ${path}`,
  remove: 'Remove',
  doubtAgain: 'Doubt it again',
  doubtAgainNamed: (path: string) => `Doubt it again: ${path}`,
  back: 'Back',
  backTo: (label: string, path: string) => `Back to ${label}: ${path}`,
};

/** Would more images help? */
export const learning = {
  columns: [
    'Training images',
    'Repeats',
    'Mean accuracy',
    '95% low',
    '95% high',
    'Validation images alone: 95% low',
    '95% high',
    'Lowest repeat',
    'Highest repeat',
  ],
  answers: {
    yes: 'More images would probably help.',
    hardly: 'More images would hardly help.',
    'cannot tell': 'Whether more images would help cannot be told.',
  },
  interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
  lastDoubling: (from: string, to: string, gain: string, interval: string) =>
    `The last doubling, from ${from} to ${to}, gained ${gain} points of accuracy (${interval}).`,
  nextDoubling: (to: string, gain: string, interval: string) =>
    `Another one, to ${to}, would gain about ${gain} (${interval}), if the curve goes on as the inverse power law through its points.`,
  tooFew: (n: number) => `${n} numbers of images are too few to look ahead.`,
  /** `onceForAll`: with all images there is one training only. */
  method: (repeats: number, onceForAll: boolean, judged: string, exact: boolean) =>
    `The run’s own head and settings, trained ${repeats} times at each number of images${onceForAll ? ' below all' : ''} on stratified subsets that contain each other, judged on the same ${judged}. The band is the 95% interval for other training and other validation images (Wilson’s interval, and the variance between repeats corrected for their overlap); dots are the repeats.${exact ? ' The exact head’s penalty is that of all images in total, so that fewer images are held tighter.' : ''}`,
  point: (of: string, accuracy: string, low: string, high: string) =>
    `${of}: ${accuracy}, 95% interval ${low} to ${high}`,
  /** `time`: null where it is a moment. */
  takes: (time: string | null) => `${time === null ? 'a few seconds' : `about ${time}`}.`,
  title: 'Would more images help?',
  training: 'Training on fewer and more images',
  text: (takes: string) =>
    `The head of this run is trained again on ever larger parts of its training images, from stored features, several times each. That takes ${takes}`,
  withoutCopies: 'The run’s altered copies of training images are left out.',
  measure: 'Measure the learning curve',
  trainingImages: 'Training images',
  validationAccuracy: 'Validation accuracy',
  heading: 'Accuracy by number of images',
  all: (pointText: string) => `All ${pointText}.`,
  lookedAheadAt: (images: string, accuracy: string) => `${images}: about ${accuracy}, looked ahead`,
  measured: 'measured, with 95% band',
  lookedAhead: 'looked ahead',
};
