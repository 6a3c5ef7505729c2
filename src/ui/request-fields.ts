import { defaultAugmentation, type Augmentation } from '../engine/data/augment';
import { defaultTail, type RunRequest } from '../engine/run';
import type { NumberRule } from './number-rule';

/** A number of the request as the form shows it (shares as percentages). */
export interface RequestField {
  readonly unit?: string;
  readonly rule: NumberRule;
  readonly step?: number;
  read(request: RunRequest): number;
  patch(value: number, request: RunRequest): Partial<RunRequest>;
}

const whole = (min: number, max: number): NumberRule => ({ min, max, integer: true });
const real = (min: number, max: number): NumberRule => ({ min, max, integer: false });
/** 0.07 × 100 is not 7 in binary. */
const toPercent = (share: number): number => Number((share * 100).toPrecision(6));

/** What is not said of an augmentation that was not there before is off. */
export function augmentationPatch(
  { augmentation }: RunRequest,
  patch: Partial<Augmentation>,
): Partial<RunRequest> {
  return { augmentation: { ...(augmentation ?? { flip: false, crop: 0, colour: 0 }), ...patch } };
}

export const fields = {
  epochs: {
    rule: whole(1, 1000),
    read: (request) => request.epochs,
    patch: (epochs) => ({ epochs }),
  },
  learningRate: {
    rule: real(1e-6, 10),
    read: (request) => request.learningRate,
    patch: (learningRate) => ({ learningRate }),
  },
  batchSize: {
    rule: whole(1, 4096),
    read: (request) => request.batchSize,
    patch: (batchSize) => ({ batchSize }),
  },
  validationShare: {
    unit: '%',
    rule: real(5, 50),
    read: (request) => toPercent(request.validationShare),
    patch: (value) => ({ validationShare: value / 100 }),
  },
  testShare: {
    unit: '%',
    rule: real(0, 50),
    read: (request) => toPercent(request.testShare),
    patch: (value) => ({ testShare: value / 100 }),
  },
  dropout: {
    unit: '%',
    rule: real(0, 95),
    read: (request) => toPercent(request.head.dropout),
    patch: (value, { head }) => ({ head: { ...head, dropout: value / 100 } }),
  },
  l2: {
    rule: real(0, 1),
    read: (request) => request.head.l2,
    patch: (l2, { head }) => ({ head: { ...head, l2 } }),
  },
  patience: {
    rule: whole(1, 100),
    read: (request) => request.earlyStopping?.patience ?? 3,
    patch: (patience) => ({ earlyStopping: { patience } }),
  },
  tailLearningRate: {
    rule: real(0, 10),
    read: (request) => request.tailLearningRate ?? defaultTail.tailLearningRate,
    patch: (tailLearningRate) => ({ tailLearningRate }),
  },
  warmupEpochs: {
    rule: whole(0, 1000),
    read: (request) => request.warmupEpochs ?? defaultTail.warmupEpochs,
    patch: (warmupEpochs) => ({ warmupEpochs }),
  },
  copies: {
    rule: whole(1, 16),
    read: (request) => request.copies ?? 1,
    patch: (copies, { augmentation }) => ({
      copies,
      ...(copies > 1 && { augmentation: augmentation ?? defaultAugmentation }),
    }),
  },
  crop: {
    unit: '%',
    rule: real(0, 50),
    read: ({ augmentation }) => toPercent(augmentation?.crop ?? 0),
    patch: (value, request) => augmentationPatch(request, { crop: value / 100 }),
  },
  colour: {
    unit: '%',
    rule: real(0, 90),
    read: ({ augmentation }) => toPercent(augmentation?.colour ?? 0),
    patch: (value, request) => augmentationPatch(request, { colour: value / 100 }),
  },
  seed: {
    rule: whole(0, 2 ** 31 - 1),
    read: (request) => request.seed,
    patch: (seed) => ({ seed }),
  },
} satisfies Record<string, RequestField>;

export type FieldName = keyof typeof fields;
