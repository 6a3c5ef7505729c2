import type { BaseId } from '../engine/nets';
import type { SessionState } from '../session/state';
import { cutCost, shapeText, stagesOf, type KnownTime } from './cut-view';
import { bytes, count, duration, images, integer, large } from './format';
import type { Stat } from './parts/stat-list';

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
  const size = (stages: number, parameters: number) =>
    `${count(stages, 'stage')}, ${large(parameters)} parameters`;
  const rest = all.length - kept;
  return [
    { part: 'frozen', text: `Frozen: ${size(kept, frozen)}` },
    ...(rest > 0 && !isTrained ? [{ part: 'removed' as const, text: `Removed: ${size(rest, above)}` }] : []),
    {
      part: 'trained',
      text: rest > 0 && isTrained ? `Trained: ${size(rest, above)}, and the head` : 'Trained: the head',
    },
  ];
}

const known = (time: KnownTime | null): string =>
  time === null ? 'Not measured' : `About ${duration(time.seconds)}`;

/** What the cut costs, in figures; what nobody measured is said to be unknown. */
export function costStats(state: SessionState, base: BaseId): Stat[] {
  const { stage, isTrained, features, storedBytes, images: n, extraction, epoch } = cutCost(state, base);
  const stored = state.estimates[base]?.cached ?? 0;
  const all: Stat[] = [
    { label: 'Map at the cut', value: shapeText(stage) },
    { label: 'The head reads', value: `${integer(features)} numbers` },
  ];
  if (n === 0) return all;
  const kind = isTrained ? 'as float16 maps' : 'as float32 vectors';
  return [
    ...all,
    { label: `Storage of ${images(n)}`, value: bytes(storedBytes), note: kind },
    stored >= n
      ? { label: 'Frozen part, once', value: 'Nothing to do', note: 'all is stored' }
      : { label: 'Frozen part, once', value: known(extraction), note: extraction?.how ?? '' },
    { label: 'Each epoch', ...epochStat(isTrained, epoch) },
  ];
}

function epochStat(isTrained: boolean, epoch: KnownTime | null): Omit<Stat, 'label'> {
  if (epoch?.how === 'measured') return { value: known(epoch), note: 'as in the last such run' };
  if (epoch) return { value: known(epoch), note: 'estimated' };
  return isTrained ? { value: known(null) } : { value: 'Moments', note: 'only the head trains' };
}

/** How the times are known, in a sentence; empty where nothing needs it. */
export function timesText(state: SessionState, base: BaseId): string {
  const { extraction, epoch, images: n, isTrained } = cutCost(state, base);
  if (n === 0) return '';
  const stored = state.estimates[base]?.cached ?? 0;
  const isOpen = (stored < n && extraction === null) || (isTrained && epoch === null);
  if (isOpen) return 'Times are told once the speed of the base has been measured, on its card above.';
  const isEstimated = (stored < n && extraction?.how === 'estimated') || epoch?.how === 'estimated';
  return isEstimated
    ? 'Estimated from the speed that was measured here, by how much of the base’s arithmetic is done; a step of training counts as three passes.'
    : '';
}
