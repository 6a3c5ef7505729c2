import type { Finding } from '../engine/audit/finding';
import { changesNothing } from '../engine/data/augment';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { HeadSpec, OptimizerId, RunRequest } from '../engine/run';
import type { LaneState, SessionState } from '../session/state';
import { cutText, frozenText, isTrained, isWhole } from './cut-name';
import { tailObstacle } from './cut-view';
import { bytes, duration, epochs, images, list, percent } from './format';
import { fields } from './request-fields';

const finished: readonly LaneState['phase'][] = ['done', 'failed', 'cancelled', 'interrupted'];

export const isActive = (lane: LaneState): boolean => !finished.includes(lane.phase);
export const isRunning = (state: SessionState): boolean => state.lanes.some(isActive);

/** Why Run cannot be pressed, and what to do about it; empty when it can. */
export function obstacle(state: SessionState): string {
  const { classes, importing } = state.dataset;
  if (isRunning(state)) return 'A run is going on.';
  if (importing !== null) return 'Images are still being imported.';
  if (classes.length === 0) return 'Add images first.';
  if (classes.length === 1) return 'Add a second class: a classifier needs two to tell apart.';
  if (state.request.bases.length === 0) return 'Choose a base first.';
  const tail = tailObstacle(state.request);
  if (tail) return tail;
  const impossible = problems(state).find(({ code }) => code === 'split-impossible');
  return impossible ? impossible.advice : '';
}

/** What is known to make results wrong or a run impossible. */
export function problems({ audit, dataset }: SessionState): readonly Finding[] {
  // Who has only begun to add images needs no alarm.
  if (!audit || audit.stale || dataset.classes.length < 2) return [];
  return audit.findings.filter(({ severity }) => severity === 'error');
}

/** What Run will do, before it is pressed: “Download 94.5 MB, extract 400 images, then train 10 epochs.” */
export function plan(state: SessionState): string {
  const { request } = state;
  const { bases, head, epochs: length, earlyStopping } = request;
  const titles = list(bases.map((base) => frozenText(base, request)));
  const known = bases.flatMap((base) => state.estimates[base] ?? []);
  const steps: string[] = [];
  const download = known.reduce((sum, one) => sum + (one.downloaded ? 0 : one.weights.bytes), 0);
  if (download > 0) steps.push(`download ${bytes(download)}`);
  const total = state.dataset.records.length;
  const toExtract = bases.map((base) => {
    const estimate = state.estimates[base];
    return estimate ? estimate.images - estimate.cached : total;
  });
  const extract = toExtract.reduce((sum, one) => sum + one, 0);
  if (extract > 0) {
    const bySize = new Set(toExtract);
    const each = bases.length > 1 && bySize.size === 1;
    const copies = (request.copies ?? 1) > 1 ? ', altered copies included,' : '';
    steps.push(
      each
        ? `extract ${images(toExtract[0]!)}${copies} with each of ${titles}`
        : `extract ${images(extract)}${copies} with ${titles}`,
    );
  }
  steps.push(
    head.kind === 'exact'
      ? 'solve the exact linear head'
      : `train ${trainedParts(request)}${earlyStopping ? 'up to ' : ''}${epochs(length)}`,
  );
  const text = steps.length > 1 ? `${steps.slice(0, -1).join(', ')}, then ${steps.at(-1)!}` : steps[0]!;
  const measured = known.length === bases.length && known.every((one) => one.seconds !== null);
  const seconds = known.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
  const time = measured && extract > 0 ? ` Extraction takes about ${duration(seconds)}.` : '';
  return `${text[0]!.toUpperCase()}${text.slice(1)}.${time}`;
}

function trainedParts(request: RunRequest): string {
  if (!isTrained(request)) return '';
  return request.bases.every((base) => isWhole(base, request))
    ? 'the head and the whole base for '
    : 'the head and the stages above the cut for ';
}

/** Dense 512 + softmax */
export function headText({ kind, hidden }: HeadSpec): string {
  if (kind === 'exact') return 'Exact linear';
  return hidden.length === 0 ? 'Plain softmax' : `Dense ${hidden.join(' + ')} + softmax`;
}

export const optimizers: Record<OptimizerId, string> = {
  adam: 'Adam',
  rmsprop: 'RMSprop',
  sgd: 'SGD with momentum',
};

/** The settings of a run in one line; of one base with its cut. */
export function settingsText(request: RunRequest, base?: BaseId): string {
  const cut = base && cutText(base, request);
  return cut ? `Cut at ${cut}; ${headSettings(request)}` : headSettings(request);
}

function headSettings(request: RunRequest): string {
  const { head, optimizer, learningRate, batchSize, earlyStopping, classWeights } = request;
  if (head.kind === 'exact')
    return [
      headText(head),
      head.l2 > 0 ? `L2 ${head.l2}` : 'L2 by cross-validation',
      ...(classWeights === 'balanced' ? ['balanced classes'] : []),
      `${request.resize} to fit`,
      `seed ${request.seed}`,
    ].join(', ');
  return [
    headText(head),
    `${optimizers[optimizer]} ${learningRate}`,
    epochs(request.epochs),
    `batch ${batchSize}`,
    ...(isTrained(request)
      ? [
          `tail ${fields.tailLearningRate.read(request)}`,
          `warm-up ${epochs(fields.warmupEpochs.read(request))}`,
        ]
      : []),
    ...alterations(request),
    ...(head.dropout > 0 ? [`dropout ${head.dropout}`] : []),
    ...(head.l2 > 0 ? [`L2 ${head.l2}`] : []),
    ...(classWeights === 'balanced' ? ['balanced classes'] : []),
    ...(earlyStopping ? [`patience ${earlyStopping.patience}`] : []),
    `${request.resize} to fit`,
    `seed ${request.seed}`,
  ].join(', ');
}

/** How training pictures were changed at random. */
function alterations(request: RunRequest): string[] {
  const { augmentation, copies = 1 } = request;
  const drawn = Object.values(request.cuts ?? {}).includes(inputCut);
  if (!augmentation || changesNothing(augmentation) || (copies === 1 && !drawn)) return [];
  const { flip, crop, colour } = augmentation;
  return [
    ...(copies > 1 ? [`${copies} copies`] : []),
    ...(flip ? ['mirrored'] : []),
    ...(crop > 0 ? [`cropped up to ${percent(crop, 0)}`] : []),
    ...(colour > 0 ? [`recoloured up to ${percent(colour, 0)}`] : []),
  ];
}

/** “512, 128” as units of hidden layers; a text says what is wrong with it. */
export function parseHidden(text: string): number[] | string {
  const parts = text.split(/[\s,;+]+/).filter((part) => part !== '');
  const units = parts.map(Number);
  if (units.length === 0) return 'Enter at least one layer, for example 512, 128.';
  if (units.length > 8) return 'Eight layers are the most.';
  if (units.some((n) => !Number.isInteger(n) || n < 1 || n > 8192))
    return 'Enter whole numbers from 1 to 8192, separated by commas.';
  return units;
}
