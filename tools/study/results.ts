import type { BaseId } from '../../src/engine/nets/index.ts';
import type { EpochMetrics, WeightsInfo } from '../../src/engine/run.ts';

export type HeadId = 'article' | 'softmax' | 'dense-512';

/** One head that the study trains on every base. */
export interface HeadPlan {
  readonly id: HeadId;
  readonly name: string;
  readonly hidden: readonly number[];
  readonly batchSize: number;
}

/** One training, whole. */
export interface StudyRun {
  readonly base: BaseId;
  readonly head: HeadPlan;
  readonly seed: number;
  readonly history: readonly EpochMetrics[];
  readonly trainMs: number;
}

/** How the features of a base came about. */
export interface StudyFeatures {
  readonly base: BaseId;
  /** `page`: extracted by the page. `article`: the article's own. `none`: neither could be had. */
  readonly from: 'page' | 'article' | 'none';
  readonly weights: WeightsInfo | null;
  readonly weightsDigest: string | null;
  readonly backend: string | null;
  /** Of images that really went through the base, in however many sessions. */
  readonly extraction: { readonly images: number; readonly ms: number } | null;
  /** Why not from the page. */
  readonly reason: string | null;
  readonly trainImages: number;
  readonly validationImages: number;
  readonly measuredOn: string;
  /** The system's load average when the base began: above zero, others were using the processor too. */
  readonly loadBefore: number;
  readonly machine: Machine;
}

export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly browser: string;
  /** What the page says that it computes on. */
  readonly backend: string;
  readonly node: string;
}

export interface StudyResults {
  readonly features: readonly StudyFeatures[];
  readonly runs: readonly StudyRun[];
}

/** Puts a base's new results in the place of its old ones. */
export function replaceBase(
  old: StudyResults,
  features: StudyFeatures,
  runs: readonly StudyRun[],
): StudyResults {
  const others = <T extends { readonly base: BaseId }>(list: readonly T[]) =>
    list.filter(({ base }) => base !== features.base);
  return { features: [...others(old.features), features], runs: [...others(old.runs), ...runs] };
}
