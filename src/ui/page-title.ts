import type { LaneState, SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { percent } from './format';
import { isActive } from './plan';
import { words } from './words';

/** “42% ResNet50 – Headway”: what a run has come to, for a tab in the background. */
export function pageTitle({ lanes }: Pick<SessionState, 'lanes'>): string {
  const active = lanes.filter(isActive);
  if (active.length === 0) return 'Headway';
  const lane = active.find((one) => one.phase !== 'waiting' && !one.paused);
  if (!lane) return active.some(({ paused }) => paused) ? words.page.titlePaused : 'Headway';
  const share = laneShare(lane);
  const title = baseTitle(lane.base);
  return share === null
    ? `${title} – Headway`
    : words.page.titleShare(percent(Math.floor(100 * share) / 100, 0), title);
}

/** Of the phase that the lane is in. */
export function laneShare({ phase, progress }: LaneState): number | null {
  const now = phase === 'download' || phase === 'extract' || phase === 'train' ? progress[phase] : undefined;
  return now && now.total > 0 ? Math.min(1, now.done / now.total) : null;
}
