import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { SessionState } from '../session/state';
import { cutCost, shapeText, stagesOf, type KnownTime } from './cut-view';
import { bytes, duration, images, integer, large } from './format';
import type { Stat } from './parts/stat-list';
import { words } from './words';

export interface Part {
  /** As it is drawn. */
  readonly part: 'frozen' | 'trained' | 'removed';
  readonly text: string;
}

/** What the picture's patterns mean, with figures. */
export function parts(state: SessionState, base: BaseId): Part[] {
  const { stage, frozen, above, isTrained } = cutCost(state, base);
  const all = stagesOf(base);
  const kept = all.findIndex(({ name }) => name === stage.name) + 1;
  const size = (stages: number, parameters: number): string => words.cut.size(stages, large(parameters));
  const rest = all.length - kept;
  return [
    ...(kept > 0 ? [{ part: 'frozen' as const, text: words.cut.frozenPart(size(kept, frozen)) }] : []),
    ...(rest > 0 && !isTrained
      ? [{ part: 'removed' as const, text: words.cut.removedPart(size(rest, above)) }]
      : []),
    {
      part: 'trained',
      text: words.cut.trained(rest > 0 && isTrained ? size(rest, above) : null),
    },
  ];
}

const known = (time: KnownTime | null): string =>
  time === null ? words.cut.notMeasured : words.cut.about(duration(time.seconds));

/** What the cut costs, in figures; what nobody measured is said to be unknown. */
export function costStats(state: SessionState, base: BaseId): Stat[] {
  const { stage, isTrained, features, above, images: n, epoch } = cutCost(state, base);
  const isFrozen = stage.name !== inputCut;
  const all: Stat[] = [
    { label: isFrozen ? words.cut.mapAtCut : words.cut.picture, value: shapeText(stage) },
    { label: words.cut.headReads, value: words.cut.numbers(integer(features)) },
  ];
  if (n === 0) return all;
  return [
    ...all,
    ...(isFrozen ? frozenStats(state, base) : []),
    { label: words.cut.eachEpoch, ...epochStat(isTrained, epoch) },
    // Weights, two moments of each for Adam, and those of the best epoch, as float32.
    ...(isTrained
      ? [{ label: words.cut.checkpoint, value: bytes(16 * above), note: words.cut.checkpointNote }]
      : []),
  ];
}

function frozenStats(state: SessionState, base: BaseId): Stat[] {
  const { isTrained, storedBytes, images: n, copies, extraction } = cutCost(state, base);
  const { images: toPass = n, cached = 0 } = state.estimates[base] ?? {};
  const kind = isTrained ? words.cut.asMaps : words.cut.asVectors;
  const what = copies > 0 ? words.cut.withCopies(images(n), copies) : images(n);
  return [
    { label: words.cut.storageOf(what), value: bytes(storedBytes), note: kind },
    cached >= toPass
      ? { label: words.cut.frozenOnce, value: words.cut.nothingToDo, note: words.cut.allStored }
      : {
          label: words.cut.frozenOnce,
          value: known(extraction),
          note: extraction ? words.cut.how[extraction.how] : '',
        },
  ];
}

function epochStat(isTrained: boolean, epoch: KnownTime | null): Omit<Stat, 'label'> {
  if (epoch?.how === 'measured') return { value: known(epoch), note: words.cut.asInLastRun };
  if (epoch) return { value: known(epoch), note: words.cut.how.estimated };
  return isTrained ? { value: known(null) } : { value: words.cut.moments, note: words.cut.onlyHead };
}

/** How the times are known, in a sentence; empty where nothing needs it. */
export function timesText(state: SessionState, base: BaseId): string {
  const { extraction, epoch, images: n, isTrained, stage } = cutCost(state, base);
  if (n === 0) return '';
  const { images: toPass = n, cached = 0 } = state.estimates[base] ?? {};
  const isLeft = cached < toPass && stage.name !== inputCut;
  const isOpen = (isLeft && extraction === null) || (isTrained && epoch === null);
  if (isOpen) return words.cut.timesUnknown;
  const isEstimated = (isLeft && extraction?.how === 'estimated') || epoch?.how === 'estimated';
  return isEstimated ? words.cut.timesEstimated : '';
}
