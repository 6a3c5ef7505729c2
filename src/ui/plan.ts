import type { Finding } from '../engine/audit/finding';
import { changesNothing } from '../engine/data/augment';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { HeadSpec, RunRequest } from '../engine/run';
import type { LaneState, SessionState } from '../session/state';
import { cutText, frozenText, isTrained, isWhole } from './cut-name';
import { tailObstacle } from './cut-view';
import { bytes, duration, epochs, exactly, images, list, percent } from './format';
import { fields } from './request-fields';
import { words } from './words';

const finished: readonly LaneState['phase'][] = ['done', 'failed', 'cancelled', 'interrupted'];

export const isActive = (lane: LaneState): boolean => !finished.includes(lane.phase);
export const isRunning = (state: SessionState): boolean => state.lanes.some(isActive);

/** Why Run cannot be pressed, and what to do about it; empty when it can. */
export function obstacle(state: SessionState): string {
  const { classes, importing } = state.dataset;
  if (isRunning(state)) return words.plan.goingOn;
  if (importing !== null) return words.plan.importing;
  if (classes.length === 0) return words.plan.addImages;
  if (classes.length === 1) return words.plan.addSecondClass;
  if (state.request.bases.length === 0) return words.plan.chooseBase;
  const tail = tailObstacle(state.request);
  if (tail) return tail;
  const impossible = problems(state).find(({ code }) => code === 'split-impossible');
  return impossible ? words.engine.finding(impossible).advice : '';
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
  if (download > 0) steps.push(words.plan.download(bytes(download)));
  const total = state.dataset.records.length;
  const toExtract = bases.map((base) => {
    const estimate = state.estimates[base];
    return estimate ? estimate.images - estimate.cached : total;
  });
  const extract = toExtract.reduce((sum, one) => sum + one, 0);
  if (extract > 0) {
    const bySize = new Set(toExtract);
    const each = bases.length > 1 && bySize.size === 1;
    const copies = (request.copies ?? 1) > 1 ? words.plan.copiesIncluded : '';
    steps.push(
      each
        ? words.plan.extractWithEach(images(toExtract[0]!), copies, titles)
        : words.plan.extractWith(images(extract), copies, titles),
    );
  }
  steps.push(
    head.kind === 'exact'
      ? words.plan.solve
      : words.plan.train(trainedParts(request), earlyStopping !== null, epochs(length)),
  );
  const text = steps.length > 1 ? words.plan.then(steps.slice(0, -1).join(', '), steps.at(-1)!) : steps[0]!;
  const measured = known.length === bases.length && known.every((one) => one.seconds !== null);
  const seconds = known.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
  const time = measured && extract > 0 ? words.plan.extractionTakes(duration(seconds)) : '';
  return `${text[0]!.toUpperCase()}${text.slice(1)}.${time}`;
}

function trainedParts(request: RunRequest): string {
  if (!isTrained(request)) return '';
  return request.bases.every((base) => isWhole(base, request))
    ? words.plan.headAndWholeBase
    : words.plan.headAndStages;
}

/** Dense 512 + softmax */
export function headText({ kind, hidden }: HeadSpec): string {
  if (kind === 'exact') return words.settings.exactHead;
  return hidden.length === 0 ? words.settings.softmaxHead : words.settings.denseHead(hidden.join(' + '));
}

/** The settings of a run in one line; of one base with its cut. */
export function settingsText(request: RunRequest, base?: BaseId): string {
  const cut = base && cutText(base, request);
  return cut ? words.settings.cutAt(cut, headSettings(request)) : headSettings(request);
}

function headSettings(request: RunRequest): string {
  const { head, optimizer, learningRate, batchSize, earlyStopping, classWeights } = request;
  if (head.kind === 'exact')
    return [
      headText(head),
      head.l2 > 0 ? `L2 ${exactly(head.l2)}` : words.settings.l2ByCrossValidation,
      ...(classWeights === 'balanced' ? [words.settings.balanced] : []),
      words.settings.resize[request.resize],
      words.settings.seed(request.seed),
    ].join(', ');
  return [
    headText(head),
    `${words.settings.optimizers[optimizer]} ${exactly(learningRate)}`,
    epochs(request.epochs),
    words.settings.batch(batchSize),
    ...(isTrained(request) ? tail(request) : []),
    ...alterations(request),
    ...(head.dropout > 0 ? [words.settings.dropout(head.dropout)] : []),
    ...(head.l2 > 0 ? [`L2 ${exactly(head.l2)}`] : []),
    ...(classWeights === 'balanced' ? [words.settings.balanced] : []),
    ...(earlyStopping ? [words.settings.patience(earlyStopping.patience)] : []),
    words.settings.resize[request.resize],
    words.settings.seed(request.seed),
  ].join(', ');
}

const tail = (request: RunRequest): string[] => [
  words.settings.tail(fields.tailLearningRate.read(request)),
  words.settings.warmup(epochs(fields.warmupEpochs.read(request))),
];

/** What becomes of the stages above the cut: Trained, too: tail 0.00001, warm-up 1 epoch */
export const tailText = (request: RunRequest): string =>
  isTrained(request) ? `${words.cut.trainedToo}: ${tail(request).join(', ')}` : words.cut.removedAbove;

/** 3 copies, mirrored, cropped up to 20% */
export const alterationText = (request: RunRequest): string =>
  alterations(request).join(', ') || words.cut.unaltered;

/** How training pictures were changed at random. */
function alterations(request: RunRequest): string[] {
  const { augmentation, copies = 1 } = request;
  const drawn = Object.values(request.cuts ?? {}).includes(inputCut);
  if (!augmentation || changesNothing(augmentation) || (copies === 1 && !drawn)) return [];
  const { flip, crop, colour } = augmentation;
  return [
    ...(copies > 1 ? [words.settings.copies(copies)] : []),
    ...(flip ? [words.settings.mirrored] : []),
    ...(crop > 0 ? [words.settings.cropped(percent(crop, 0))] : []),
    ...(colour > 0 ? [words.settings.recoloured(percent(colour, 0))] : []),
  ];
}

/** “512, 128” as units of hidden layers; a text says what is wrong with it. */
export function parseHidden(text: string): number[] | string {
  const parts = text.split(/[\s,;+]+/).filter((part) => part !== '');
  const units = parts.map(Number);
  if (units.length === 0) return words.plan.atLeastOneLayer;
  if (units.length > 8) return words.plan.atMostEight;
  if (units.some((n) => !Number.isInteger(n) || n < 1 || n > 8192)) return words.plan.wholeUnits;
  return units;
}
