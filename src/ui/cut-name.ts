import { cutOf, frozenCutOf } from '../engine/cuts';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { RunRequest } from '../engine/run';
import { baseTitle } from './base-style';
import { words } from './words';

type Cut = Pick<RunRequest, 'cuts' | 'tail'>;

export const isTrained = ({ tail }: Cut): boolean => tail === 'train';

/** Nothing of the base stays frozen. */
export const isWhole = (base: BaseId, request: Cut): boolean => frozenCutOf(request, base) === inputCut;

/** The frozen part of a base: “ResNet50 to conv4_block6_out”; the whole of it has its title. */
export function frozenText(base: BaseId, request: Cut): string {
  const cut = frozenCutOf(request, base);
  return cut === cutOf({}, base) || cut === inputCut
    ? baseTitle(base)
    : words.cut.baseTo(baseTitle(base), cut);
}

/** “ResNet50 to conv4_block6_out, tail trained” */
export function baseText(base: BaseId, request: Cut): string {
  return isWhole(base, request)
    ? words.cut.wholeBase(baseTitle(base))
    : words.cut.base(frozenText(base, request), isTrained(request));
}

/** “conv4_block6_out, tail trained”; empty where the whole base is frozen. */
export function cutText(base: BaseId, request: Cut): string {
  const cut = frozenCutOf(request, base);
  if (cut === cutOf({}, base)) return '';
  return cut === inputCut ? words.cut.whole : words.cut.at(cut, isTrained(request));
}

/** The same where there is hardly any room: “conv4_block6 + tail”. */
export function cutTag(base: BaseId, request: Cut): string {
  const cut = frozenCutOf(request, base);
  if (cut === cutOf({}, base)) return '';
  return cut === inputCut
    ? words.cut.wholeTag
    : words.cut.tag(cut.replace(/_(out|relu|pool)$/, ''), isTrained(request));
}
