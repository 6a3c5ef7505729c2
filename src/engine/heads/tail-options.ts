import { HeadwayError } from '../errors';
import type { HeadSpec, TrainingOptions } from '../run';
import { validateTraining } from './options';

/** `learningRate` is the head's. */
export interface TailOptions extends TrainingOptions {
  /** Lower than the head's as a rule: these weights are good already (Howard and Ruder 2018). 0 keeps them. */
  readonly tailLearningRate: number;
  /** Epochs at the start in which only the head learns: a fresh one would spoil the tail with its first gradients. */
  readonly warmupEpochs: number;
}

/** @throws HeadwayError `invalid-request`, naming the field and what it may be */
export function validateTail(spec: HeadSpec, options: TailOptions): void {
  validateTraining(spec, options);
  const { tailLearningRate: rate, warmupEpochs: epochs } = options;
  if (spec.kind !== 'dense')
    throw invalid('head.kind', 'only "dense": an exact head cannot be trained with a tail', spec.kind);
  if (!(typeof rate === 'number' && rate >= 0 && rate <= 10))
    throw invalid('tailLearningRate', 'a number, 0 … 10', rate, { least: 0, most: 10, whole: false });
  if (!(Number.isInteger(epochs) && epochs >= 0 && epochs <= options.epochs))
    throw invalid('warmupEpochs', `a whole number, 0 … ${options.epochs}`, epochs, {
      least: 0,
      most: options.epochs,
      whole: true,
    });
}

function invalid(
  field: string,
  range: string,
  value: unknown,
  limits?: { readonly least: number; readonly most: number; readonly whole: boolean },
): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: `${field} is out of range: it may be ${range}.`,
    advice: `Change ${field} and start again.`,
    details: `${field} = ${String(value)}`,
    ...(limits && { why: { code: 'out-of-range', field, ...limits } }),
  });
}
