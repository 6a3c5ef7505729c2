import { html } from 'lit';
import type { BackendState } from '../../../session/state';

export const header = {
  promise: 'Nothing leaves this machine.',
  backend: 'Backend: ',
  steps: 'Steps',
  replay: 'Replay 2017',
  language: 'Language',
};

/** Between the steps and around them. */
export const page = {
  intro: html`Teach a pretrained network your own classes, here in the browser: drop folders of images, and
    take away a classifier. Or <a href="#replay">replay the article</a> that it began with.`,
  opening: 'Opening what earlier visits stored…',
  footer:
    'Headway is free software (MIT). Images, bottlenecks and heads stay in this browser’s storage; bases are Keras’ ImageNet networks, downloaded once.',
  newerVersion:
    'A newer version of Headway is ready. Images and results stay; a run that is going on is offered again.',
  loadIt: 'Load it',
  details: (code: string) => `Details for a report (${code})`,
  dismiss: 'Dismiss this message',
  cancel: 'Cancel',
  zipFile: 'Zip archive',
  projectFile: 'Headway project',
  step: (number: number) => `Step ${number}:`,
  done: '(done)',
  enterNumber: 'Enter a number.',
  enterWhole: 'Enter a whole number.',
  least: (min: number) => `The least is ${min}.`,
  most: (max: number) => `The most is ${max}.`,
  titlePaused: 'Paused – Headway',
  titleShare: (share: string, title: string) => `${share} ${title} – Headway`,
};

export const steps = {
  data: { title: 'Data', lead: 'Folders of images; each folder is a class.' },
  base: { title: 'Base', lead: 'A network that learnt to see on ImageNet, and lends you its eyes.' },
  run: {
    title: 'Head & run',
    lead: 'The head is the small network that tells your classes apart; an epoch is one pass over the data.',
  },
  results: { title: 'Results', lead: 'Measured on validation images, which training never sees.' },
  'take-away': {
    title: 'Take away',
    lead: 'Use what you trained elsewhere: every package proves that it still predicts the same.',
  },
};

export const backend = {
  titles: { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'Plain JavaScript' },
  explained: {
    webgpu: 'The graphics card through the newest interface: the fastest where it works.',
    webgl: 'The graphics card through the older interface.',
    wasm: 'The processor, with vector instructions and threads.',
    cpu: 'The processor without any of that: very slow, for checking only.',
  },
  computing: (backendTitle: string) => `Computing with ${backendTitle}`,
  /** What was chosen, and why the better ones were not: the engine says it in English, as it does errors. */
  description: ({ description }: BackendState) => description,
  label: 'Backend',
  automatic: 'Automatic',
  automaticText: 'The best that this machine has.',
  done: 'Done',
};

export const camera = {
  notFound: { message: 'No camera was found.', advice: 'Connect one and try again, or choose an image.' },
  notAllowed: {
    message: 'The browser may not use the camera.',
    advice: 'Allow it at the address bar and try again, or choose an image.',
  },
  silent: {
    message: 'The camera does not answer.',
    advice: 'Close other programs that use it and try again, or choose an image.',
  },
  unreachable: {
    message: 'This page cannot reach a camera.',
    advice: 'Browsers allow it on https and on localhost only; choose an image instead.',
  },
  trouble: { message: 'The camera could not be started.', advice: 'Try again, or choose an image.' },
  picture: 'The camera’s picture',
  stop: 'Stop the camera',
  waiting: 'Waiting for the first picture…',
  perSecond: (decimal: string) => `${decimal} pictures a second`,
};
