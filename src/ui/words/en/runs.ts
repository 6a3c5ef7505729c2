import { html } from 'lit';

/** The settings of a run, in the form. */
export const fields = {
  epochs: { label: 'Epochs', hint: 'How often training goes over all bottlenecks.' },
  learningRate: { label: 'Learning rate', hint: 'How far each step moves the weights.' },
  batchSize: { label: 'Batch size', hint: 'Images per step.' },
  validationShare: {
    label: 'Validation',
    hint: 'Held out of each class to measure on; never trained on.',
  },
  testShare: {
    label: 'Test',
    hint: 'Held out as well, but chooses nothing: an honest figure at the end. 0 is none.',
  },
  dropout: {
    label: 'Dropout',
    hint: 'Share of hidden activations dropped at each step, against overfitting.',
  },
  l2: { label: 'L2', hint: 'Weight of the squared kernels in the loss; 0 is off.' },
  patience: {
    label: 'Patience',
    hint: 'Epochs without a lower validation loss before training stops.',
  },
  tailLearningRate: {
    label: 'Learning rate of the stages',
    hint: 'Much lower than the head’s: these weights are good already.',
  },
  warmupEpochs: {
    label: 'Warm-up epochs',
    hint: 'At first only the head learns, so that its first steps spoil nothing below.',
  },
  copies: {
    label: 'Copies of each',
    hint: 'Stored versions of a training image, itself included; validation images stay as they are.',
  },
  crop: {
    label: 'Cut away up to',
    hint: 'Of the side; what is left lies anywhere, and fills the square again.',
  },
  colour: {
    label: 'Change colours up to',
    hint: 'Brightness, contrast and saturation, up or down.',
  },
  seed: { label: 'Seed', hint: 'The same seed gives the same split, weights and order.' },
};

export const head = {
  presets: {
    article: {
      title: 'Dense 512 + softmax',
      text: 'The article’s head: one hidden layer with relu.',
    },
    softmax: { title: 'Plain softmax', text: 'One linear layer: few weights, hard to overfit.' },
    exact: {
      title: 'Exact linear',
      text: 'Multinomial logistic regression on standardised features, solved to convergence, its L2 chosen by cross-validation.',
    },
    custom: { title: 'Custom', text: 'Hidden layers of your own, then softmax.' },
  },
  resizes: { stretch: 'Stretch', crop: 'Crop', letterbox: 'Letterbox' },
  unused: 'Not used: the exact head is solved, not trained in steps.',
  /** `share`: null where there is none. */
  dropout: (share: string | null) => (share === null ? 'no dropout' : `${share} dropout`),
  correctAbove: 'Correct the settings marked above.',
  advanced: 'Advanced',
  optimizer: 'Optimizer',
  optimizerHint: 'How gradients become steps.',
  resize: 'Resize',
  resizeHint: 'To the square: stretch it, crop its middle, or fit it inside bars.',
  classWeights: 'Class weights',
  classWeightsHint: 'Balanced: small classes count as much as large ones.',
  none: 'None',
  balanced: 'Balanced',
  earlyStopping: 'Early stopping',
  run: 'Run',
  earlyStoppingShort: 'early stopping',
  exactL2: 'On standardised features; 0 lets cross-validation choose.',
  title: 'Head',
  units: 'Units of each hidden layer',
  unitsHint: 'From the bottleneck up, for example 512, 128.',
};

/** The settings of a run, in one line. */
export const settings = {
  copies: (n: number) => `${n} copies`,
  mirrored: 'mirrored',
  cropped: (share: string) => `cropped up to ${share}`,
  recoloured: (share: string) => `recoloured up to ${share}`,
  optimizers: { adam: 'Adam', rmsprop: 'RMSprop', sgd: 'SGD with momentum' },
  tail: (learningRate: number) => `tail ${learningRate}`,
  resize: { stretch: 'stretch to fit', crop: 'crop to fit', letterbox: 'letterbox to fit' },
  exactHead: 'Exact linear',
  softmaxHead: 'Plain softmax',
  denseHead: (hidden: string) => `Dense ${hidden} + softmax`,
  cutAt: (cut: string, rest: string) => `Cut at ${cut}; ${rest}`,
  l2ByCrossValidation: 'L2 by cross-validation',
  balanced: 'balanced classes',
  seed: (seed: number) => `seed ${seed}`,
  batch: (batchSize: number) => `batch ${batchSize}`,
  warmup: (epochs: string) => `warm-up ${epochs}`,
  dropout: (dropout: number) => `dropout ${dropout}`,
  patience: (patience: number) => `patience ${patience}`,
};

