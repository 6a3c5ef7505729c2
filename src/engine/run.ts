import type { BackendId } from './backend/backend';
import type { Copying } from './features/copies';
import type { FeatureSpec } from './features/key';
import type { Progress } from './job';
import type { BaseId } from './nets';
import type { Note } from './note';
import type { Augmentation } from './data/augment';
import type { ImageId, ResizeMode } from './data/records';

/** Dense layers with relu, then Dense(classes) and softmax. `hidden: []` is the plain softmax head. */
export interface HeadSpec {
  /**
   * `exact`: multinomial logistic regression on standardised features, solved to convergence; no hidden layers, and
   * neither optimizer nor epochs matter to it.
   */
  readonly kind: 'dense' | 'exact';
  /** Units of each hidden layer. The article's head is [512]. */
  readonly hidden: readonly number[];
  /** Share of hidden activations dropped while training, 0 … 0.95 (Srivastava et al. 2014). */
  readonly dropout: number;
  /**
   * Weight of the sum of squared kernel entries in the loss, as Keras' `regularizers.l2`. For the exact head 0 means:
   * chosen by cross-validation.
   */
  readonly l2: number;
}

export type OptimizerId = 'adam' | 'rmsprop' | 'sgd';

export interface TrainingOptions {
  readonly optimizer: OptimizerId;
  readonly learningRate: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** `balanced`: n / (classes × count of the class), as scikit-learn's `class_weight='balanced'`. */
  readonly classWeights: 'none' | 'balanced';
  /** Stop after `patience` epochs without a lower validation loss and restore the best weights; null: never. */
  readonly earlyStopping: { readonly patience: number } | null;
  readonly seed: number;
}

export interface RunRequest extends TrainingOptions {
  readonly bases: readonly BaseId[];
  /**
   * The stage at which a base is cut: what lies above is removed. A base that is not named, and every base where this
   * is missing (runs made before there was a choice), is cut at its last stage. Read it by `cutOf` (`cuts.ts`).
   */
  readonly cuts?: Readonly<Partial<Record<BaseId, string>>>;
  /**
   * What becomes of the stages above the cut. `remove`, or missing: they go. `train`: they are kept, and train together
   * with the head from their pretrained weights, on maps at the cut that are stored once.
   */
  readonly tail?: 'remove' | 'train';
  /** Learning rate of those stages; `learningRate` is the head's. Missing: `defaultTail`. */
  readonly tailLearningRate?: number;
  /** Epochs at the start in which only the head learns. Missing: `defaultTail`. */
  readonly warmupEpochs?: number;
  /**
   * How training pictures are changed at random; null, or missing: not at all. A base that is cut at its input draws
   * anew every epoch; where the frozen part's output is stored, each of the `copies` is one draw.
   */
  readonly augmentation?: Augmentation | null;
  /** Stored versions of each training image, itself included, 1 … 16. Missing: 1. */
  readonly copies?: number;
  readonly head: HeadSpec;
  /** Share of each class held out for validation where the user's folders do not say, 0.05 … 0.5. */
  readonly validationShare: number;
  /** Share of each class that neither trains nor chooses anything, 0 … 0.5, where the user's folders do not say. */
  readonly testShare: number;
  readonly resize: ResizeMode;
  /** Null: the best that this machine has. */
  readonly backend: BackendId | null;
}

/** What decides who trains and who judges. */
export type SplitRequest = Pick<RunRequest, 'seed' | 'validationShare'> &
  Partial<Pick<RunRequest, 'testShare'>>;

export interface EpochMetrics {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean over the epoch's batches while the weights were changing, as Keras reports it. */
  readonly loss: number;
  readonly accuracy: number;
  /** After the epoch. */
  readonly valLoss: number;
  readonly valAccuracy: number;
}

/** How a penalty did on training examples held out from fitting. */
export interface CrossValidationScore {
  readonly l2: number;
  /** Mean cross-entropy in nats. */
  readonly logLoss: number;
  readonly accuracy: number;
}

/** How the exact head was solved. */
export interface ExactFit {
  /** On standardised features; scikit-learn's C = 1 / (2 · n · l2). */
  readonly l2: number;
  /** Euclidean norm of the objective's gradient at the solution. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** From the strongest penalty tried to the weakest; empty where `l2` was given. */
  readonly cvScores: readonly CrossValidationScore[];
}

export interface RunTiming {
  readonly downloadMs: number;
  readonly extractMs: number;
  /** How many images really went through the base in this run (0 when all came from the store). */
  readonly extractedImages: number;
  readonly imagesPerSecond: number | null;
  readonly trainMs: number;
}

/** Which images train the head, which judge it while it trains, and which stay untouched. */
export interface PlannedSplit {
  /** In the order of the head's outputs. */
  readonly classes: readonly string[];
  readonly train: LabelledIds;
  readonly validation: LabelledIds;
  readonly test: LabelledIds;
}

