import type { BackendId } from './backend/backend';
import type { Share } from './data/records';
import type { BaseId } from './nets';

/** What is wrong with one of the user's files: an image, or an archive of them. */
export type FileFault =
  | {
      readonly fault:
        | 'no-image'
        | 'outside-folders'
        | 'already-here'
        | 'file-gone'
        | 'changed-on-disk'
        | 'archive-damaged'
        | 'no-archive'
        | 'encrypted'
        | 'cifar-100'
        | 'no-batch';
    }
  | { readonly fault: 'twin'; readonly path: string; readonly label: string }
  | { readonly fault: 'no-size'; readonly mime: string }
  | { readonly fault: 'odd-size'; readonly width: number; readonly height: number }
  | { readonly fault: 'undecodable'; readonly mime: string; readonly width: number; readonly height: number }
  | {
      readonly fault: 'too-many-pixels';
      readonly width: number;
      readonly height: number;
      readonly mostASide: number;
      readonly most: number;
    }
  | { readonly fault: 'too-many-bytes'; readonly bytes: number; readonly most: number }
  | { readonly fault: 'too-many-files'; readonly most: number }
  | { readonly fault: 'unpacks-to'; readonly bytes: number }
  | { readonly fault: 'packing-method'; readonly method: number }
  | { readonly fault: 'cifar-version'; readonly version: string };

/** Which of the cases of an error's code it is. */
export type ErrorCase =
  | {
      readonly code:
        | 'pictures-gone'
        | 'no-images'
        | 'run-classes-gone'
        | 'weights-file-gone'
        | 'weights-unknown'
        | 'weights-too-large'
        | 'no-keras-weights'
        | 'batch-memory'
        | 'canvas-memory'
        | 'keras-file-memory'
        | 'mirror-address'
        | 'shares-too-large'
        | 'float16-overflow'
        | 'stages-know-labels'
        | 'exact-with-stages'
        | 'no-base'
        | 'features-not-numbers'
        | 'maps-overflow'
        | 'demo-part'
        | 'exact-unsolved'
        | 'no-test-images'
        | 'no-run'
        | 'other-classes'
        | 'other-labels';
    }
  | { readonly code: 'image-gone' | 'image-damaged'; readonly path: string }
  | { readonly code: 'one-class'; readonly label: string | null }
  | {
      readonly code: 'class-too-small';
      readonly label: string;
      readonly images: number;
      /** Those that no folder has put aside. */
      readonly drawable: number;
      readonly least: number;
    }
  | { readonly code: 'side-empty' | 'side-unreadable'; readonly side: 'train' | 'validation' }
  | {
      readonly code: 'too-few-for';
      readonly what: 'label-errors' | 'learning-curve' | 'map' | 'probes' | 'speed';
    }
  | { readonly code: 'weights-damaged'; readonly format: string }
  | { readonly code: 'shards-missing'; readonly files: number }
  | { readonly code: 'weights-of-another'; readonly base: BaseId; readonly given: BaseId }
  | {
      readonly code: 'own-weights-gone' | 'head-needs-base' | 'nothing-left' | 'nothing-above';
      readonly base: BaseId;
    }
  | { readonly code: 'other-network'; readonly net: string }
  | { readonly code: 'squares-too-small'; readonly net: string; readonly least: number }
  | { readonly code: 'backend-silent'; readonly backend: BackendId }
  | { readonly code: 'busy'; readonly with: 'run' | 'export' | 'storage' | 'weights' }
  | {
      readonly code: 'out-of-range';
      readonly field: string;
      readonly least: number;
      readonly most: number;
      readonly whole: boolean;
    }
  | { readonly code: 'unknown-class'; readonly label: string }
  | { readonly code: 'loss-not-finite'; readonly epoch: number; readonly learningRate: number }
  | { readonly code: 'other-images'; readonly shared: number; readonly of: readonly [number, number] }
  | { readonly code: 'overlap'; readonly images: number; readonly sides: readonly [Share, Share] }
  | { readonly code: 'project-newer'; readonly version: number; readonly most: number };

/**
 * By these names and figures an error is said in other languages as precisely as the engine says it in English. One
 * whose code has one case only needs none.
 */
export type Reason = FileFault | ErrorCase;