export const plan = {
  /** What Run will do, step by step, as one sentence. */
  then: (steps: string, last: string) => `${steps}, then ${last}`,
  /** `parts`: what is trained beside the head, or nothing. */
  train: (parts: string, atMost: boolean, length: string) =>
    `train ${parts}${atMost ? 'up to ' : ''}${length}`,
  headAndWholeBase: 'the head and the whole base for ',
  headAndStages: 'the head and the stages above the cut for ',
  copiesIncluded: ', altered copies included,',
  goingOn: 'A run is going on.',
  importing: 'Images are still being imported.',
  addImages: 'Add images first.',
  addSecondClass: 'Add a second class: a classifier needs two to tell apart.',
  chooseBase: 'Choose a base first.',
  download: (bytes: string) => `download ${bytes}`,
  extractWithEach: (images: string, copies: string, titles: string) =>
    `extract ${images}${copies} with each of ${titles}`,
  extractWith: (images: string, copies: string, titles: string) =>
    `extract ${images}${copies} with ${titles}`,
  solve: 'solve the exact linear head',
  extractionTakes: (duration: string) => ` Extraction takes about ${duration}.`,
  atLeastOneLayer: 'Enter at least one layer, for example 512, 128.',
  atMostEight: 'Eight layers are the most.',
  wholeUnits: 'Enter whole numbers from 1 to 8192, separated by commas.',
};

/** A base’s way through a run. */
export const lanes = {
  phases: { download: 'Download', extract: 'Extract', train: 'Train' },
  nothingToDo: {
    download: 'Kept on this machine',
    extract: 'Every bottleneck was in the store',
    train: '',
  },
  status: {
    waiting: 'Waiting',
    download: 'Downloading',
    extract: 'Extracting',
    train: 'Training',
    done: 'Finished',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
  paused: 'Paused',
  amountPaused: (amount: string) => `${amount} · paused`,
  finished: (n: number, all: number) => `${n} of ${all} finished`,
  ended: {
    failed: (n: number) => `${n} failed`,
    cancelled: (n: number) => `${n} cancelled`,
    interrupted: (n: number) => `${n} interrupted`,
  },
  accuracy: (share: string) => `, validation accuracy ${share}`,
  running: 'Running',
  lastRun: 'Last run',
  resumeAll: 'Resume all',
  pauseAll: 'Pause all',
  cancelAll: 'Cancel all',
  closedInTheMiddle:
    'The page was closed in the middle. What was finished is kept; the run goes on from there.',
  tryAgain: 'Try again',
  goOn: 'Go on',
  resume: 'Resume',
  pause: 'Pause',
};

export const runs = {
  accuracyOn: (images: string) => `validation accuracy, on ${images} never trained on`,
  interval: (low: string, high: string) => `; 95% interval ${low} to ${high}`,
  weights: 'weights',
  trainedOn: (n: string) => `${n} images`,
  exact: {
    /** How its L2 came about: the best of so many, or given. */
    l2: (tried: number) => (tried > 0 ? `best of ${tried} by cross-validation` : 'given'),
    converged: (yes: boolean) => (yes ? 'converged' : 'not converged'),
  },
  empty: html`Accuracy and loss are drawn here while the head trains; then you can try it on an image of your
    own. What such curves can hide is shown by the <a href="#replay">replay of the article</a>.`,
  finished: 'Finished runs',
  showCompared: 'Show compared runs only',
  showAll: (length: number) => `Show all finished runs (${length})`,
  writingReport: 'Writing the report…',
  saveReport: 'Save report (HTML)',
  renameThis: 'Rename this run',
  renameText: (automatic: string) => `Without a name of yours it is called “${automatic}”.`,
  rename: 'Rename',
  name: 'Name',
  gradientNorm: 'Gradient norm',
  iterations: 'Iterations',
  pinned: 'Pinned',
  settings: 'Settings',
  figures: 'Figures and settings',
  pinTitle: 'Pinned runs stay in the comparison',
  unpin: 'Unpin',
  pin: 'Pin',
  renameNamed: (name: string) => `Rename ${name}`,
  removeNamed: (name: string) => `Remove run ${name}`,
  remove: 'Remove',
  highest: 'Highest',
  headCarries: 'Head carries',
  ofEpochs: (n: number) => `of ${n}`,
  extraction: 'Extraction',
  solving: 'Solving',
  training: 'Training',
  backend: 'Backend',
  whatFor: 'What for?',
};

export const curves = {
  /** A run that has no name yet. */
  live: {
    now: { tag: 'now', name: 'training now' },
    unfinished: { tag: 'unfinished', name: 'unfinished' },
  },
  exact: 'exact',
  short: { validation: 'val.', training: 'train.' },
  lastEpoch: 'Last epoch',
  epoch: (n: number) => `Epoch ${n}`,
  epochAxis: 'Epoch',
  epochIn: (chart: string) => `Epoch in the ${chart} chart`,
  last: 'Last',
  accuracy: 'Accuracy',
  loss: 'Loss',
  inCharts: 'Runs in the charts',
  show: (name: string) => `Show ${name} in the charts`,
  warning: 'Warning about the curves',
  tooGood: 'These curves look too good.',
  lines: 'Lines',
  tableOf: (heading: string) => `${heading}, table`,
  chartOf: (heading: string) => `${heading} chart`,
  table: 'Table',
  saveAs: 'Save as',
};
