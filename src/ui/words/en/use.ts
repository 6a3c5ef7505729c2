import { html } from 'lit';
import { articleFaults, type ArticleFault } from '../../../engine/article/known-faults';
import { counted } from '../numbers';

/** Trying runs on pictures. */
export const tryIt = {
  noneOfThese: 'none of these',
  title: 'Try it',
  text: 'Drop or paste images here, or a folder of them: every finished run classifies them, and they are kept nowhere.',
  chooseImages: 'Choose images…',
  chooseFolder: 'Choose a folder…',
  useCamera: 'Use the camera',
  imagesToClassify: 'Images to classify',
  mostLikely: (said: string) => `Most likely: ${said}`,
  imageToClassify: (name: string) => `The image to classify: ${name}`,
  classifying: 'Classifying…',
  notClassified: 'This image could not be classified.',
  noImage: 'There is no image among these files.',
  dropImages: 'Drop JPEG, PNG or WebP images.',
  fromCamera: 'from the camera',
  workingOut: 'Working out what it looks at…',
  for: 'For',
  exact: 'exact: the head is linear',
  byGradient: 'by the gradient through the hidden layers',
  nearest: 'Nearest training images, by their features',
  lookingThrough: 'Looking through the training images…',
  noneLeft: 'None of this run’s training images are in the data set.',
  nearestOf: (name: string) => `Nearest training images of ${name}`,
  cosine: (fixed: string) => `cosine ${fixed}`,
  lessSure: (percent: string) => html`<strong>None of these</strong>: less than ${percent} sure`,
  lessLikely: (n: string) => `and ${n} less likely`,
  classified: (images: string) => `${images} classified.`,
  stopped: (done: string, all: number) => `Stopped: ${done} of ${all} classified.`,
  save: 'Save as CSV',
  classifyingLabel: 'Classifying',
  answers: 'Answers',
  image: 'Image',
  showMore: (images: string) => `Show more (${images} left)`,
  notAsked: 'not asked',
  picture: 'The picture',
  noPlace: (label: string) => `The picture; no place of it speaks for ${label}`,
  place: (place: string, label: string) => `The picture; ${place} speaks most for ${label}`,
  is: 'Is',
  called: 'Called',
  sure: (percent: string) => `${percent} sure`,
  trueClass: (percent: string) => `, true class ${percent}`,
};

export const takeaway = {
  formats: {
    demo: {
      title: 'Offline page',
      purpose:
        'To show it: opens by a double click and classifies pictures and the webcam, without a network.',
    },
    tfjs: {
      title: 'TensorFlow.js',
      purpose: 'For a web page or Node: base and head in one, from picture to probabilities.',
    },
    keras: {
      title: 'Keras 3',
      purpose: 'For Python: base and head in one .keras file, to use or to train further.',
    },
    'keras-h5': {
      title: 'Keras 2, HDF5',
      purpose: 'For older Python programs and tools that ask for an .h5 file.',
    },
    onnx: { title: 'ONNX', purpose: 'For ONNX Runtime: C++, C#, Java, Python, phones and servers.' },
    'tfjs-head': {
      title: 'Head alone',
      purpose: 'For programs that make the features themselves with the same base.',
    },
    'keras-head': { title: 'Head alone, Keras 3', purpose: '' },
    'keras-h5-head': { title: 'Head alone, Keras 2, HDF5', purpose: '' },
    'onnx-head': { title: 'Head alone, ONNX', purpose: '' },
  },
  about: (size: string) => `about ${size}`,
  accuracy: (share: string) => `${share} validation accuracy, `,
  contents: {
    model: {
      demo: 'the page, and all it needs',
      tfjs: 'base and head, for tf.loadLayersModel',
      keras: 'base and head, for keras.models.load_model',
      'keras-h5': 'the same in Keras 2’s layout, which Keras 3 reads too',
      onnx: 'base and head, opset 18',
      'tfjs-head': 'the head, from features to probabilities',
      'keras-head': 'the head, from features to probabilities',
      'keras-h5-head': 'the head in Keras 2’s layout, from features to probabilities',
      'onnx-head': 'the head, from features to probabilities, opset 18',
    },
    readme: 'how to use it, in JavaScript and Python',
    labels: 'the classes, in the order of the outputs',
    metadata: 'base, preprocessing, training, split and results, for programs',
    picture: 'from a picture to the model’s input, exactly as here',
    certificate: {
      generated: 'five generated pictures with the results that Headway got for them',
      validation: 'five of your validation images with the results that Headway got for them',
    },
    verify: 'check that this copy still gives the same results',
  },
  empty:
    'Once a head is trained, take it away from here: as a page that runs offline, or for TensorFlow.js, Keras or ONNX.',
  inTheZip: 'What is in the zip',
  run: 'Run',
  trainedTail:
    'This run trained part of its base further, so every format carries the changed base together with the head.',
  download: (formatTitle: string) => `Download ${formatTitle} (.zip)`,
  testPictures: 'The base looks at the test pictures …',
  saved: (file: string) =>
    `${file} is saved. Run verify.py or verify.mjs in it to see that it gives the same results.`,
  half: 'Half the size (float16)',
  halfText: 'The weights of the base are rounded to 16 bits; probabilities may change in the third digit.',
  preprocesses: 'The model preprocesses by itself',
  preprocessesText: 'It takes RGB of 0 to 255, so that nobody can get the preprocessing wrong.',
  ownPictures: 'Put five of my validation images in',
  ownPicturesText:
    'They go wherever the package goes: made smaller, without EXIF, but recognisable. Only do this if that is all right.',
  generatedText:
    'Every package proves itself on five test pictures. Off, these are generated ones, and none of your images leaves with it.',
  file: 'File',
};

