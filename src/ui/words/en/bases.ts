import { html } from 'lit';
import { counted } from '../numbers';

export const bases = {
  useOwn: (other: boolean) => `Use ${other ? 'other' : 'my'} own weights…`,
  useOwnFor: (other: boolean, base: string) => `Use ${other ? 'other' : 'my'} own weights for ${base}`,
  weights: (precision: string, size: string, kept: boolean) =>
    `Weights: ${precision}, ${size}${kept ? ', kept here' : ''}`,
  frozen: html`A base stays <strong>frozen</strong>: every image goes through it once, and the vector that
    comes out, its <strong>bottleneck</strong>, is stored. Only the small head on top is trained, on stored
    bottlenecks, which is why it takes moments.`,
  title: 'Bases',
  speed: (title: string, perSecond: string) => `${title}: ${perSecond} images a second.`,
  measuring: 'Measuring…',
  measureAgain: 'Measure again',
  measure: 'Measure',
  download: 'Download',
  runningAFew: 'Running a few images through it…',
  measureSpeed: (measure: string, title: string) => `${measure} the speed of ${title}`,
  parameters: 'Parameters',
  input: 'Input',
  pixels: (width: number, height: number) => `${width} × ${height} pixels`,
  bottleneck: 'Bottleneck',
  numbers: (n: string) => `${n} numbers`,
  keptHere: 'None: kept here',
  addImages: 'Add images to see what extraction costs.',
  allStored: 'Every bottleneck is in the store: nothing to extract.',
  allTrains: 'All of it is set to train: nothing is extracted beforehand.',
  alreadyStored: (n: string) => ` (${n} already stored)`,
  toExtract: (images: string, stored: string) => `${images} to extract${stored}`,
  notMeasured: (work: string) => `${work}. Speed not measured yet.`,
  cost: (work: string, time: string, perSecond: string) =>
    `${work}: about ${time} at ${perSecond} images/s here.`,
  pictureLabel:
    'An image goes once through the frozen base; the bottleneck that comes out is stored; the head is trained on the stored bottlenecks.',
  base: 'Base',
  frozenShort: 'frozen',
  head: 'Head',
  trainedShort: 'trained',
  cat: 'cat',
  dog: 'dog',
  oncePerImage: 'once per image, then stored: the bottleneck',
  everyEpoch: 'every epoch, in moments',
  mirror: 'Fetch weights from a server of my own',
  mirrorAddress: 'Mirror address',
  useMirror: 'Use mirror',
  removeMirror: 'Remove mirror',
  mirrorText: html`It holds the published files as <code>address/source/file</code> and allows this page to
    read them (CORS). It is asked first; checksums are the same.`,
  own: (name: string) => html`Your own weights: <strong>${name}</strong>`,
  ownVerified: (base: string) => `Keras’ official ${base} weights, checked by MD5`,
  ownUnverified: 'They fit this base, but are not the file that Keras publishes.',
  readingOwn: 'Reading and checking the weights…',
  afterTheRun: 'After the run',
  ownFormats: 'Keras .h5, .safetensors, .tflite, or a TensorFlow.js model with its shards',
  usePublishedFor: (name: string) => `Use published ones again for ${name}`,
  usePublished: 'Use published ones again',
  filesFor: (name: string) => `Weight files for ${name}`,
  source: 'Source',
  licence: 'Licence',
  precision: 'Precision',
  asTrained: 'float32, as trained',
  runAsFloat32: (precision: string) => `${precision}, run as float32`,
  widened: (precision: string, bits: string) =>
    `${precision}: ${bits} bits a weight, widened to float32 to run; features differ slightly from float32 weights`,
  toDownload: (bytes: string) => `${bytes} to download`,
  nothingToDownload: 'nothing to download',
  unmeasured: (bases: string) => `, extraction not measured yet for ${bases}`,
  nothingToExtract: ', nothing to extract',
  extraction: (duration: string) => `, about ${duration} of extraction`,
  together: (bases: string, download: string, extraction: string) =>
    `${bases} together: ${download}${extraction}.`,
};

