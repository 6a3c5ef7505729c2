import type { DatasetEdit } from '../data/edits';
import type { ImageId } from '../data/records';
import type { Reason } from '../reason';

export type FindingCode =
  | 'copies-across-shares'
  | 'copies-across-classes'
  | 'copies'
  | 'maybe-copies-across-shares'
  | 'maybe-copies-across-classes'
  | 'look-alikes'
  | 'same-file-two-classes'
  | 'not-compared'
  | 'split-impossible'
  | 'few-images'
  | 'imbalance'
  | 'similar-class-names'
  | 'tiny-images'
  | 'huge-images'
  | 'odd-shapes';

/** What one click can do about a finding. */
export type Remedy = DatasetEdit;

export interface Finding {
  readonly code: FindingCode;
  /** `error`: results would be wrong or a run is impossible; `warning`: they may suffer; `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  /** What was found, one or two sentences. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly advice: string;
  /** To look at; those of a group follow each other. */
  readonly images: readonly ImageId[];
  /** Of near-copies: which belong together. */
  readonly groups?: readonly (readonly ImageId[])[];
  /**
   * Of each group, what the base's features say: the lowest of its images' cosines with their nearest twin, or the
   * highest, where they are told apart; null: features of its images are missing.
   */
  readonly similarities?: readonly (number | null)[];
  /** Of near-copies: the base whose features were asked as well; null: none has been run so far, which is said once. */
  readonly checkedBy?: string | null;
  readonly remedies: readonly Remedy[];
  /** The classes that it is about, with their images: the smallest first. */
  readonly classes?: readonly { readonly label: string; readonly images: number }[];
  /** How many files, where they are not images of the data set. */
  readonly files?: number;
  /** Why there can be no split, for other languages. */
  readonly why?: Reason;
}