export const project = {
  finishedRuns: (n: number) => counted(n, 'finished run', 'finished runs'),
  runs: (n: number) => counted(n, 'run', 'runs'),
  more: (n: number) => ` and ${n} more`,
  title: 'Project',
  text: 'A project file brings back images, runs and settings, here or on another computer; a shared head is opened the same way.',
  saveText:
    'One file with everything, to go on elsewhere; or one head without images, which another person opens on this page to classify with it.',
  saveHead: 'Save head (.headway)',
  save: 'Save project (.headway)',
  openAsk: 'Open a project…',
  file: 'Project file',
  saving: 'Saving',
  saved: 'Saved.',
  whatToSave: 'What to save',
  everything: (bytes: string) => `Everything: images (${bytes}), split, settings, runs and heads`,
  withFeatures: (bytes: string) => `with bottleneck features (${bytes}), which can be computed again`,
  oneHead: 'One head, without any image',
  headToShare: 'Head to share',
  features: 'their bottleneck features',
  openThis: 'Open this project?',
  holds: (what: string, saved: string, version: string) =>
    `It holds ${what}, saved ${saved} by Headway ${version}.`,
  onlySettings: 'nothing but settings',
  trust:
    'Open projects of people you trust only: a head answers what its maker taught it. Nothing in the file is run as a program.',
  replace: 'Replace what is here',
  open: 'Open',
  add: 'Add to what is here',
  opening: 'Opening',
  stop: 'Stop',
  isOpen: 'The project is open',
  added: (images: string, runs: string) =>
    `${images} and ${runs} were added; what was here already stayed as it was.`,
  damaged: (files: string, more: unknown) => html`Left out, because they are damaged: ${files}${more}.`,
  done: 'Done',
};

/** In English they are the engine's, for its study writes of them too. */
const fault = (id: ArticleFault['id']) => {
  const { short, title, text, evidence } = articleFaults.find((one) => one.id === id)!;
  return { short, title, text, evidence };
};

/** The article of 2017. */
export const replay = {
  fromScratch: 'From scratch',
  scratchNetwork: 'Small network from scratch',
  faults: {
    'validation-leak': { mark: 'validation leak', ...fault('validation-leak') },
    'batch-statistics': { mark: 'batch statistics', ...fault('batch-statistics') },
  },
  leakSign: (ahead: number, of: number) =>
    `Its curve gives it away: in ${ahead} of ${of} epochs validation did better than training did in the epoch after, and in none of the other three curves it ever does.`,
  intro: (url: unknown) =>
    html`In 2017 <a href=${url} target="_blank" rel="noopener">an article’s notebook</a> did with CIFAR-10
      what this page does: bottlenecks of three bases, a small head on each, beside a network trained from
      scratch. These are its curves as it published them. Two of them are wrong, and the best one most of all.`,
  asPublished: 'As published in 2017',
  fault: (faultKey: string) => `Fault ${faultKey}:`,
  honest: 'An honest rerun',
  honestText:
    'Your own runs on the article’s images are drawn here, on the same scale: same split, every validation image unseen, batch normalisation as it was trained. Load the images below, then run.',
  rerunHere: 'Rerun here',
  rerunByStudy: 'Rerun by this project’s study',
  borrowed: (list: string) => `On the article’s own bottlenecks for ${list}.`,
  importing: 'Images are being imported.',
  otherImages: 'Your data set holds other images: clear it under Data first.',
  onTheirWay: 'The images are on their way.',
  otherCifar: 'The data set holds other images of CIFAR-10, too: for the replay it takes just the article’s.',
  loadFirst: 'Load the article’s images first.',
  runItYourself: 'Run it yourself',
  load: 'Load the article’s 4,000 images',
  loadAll: 'Load all 60,000 images',
  loaded: (images: string) => `The article’s ${images} are the data set.`,
  source: (article: string, all: string) =>
    `CIFAR-10 (Krizhevsky 2009), from a CDN: ${article} for the article’s, ${all} for all.`,
  run: 'Run the article’s three bases',
  settings: (bases: string, batch: number, inception: number) =>
    `${bases} with the article’s head, a plain softmax; Adam, ten epochs, batches of ${batch}. (The article used ${inception} for InceptionV3; here all bases of a run share one size.)`,
  title: 'Replay the article of 2017',
  lead: 'Its curves, what is wrong with two of them, and the same images run here.',
  lastEpoch: 'Validation accuracy after the last epoch',
  publishedAndHere: 'Published, and here',
  network: 'Network',
  published: 'Published 2017',
  whatIsWrong: 'What is wrong with that',
  here: 'Here',
  study: 'Project’s study',
};
