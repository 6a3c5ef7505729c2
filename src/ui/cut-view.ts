import { cutOf, frozenCutOf, shapeAt } from '../engine/cuts';
import { nets, type BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import { stageCosts, type StageCost } from '../engine/nets/stage-costs';
import type { RunRequest, RunResult } from '../engine/run';
import type { SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { isTrained } from './cut-name';
import { integer, large } from './format';
import { countsByShare } from '../session/records';
import { words } from './words';

const known = new Map<BaseId, readonly StageCost[]>();

/** The stages of a base, from the input to the bottleneck. */
export function stagesOf(base: BaseId): readonly StageCost[] {
  let stages = known.get(base);
  if (stages === undefined) known.set(base, (stages = stageCosts(nets[base])));
  return stages;
}

/** A stage by its name in Keras; the picture, which has none, in the page's language. */
export const stageTitle = ({ name }: Pick<StageCost, 'name'>): string =>
  name === inputCut ? words.cut.input : name;

/** At `inputCut` the picture, as if it were a stage. */
export function stageAt(base: BaseId, cut: string): StageCost {
  if (cut === inputCut) return { name: cut, shape: shapeAt(base, cut), parameters: 0, multiplyAdds: 0 };
  return stagesOf(base).find(({ name }) => name === cut) ?? stagesOf(base).at(-1)!;
}

/** 14 × 14 × 1,024; 2,048 numbers */
export const shapeText = ({ shape }: StageCost): string =>
  shape.length === 1 ? words.cut.numbers(integer(shape[0]!)) : shape.map(integer).join(' × ');

/** conv4_block6_out: 14 × 14 × 1,024, 8.59 million parameters below */
export const stageText = (stage: StageCost): string =>
  words.cut.stage(stageTitle(stage), shapeText(stage), large(stage.parameters));

/** Whether stages above a cut have weights at all: pooling alone has none. */
export function canTrainAbove(base: BaseId, cut: string): boolean {
  return stageAt(base, cut).parameters < stagesOf(base).at(-1)!.parameters;
}

/** Where a tail begins unless the user says otherwise: below the last block of convolutions. */
export const tailCuts: Readonly<Record<BaseId, string>> = {
  'inception-v3': 'mixed7',
  vgg16: 'block4_pool',
  resnet50: 'conv4_block6_out',
};

export function cutPatch({ cuts = {} }: RunRequest, base: BaseId, cut: string): Partial<RunRequest> {
  const others = Object.entries(cuts).filter(([id]) => id !== base);
  // The last stage is what a base without a cut has, so that runs before and after a detour are the same.
  return { cuts: Object.fromEntries(cut === cutOf({}, base) ? others : [...others, [base, cut]]) };
}

/**
 * There is one choice for all bases. To be trained, those that are cut at their end are cut lower; with what is above
 * removed, of those that are cut at their input nothing would be left, so that they are cut at their end.
 */
export function tailPatch(request: RunRequest, tail: 'remove' | 'train'): Partial<RunRequest> {
  const moved = request.bases.flatMap((base): [base: BaseId, cut: string][] => {
    const cut = frozenCutOf(request, base);
    if (tail === 'train') return canTrainAbove(base, cut) ? [] : [[base, tailCuts[base]]];
    return cut === inputCut ? [[base, cutOf({}, base)]] : [];
  });
  return moved.reduce<Partial<RunRequest>>(
    (patch, [base, cut]) => ({ ...patch, ...cutPatch({ ...request, ...patch }, base, cut) }),
    { tail },
  );
}

/** Why stages cannot be trained as the form stands; empty when they can, or are not to be. */
export function tailObstacle(request: RunRequest): string {
  if (!isTrained(request)) return '';
  if (request.head.kind === 'exact') return words.cut.exactHead;
  const whole = request.bases.find((base) => !canTrainAbove(base, frozenCutOf(request, base)));
  if (whole !== undefined) return words.cut.nothingAbove(baseTitle(whole));
  if ((request.warmupEpochs ?? 1) > request.epochs) return words.cut.warmupTooLong;
  return '';
}

/** A time, and how it is known. */
export interface KnownTime {
  readonly seconds: number;
  readonly how: 'measured' | 'estimated';
}

export interface CutCost {
  readonly stage: StageCost;
  readonly isTrained: boolean;
  /** Parameters: up to the cut, and above it. */
  readonly frozen: number;
  readonly above: number;
  /** Numbers that a head reads. */
  readonly features: number;
  /** Of all images and copies: float32 vectors, or float16 maps where a tail trains on them. */
  readonly storedBytes: number;
  readonly images: number;
  /** Further copies of training images. */
  readonly copies: number;
  /** Null where nothing was measured. */
  readonly extraction: KnownTime | null;
  readonly epoch: KnownTime | null;
}

/** What the choice in the form means for a base and this data set. */
export function cutCost(state: SessionState, base: BaseId): CutCost {
  const { request, dataset } = state;
  const stage = stageAt(base, frozenCutOf(request, base));
  const last = stagesOf(base).at(-1)!;
  const trained = isTrained(request);
  const values = trained ? product(stage.shape) : stage.shape.at(-1)!;
  const images = dataset.records.length;
  const isFrozen = stage.name !== inputCut;
  const copies = isFrozen ? Math.round(((request.copies ?? 1) - 1) * splitSizes(state).train) : 0;
  return {
    stage,
    isTrained: trained,
    frozen: stage.parameters,
    above: last.parameters - stage.parameters,
    features: (trained ? last : stage).shape.at(-1)!,
    storedBytes: isFrozen ? (images + copies) * values * (trained ? 2 : 4) : 0,
    images,
    copies,
    extraction: extraction(state, base, stage),
    epoch: ofRun(state, base) ?? ofArithmetic(state, base, stage),
  };
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Multiply-adds a second of a base on this machine, by its measured speed; null: not measured. */
function pace({ estimates }: SessionState, base: BaseId): number | null {
  const measured = estimates[base]?.measured;
  return measured ? stageAt(base, measured.cut).multiplyAdds * measured.imagesPerSecond : null;
}

function extraction(state: SessionState, base: BaseId, stage: StageCost): KnownTime | null {
  const estimate = state.estimates[base];
  const rate = pace(state, base);
  if (!estimate || rate === null || estimate.images === 0) return null;
  const left = Math.max(0, estimate.images - estimate.cached);
  const how = estimate.measured!.cut === stage.name ? 'measured' : 'estimated';
  return { seconds: (left * stage.multiplyAdds) / rate, how };
}

/** Images that train and that judge, as the split will be: folders may say, else the shares of the form. */
export function splitSizes({ dataset, request }: SessionState): { train: number; validation: number } {
  const { train, validation, none: free } = countsByShare(dataset.records);
  const { validationShare, testShare } = request;
  return {
    train: train + free * (1 - validationShare - testShare),
    validation: validation + free * validationShare,
  };
}

/** Of the newest run that was cut likewise and has the same head, for as many images as there are now. */
function ofRun(state: SessionState, base: BaseId): KnownTime | null {
  const { request, results } = state;
  const isAlike = (run: RunResult) =>
    run.base === base &&
    run.exact === undefined &&
    run.history.length > 0 &&
    isTrained(run.request) === isTrained(request) &&
    frozenCutOf(run.request, base) === frozenCutOf(request, base) &&
    (run.request.copies ?? 1) === (request.copies ?? 1) &&
    run.request.head.kind === request.head.kind &&
    String(run.request.head.hidden) === String(request.head.hidden);
  const run = results.find(isAlike);
  const { train } = splitSizes(state);
  if (!run || run.split.train.length === 0 || train === 0) return null;
  const seconds = run.timing.trainMs / 1000 / run.history.length;
  return { seconds: (seconds * train) / run.split.train.length, how: 'measured' };
}

/** A training step is counted as three passes: there, and back for the maps and for the weights. */
function ofArithmetic(state: SessionState, base: BaseId, stage: StageCost): KnownTime | null {
  const rate = pace(state, base);
  const { train, validation } = splitSizes(state);
  // A head alone is bound by other things than arithmetic.
  if (!isTrained(state.request) || rate === null || train === 0) return null;
  const above = stagesOf(base).at(-1)!.multiplyAdds - stage.multiplyAdds;
  const times = stage.name === inputCut ? 1 : (state.request.copies ?? 1);
  return { seconds: ((3 * times * train + validation) * above) / rate, how: 'estimated' };
}
