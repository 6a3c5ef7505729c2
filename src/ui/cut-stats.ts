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
  time === null ? 'Not known' : time.seconds < 0.0005 ? 'None' : `About ${duration(time.seconds)}`;

/** What the cut costs, in figures; what nobody measured is said to be unknown. */
export function costStats(state: SessionState, base: BaseId): Stat[] {
  const { stage, isTrained, features, storedBytes, images: n, extraction, epoch } = cutCost(state, base);
  const unmeasured = 'Measure the base’s speed above';
  return [
    { label: 'Map at the cut', value: shapeText(stage) },
    { label: 'The head reads', value: `${integer(features)} numbers`, note: 'an image' },
    {
      label: 'Storage',
      value: n === 0 ? '–' : bytes(storedBytes),
      note: n === 0 ? 'no images yet' : `${isTrained ? 'maps, float16' : 'vectors, float32'}, ${images(n)}`,
    },
    {
      label: 'Through the frozen part',
      value: n === 0 ? '–' : known(extraction),
      note:
        n === 0
          ? 'once'
          : extraction === null
            ? unmeasured
            : extraction.how === 'measured'
              ? 'once, at the measured speed'
              : 'once, estimated from the whole base’s measured speed',
    },
    {
      label: 'An epoch',
      value: n === 0 ? '–' : known(epoch),
      note: epochNote(n, isTrained, epoch, unmeasured),
    },
  ];
}

function epochNote(n: number, isTrained: boolean, epoch: KnownTime | null, unmeasured: string): string {
  if (n === 0) return '';
  if (epoch?.how === 'measured') return 'as the last run like this took';
  if (epoch) return 'estimated from the base’s measured speed, a step as three passes';
  return isTrained ? unmeasured : 'after the first run: only the head trains';
}