export const advice = {
  /** By what is being counted. */
  phases: {
    bytes: 'Downloading the base',
    images: 'Images through the base',
    fits: 'Fitting the probes',
    epochs: 'Training',
  },
  /** What is done in each of the four cases. */
  done: {
    1: 'Everything frozen, a new head',
    2: 'High stages trained too',
    3: 'Cut low, a new head there',
    4: 'The whole network trained',
  },
  title: 'Which case of transfer learning is this?',
  text: 'What to train depends on two things: how many images there are, and how similar they are to ImageNet’s, on which the bases were trained. Both can be measured. For the second, up to 500 training images go through a base, and a simple classifier is tried on what comes out at several depths.',
  base: 'Base',
  onceEnded: 'Once the run has ended.',
  gettingReady: 'Getting ready',
  old: 'Images or settings have changed since this was measured.',
  how: '“Many” begins at a number that we set, since the article gives none. “Different” needs an earlier stage that is better than the last by the exact McNemar test on the same images.',
  isSet: (base: string, fits: number) => `${base} is set for case ${fits}.`,
  set: (base: string, fits: number) => `Set ${base} for case ${fits}`,
  fourCases: 'The four cases of transfer learning',
  few: 'Few images',
  many: 'Many images',
  similar: 'Similar to ImageNet',
  different: 'Different',
  caseOf: (n: number) => `Case ${n}`,
  theMeasured: ', the measured one',
  probeTitle: (baseTitle: string) => `${baseTitle}: linear probe by depth`,
  probeText: (images: string, folds: number) =>
    `Share of ${images} recognised by a linear classifier that had not seen them (${folds}-fold cross-validation), with 95% intervals. The ring is the best of them.`,
  stage: 'Stage',
  features: 'Features',
  recognised: 'Recognised',
  interval: '95% interval',
  besideLast: 'Beside the last, McNemar p',
  range: (low: string, high: string) => `${low} to ${high}`,
  better: ', better',
  depth: 'Stage at which the base is cut: deeper →',
};

