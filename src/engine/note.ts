import type { LeftOut } from './data/records';

/**
 * What a run did by itself where something failed. The text is English, for people and scripts; by its code and its
 * figures a note is said in other languages.
 */
export type Note = { readonly text: string } & (
  | {
      readonly code:
        | 'own-server'
        | 'plain-kernels'
        | 'features-damaged'
        | 'training-crashed'
        | 'device-lost'
        | 'device-lost-again'
        | 'worker-crashed';
    }
  | { readonly code: 'host-failed'; readonly host: string; readonly source: string }
  | { readonly code: 'weights-unusable'; readonly source: string }
  | { readonly code: 'images-left-out'; readonly leftOut: readonly LeftOut[] }
  | { readonly code: 'fewer-at-once'; readonly images: number; readonly fewer: number }
);
