import { HeadwayError } from '../errors';
import { changesNothing } from '../data/augment';
import type { Reason } from '../reason';
import type { HeadSpec, RunRequest, TrainingOptions } from '../run';

const kinds: readonly unknown[] = ['dense', 'exact'] satisfies HeadSpec['kind'][];
const optimizers: readonly unknown[] = ['adam', 'rmsprop', 'sgd'] satisfies TrainingOptions['optimizer'][];
const weightings: readonly unknown[] = ['none', 'balanced'] satisfies TrainingOptions['classWeights'][];

/**
 * Checks everything a head is trained with; cheap, so that a run can be refused before anything is downloaded.
 * Values may come from a script, hence nothing is taken for granted.
 * @throws HeadwayError `invalid-request`, naming the field and what it may be.
 */
export function validateTraining(spec: HeadSpec, options: TrainingOptions): void {
  check('head.kind', spec.kind, (kind) => kinds.includes(kind), "'dense' or 'exact'");
  check('head.hidden', spec.hidden, isLayerList, 'a list of at most 8 layers of 1 … 8192 units');
  if (spec.kind === 'exact')
    check('head.hidden', spec.hidden, ({ length }) => length === 0, 'only [] for the exact head');
  number('head.dropout', spec.dropout, 0, 0.95);
  number('head.l2', spec.l2, 0, 10);
  check('optimizer', options.optimizer, (id) => optimizers.includes(id), "'adam', 'rmsprop' or 'sgd'");
  number('learningRate', options.learningRate, 1e-8, 10);
  whole('epochs', options.epochs, 1, 10_000);
  whole('batchSize', options.batchSize, 1, 8192);
  check('classWeights', options.classWeights, (id) => weightings.includes(id), "'none' or 'balanced'");
  if (options.earlyStopping !== null)
    whole('earlyStopping.patience', options.earlyStopping.patience, 1, 1000);
  check('seed', options.seed, Number.isSafeInteger, 'a whole number');
}

/** @throws HeadwayError `invalid-request`, naming the field and what it may be */
export function validateAugmentation({
  augmentation,
  copies,
}: Pick<RunRequest, 'augmentation' | 'copies'>): void {
  if (augmentation) {
    check('augmentation.flip', augmentation.flip, (flip) => typeof flip === 'boolean', 'true or false');
    number('augmentation.crop', augmentation.crop, 0, 0.5);
    number('augmentation.colour', augmentation.colour, 0, 0.9);
  }
  if (copies === undefined || copies === 1) return;
  whole('copies', copies, 1, 16);
  const changed = augmentation && !changesNothing(augmentation);
  check(
    'copies',
    copies,
    () => Boolean(changed),
    '1 where augmentation changes nothing: the copies would be alike',
  );
}

function isLayerList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 8 && value.every((units) => isWhole(units, 1, 8192));
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function whole(field: string, value: unknown, least: number, most: number): void {
  const why = { code: 'out-of-range', field, least, most, whole: true } as const;
  check(field, value, (v) => isWhole(v, least, most), `a whole number, ${least} … ${most}`, why);
}

function number(field: string, value: unknown, least: number, most: number): void {
  const within = (v: unknown) => typeof v === 'number' && v >= least && v <= most;
  const why = { code: 'out-of-range', field, least, most, whole: false } as const;
  check(field, value, within, `a number, ${least} … ${most}`, why);
}

function check<T>(field: string, value: T, good: (value: T) => boolean, range: string, why?: Reason): void {
  if (good(value)) return;
  throw new HeadwayError({
    code: 'invalid-request',
    message: `${field} is out of range: it may be ${range}.`,
    advice: `Change ${field} and start again.`,
    details: `${field} = ${(JSON.stringify(value) as string | undefined) ?? 'undefined'}`,
    ...(why && { why }),
  });
}