export const cut = {
  cases: {
    1: {
      title: 'Few images, similar',
      sentence: 'The base knows such pictures: keep all of it frozen, and train a head on its bottleneck.',
    },
    2: {
      title: 'Many images, similar',
      sentence: 'Enough to refine what the base knows: train its last block gently, together with the head.',
    },
    3: {
      title: 'Few images, different',
      sentence: 'Late stages look for ImageNet’s objects: cut early, and train a head on plainer features.',
    },
    4: {
      title: 'Many images, different',
      sentence:
        'Begin with the pretrained weights, and train every stage of the base, on pictures that change every epoch.',
    },
  },
  baseTo: (base: string, cut: string) => `${base} to ${cut}`,
  base: (base: string, trained: boolean) => `${base}${trained ? ', tail trained' : ''}`,
  at: (cut: string, trained: boolean) => `${cut}, ${trained ? 'tail trained' : 'rest removed'}`,
  /** Where there is hardly any room. */
  tag: (cut: string, trained: boolean) => `${cut}${trained ? ' + tail' : ''}`,
  wholeBase: (base: string) => `${base}, all of it trained`,
  input: 'input',
  whole: 'input, all of it trained',
  wholeTag: 'all trained',
  size: (stages: number, parameters: string) =>
    `${counted(stages, 'stage', 'stages')}, ${parameters} parameters`,
  /** `stages`: null where the head alone is trained. */
  trained: (stages: string | null) =>
    stages === null ? 'Trained: the head' : `Trained: ${stages}, and the head`,
  above: (several: boolean) => `What lies above the cut${several ? ', for all chosen bases' : ''}`,
  how: { measured: 'measured', estimated: 'estimated' },
  sweepLeft: (left: number, all: number) => `${left} of ${all} cuts to run.`,
  title: 'Where to cut the base',
  text: 'A base is a row of stages, from plain edges to whole objects. Up to the cut it stays as it is: frozen. What lies above the cut is removed, or kept and trained together with the head.',
  basesToCut: 'Bases to cut',
  cutAfter: 'Cut after',
  pictureText:
    'Click or drag in the picture to move the cut, or use the arrow keys. A block is tall where maps are large and wide where they have many channels; the numbers are pixels a side.',
  removedAbove: 'removed above the cut',
  unaltered: 'training pictures as they are',
  removed: 'Removed',
  removedText: 'The head reads the averaged map at the cut. Quick to train, and little to store.',
  trainedToo: 'Trained, too',
  trainedText:
    'Stages above the cut are kept and change with the head, from their pretrained weights. Slower, and maps need room.',
  frozenPart: (size: string) => `Frozen: ${size}`,
  removedPart: (size: string) => `Removed: ${size}`,
  notMeasured: 'Not measured',
  about: (duration: string) => `About ${duration}`,
  mapAtCut: 'Map at the cut',
  picture: 'Picture',
  withCopies: (images: string, copies: number) =>
    `${images} and ${counted(copies, 'altered copy', 'altered copies')}`,
  checkpoint: 'To go on after a crash',
  checkpointNote: 'at the most, until it ends',
  alter: 'Change training pictures at random',
  alterText: 'Altered pictures keep a network from learning a few by heart.',
  alterEachEpoch: 'A base that is trained as a whole sees other ones every epoch.',
  alterCopies:
    'A frozen part looks at each picture once, so that every further copy costs its time and room again.',
  mirror: 'Mirror',
  mirrorHint: 'Every other one; not for letters and digits.',
  headReads: 'The head reads',
  numbers: (n: string) => `${n} numbers`,
  asMaps: 'as float16 maps',
  asVectors: 'as float32 vectors',
  storageOf: (images: string) => `Storage of ${images}`,
  frozenOnce: 'Frozen part, once',
  nothingToDo: 'Nothing to do',
  allStored: 'all is stored',
  eachEpoch: 'Each epoch',
  asInLastRun: 'as in the last such run',
  moments: 'Moments',
  onlyHead: 'only the head trains',
  timesUnknown: 'Times are told once the speed of the base has been measured, on its card above.',
  timesEstimated:
    'Estimated from the speed that was measured here, by how much of the base’s arithmetic is done; a step of training counts as three passes.',
  sweep: 'Sweep the cut',
  sweepText: (base: string, cuts: string) =>
    `Runs ${base} at ${cuts}, one after the other, with the head below on frozen features. Finished runs with these settings are used as they are.`,
  stopSweep: 'Stop the sweep',
  shownNext: 'The run is shown in the next step.',
  allCutsRun: 'Every cut has been run.',
  stage: (name: string, shape: string, parameters: string) =>
    `${name}: ${shape}, ${parameters} parameters below`,
  exactHead:
    'The exact head cannot be trained together with stages of the base: choose a dense head, or remove what lies above the cut.',
  nothingAbove: (base: string) =>
    `Above the cut of ${base} there is nothing to train: cut it lower, or remove what lies above.`,
  warmupTooLong: 'The warm-up is longer than the training: take fewer warm-up epochs, or train longer.',
  whichCase: (name: string) => `Which case is ${name} to be set for?`,
  measuredFits: 'Measured: this one fits',
  cutOf: (name: string) => `Cut of ${name}`,
  head: 'head',
  sweepTitle: (baseTitle: string) => `${baseTitle}: validation accuracy by depth of the cut`,
  sweepChart: (images: string) =>
    `Finished runs with the settings in the form, each on the same ${images}, with 95% intervals. The ring is the best of them.`,
  cut: 'Cut',
  validationAccuracy: 'Validation accuracy',
  interval: '95% interval',
};
