import type { CaseAdvice, TransferCase } from '../engine/analysis/advice';
import { cutOf, frozenCutOf } from '../engine/cuts';
import { defaultAugmentation } from '../engine/data/augment';
import type { BaseId } from '../engine/nets';
import { inputCut } from '../engine/nets/graph';
import type { RunRequest } from '../engine/run';
import type { SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { isTrained } from './cut-name';
import { cutPatch, tailCuts, tailPatch } from './cut-view';
import { list } from './format';
import { words } from './words';

/** One of the four cases of transfer learning as a setting. */
export interface CutCase {
  readonly number: TransferCase;
  readonly title: string;
  readonly sentence: string;
}

export const cutCases = (): readonly CutCase[] =>
  ([1, 2, 3, 4] as const).map((number) => ({ number, ...words.cut.cases[number] }));

/** Where case 3 cuts a base that nothing was measured on: in its middle. */
const earlyCuts: Readonly<Record<BaseId, string>> = {
  'inception-v3': 'mixed2',
  vgg16: 'block3_pool',
  resnet50: 'conv3_block4_out',
};

/** The settings of a case for a base; where advice is at hand, case 3 cuts where it found the best features. */
export function casePatch(
  request: RunRequest,
  base: BaseId,
  number: TransferCase,
  advice: CaseAdvice | null = null,
): Partial<RunRequest> {
  const last = cutOf({}, base);
  if (number === 2 || number === 4) {
    const cut = cutPatch(request, base, number === 2 ? tailCuts[base] : inputCut);
    const patch = { ...cut, ...tailPatch({ ...request, ...cut }, 'train') };
    // Nothing is cached, so that every epoch may as well see other pictures.
    return number === 2 ? patch : { ...patch, augmentation: request.augmentation ?? defaultAugmentation };
  }
  const advised = advice?.base === base && advice.cut !== last ? advice.cut : earlyCuts[base];
  return { ...cutPatch(request, base, number === 1 ? last : advised), tail: 'remove' };
}

/** Whether a base is set so already. */
export function isSetFor(
  request: RunRequest,
  base: BaseId,
  number: TransferCase,
  advice: CaseAdvice | null,
): boolean {
  const after = { ...request, ...casePatch(request, base, number, advice) };
  return (
    request.bases.includes(base) &&
    isTrained(after) === isTrained(request) &&
    frozenCutOf(after, base) === frozenCutOf(request, base)
  );
}

/** Which case the settings of a base are. */
export function caseOfSettings(request: RunRequest, base: BaseId): TransferCase {
  const cut = frozenCutOf(request, base);
  if (isTrained(request)) return cut === inputCut ? 4 : 2;
  return cut === cutOf({}, base) ? 1 : 3;
}

/** Which cases the bases of a request are set for: “VGG16 and ResNet50: Few images, similar”. */
export function casesText(request: RunRequest): string {
  const cases = new Map<TransferCase, string[]>();
  for (const base of request.bases) {
    const number = caseOfSettings(request, base);
    cases.set(number, [...(cases.get(number) ?? []), baseTitle(base)]);
  }
  return [...cases]
    .map(([number, titles]) => `${list(titles)}: ${words.cut.cases[number].title}`)
    .join(' · ');
}

/** What advice is about: with other images, or another split, it is old. */
export function adviceSubject({ dataset, request }: SessionState): string {
  const { seed, validationShare, testShare, resize } = request;
  return JSON.stringify([dataset.classes, seed, validationShare, testShare, resize]);
}

/** Advice that was measured while the page is open, and what it was about. */
export interface KnownAdvice {
  readonly advice: CaseAdvice;
  readonly about: string;
}

/** Goes up through the page. */
export class CaseAdvised extends Event {
  constructor(readonly known: KnownAdvice) {
    super('case-advised', { bubbles: true, composed: true });
  }
}
