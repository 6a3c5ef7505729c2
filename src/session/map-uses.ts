import { frozenCutOf } from '../engine/cuts';
import type { MapUse } from '../engine/features/map-store';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { RunRequest, RunResult } from '../engine/run';
import type { SessionState } from './state';

/**
 * The maps that finished runs were trained on, and those that lanes which are not done will be trained on. Maps take a
 * hundred times the room of vectors: others need not be kept.
 */
export function mapUses(
  results: readonly RunResult[],
  lanes: SessionState['lanes'],
  current: RunRequest | null,
): MapUse[] {
  const uses: MapUse[] = [];
  const add = (request: RunRequest, base: BaseId) => {
    const cut = frozenCutOf(request, base);
    if (request.tail === 'train' && cut !== inputCut) uses.push({ base, resize: request.resize, cut });
  };
  for (const { request, base } of results) add(request, base);
  if (current !== null) for (const { base, phase } of lanes) if (phase !== 'done') add(current, base);
  return uses;
}