export interface LabelledIds {
  readonly ids: readonly ImageId[];
  /** The index of each image's class in `classes`. */
  readonly labels: Uint16Array;
}

/** A frozen base as it is to be used. */
export interface BaseRequest {
  readonly base: BaseId;
  /** Null: the best that this machine has. */
  readonly backend: BackendId | null;
  readonly resize: ResizeMode;
  /** The weights that a run was made with, where others may be in use now; left out: those in use. */
  readonly weightsDigest?: string;
  /** The stage to stop at; left out: the last one. */
  readonly cut?: string;
  /** `map`: maps at the cut are stored (`MapStore`); left out: vectors. */
  readonly form?: 'map';
  /** Further stages whose features the same pass stores. */
  readonly others?: readonly string[];
  /** Of which images further copies are stored, and how these are drawn. */
  readonly copied?: Copying & { readonly ids: readonly ImageId[] };
  /** Few images at once: memory may have run out before. */
  readonly gentle?: boolean;
}

/** Which weights a base runs with. */
export interface WeightsInfo {
  /** Package, repository or file that they came from (`bases/sources.ts`). */
  readonly source: string;
  /** As they were stored there; they always run as float32. */
  readonly precision: string;
  readonly licence: string;
  /** Size of the download. */
  readonly bytes: number;
  /** For people: which host gave the files, or that they are the user's own; missing while they are not here. */
  readonly host?: string;
}

/** What is known once a data set has gone through a base. */
export interface Extraction {
  readonly spec: FeatureSpec;
  readonly backend: BackendId;
  readonly weights: WeightsInfo;
  /** Images that could not be read after all. */
  readonly failed: readonly ImageId[];
  readonly timing: Omit<RunTiming, 'trainMs'>;
}

export interface TrainRequest {
  readonly request: RunRequest;
  readonly base: BaseId;
  readonly split: PlannedSplit;
  readonly extraction: Extraction;
}

export interface RunResult {
  readonly runId: string;
  /** ISO 8601, when training ended. */
  readonly finishedAt: string;
  readonly base: BaseId;
  readonly backend: BackendId;
  /** SHA-256 of the base's weights (`bases/digest.ts`). */
  readonly weightsDigest: string;
  readonly weights: WeightsInfo;
  readonly request: RunRequest;
  /** In the order of the head's outputs. */
  readonly classes: readonly string[];
  readonly split: {
    readonly train: readonly ImageId[];
    readonly validation: readonly ImageId[];
    /** Missing in runs that were made before there was a test share. */
    readonly test?: readonly ImageId[];
  };
  readonly history: readonly EpochMetrics[];
  /** The epoch whose weights the head carries. */
  readonly bestEpoch: number;
  readonly timing: RunTiming;
  /** Of the exact head only. */
  readonly exact?: ExactFit;
  /** Of the weights that the head carries; missing in runs that were made before evaluations were kept. */
  readonly evaluation?: { readonly validation: ShareScore; readonly test: ShareScore | null };
}

/** How many images of a share were recognised. */
export interface ShareScore {
  readonly correct: number;
  readonly images: number;
}

/** What the user says about a finished run. */
export interface RunNote {
  /** Instead of the name made of base and head; null: that one. */
  readonly name: string | null;
  /** Kept in the comparison when newer runs come. */
  readonly pinned: boolean;
  /** Taken into the comparison, or out of it; missing: as newer runs come and go. */
  readonly compared?: boolean;
}

export type RunPhase = 'download' | 'extract' | 'train';

/** What a run says while it goes on. */
export type RunEvent =
  | {
      readonly type: 'progress';
      readonly base: BaseId;
      readonly phase: RunPhase;
      readonly progress: Progress;
    }
  | { readonly type: 'note'; readonly base: BaseId; readonly note: Note }
  | { readonly type: 'epoch'; readonly base: BaseId; readonly metrics: EpochMetrics };

export interface Prediction {
  readonly runId: string;
  readonly base: BaseId;
  /** Most probable first. */
  readonly classes: readonly { readonly label: string; readonly probability: number }[];
  /** Decoding, base and head, in milliseconds. */
  readonly ms: number;
}

/** A rate this low keeps what the tail knows (Keras' guide to transfer learning, “fine-tuning”). */
export const defaultTail = { tailLearningRate: 1e-5, warmupEpochs: 1 } as const;

export const defaultRunRequest: RunRequest = {
  bases: ['resnet50'],
  head: { kind: 'dense', hidden: [512], dropout: 0, l2: 0 },
  optimizer: 'adam',
  learningRate: 0.001,
  epochs: 10,
  batchSize: 128,
  classWeights: 'none',
  earlyStopping: null,
  validationShare: 0.2,
  testShare: 0,
  seed: 42,
  resize: 'stretch',
  backend: null,
};
