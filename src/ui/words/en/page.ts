import { html } from 'lit';

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
};
