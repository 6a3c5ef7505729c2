import { articleCurveOf, articleCurves, type ArticleCurve } from '../engine/article/histories';
import { articleFaults, faultsOf, type ArticleFault } from '../engine/article/known-faults';
import { cifar10Classes } from '../engine/data/cifar10-format';
import type { ImageRecord } from '../engine/data/records';
import { baseIds, type BaseId } from '../engine/nets';
import type { EpochMetrics, RunResult } from '../engine/run';
import { baseColour, baseIndex, baseTitle } from './base-style';
import { measured, type MeasuredShare } from './comparison-view';
import type { ChartNote, ChartSeries } from './parts/chart-scene';
import { shareLines, type ShownLines } from './results-view';
import type { StudyCurve } from './study-figures';
import { words } from './words';

/** Both charts of the replay have it, so that they can be read against each other. */
export const replayDomain = [0.3, 1] as const;

const diamond = 3;

function series(
  { id, base, name, history }: Pick<ArticleCurve, 'base' | 'name' | 'history'> & { readonly id: string },
  lines: ShownLines,
): ChartSeries {
  return {
    id,
    name: base === null ? words.replay.scratchNetwork : name,
    label: base === null ? words.replay.fromScratch : baseTitle(base),
    tag: base === null ? 'S' : baseTitle(base)[0]!,
    colour: base === null ? 'var(--muted)' : baseColour(base),
    marker: base === null ? diamond : baseIndex(base),
    ring: null,
    lines: shareLines(history, 'accuracy', lines),
  };
}

/** Accuracy as the article published it. */
export const articleSeries = (lines: ShownLines): ChartSeries[] =>
  articleCurves.map((curve) => series(curve, lines));

/** How a fault is numbered, on the chart and below it. */
export const faultKey = (fault: ArticleFault): string => `${articleFaults.indexOf(fault) + 1}`;

/** The faults' numbers, beside the curves that they spoil: each fault of a curve at an epoch of its own. */
export function articleNotes({ validation, training }: ShownLines): ChartNote[] {
  return articleCurves.flatMap(({ id, history }) =>
    faultsOf(id).flatMap((fault): ChartNote[] => {
      const key = validation ? 'valAccuracy' : 'accuracy';
      if (!validation && (!training || fault.spoils === 'validation')) return [];
      const at = history[2 + 3 * articleFaults.indexOf(fault)]!;
      return [{ key: faultKey(fault), text: words.replay.faults[fault.id].mark, x: at.epoch, y: at[key] }];
    }),
  );
}

/** The article's images are 2,000 and 2,000; a few may be left out as duplicates or be unreadable. */
const few = 10;
const aboutTwoThousand = (count: number): boolean => count <= 2000 && count >= 2000 - few;

/** Whether a run trained and was judged on the article's images, as far as its numbers and classes tell. */
export function isArticleRun({ classes, split }: Pick<RunResult, 'classes' | 'split'>): boolean {
  return (
    aboutTwoThousand(split.train.length) &&
    aboutTwoThousand(split.validation.length) &&
    classes.length === cifar10Classes.length &&
    cifar10Classes.every((label) => classes.includes(label))
  );
}

/** Of each base the newest run on the article's images, with the article's head if there is one. */
export function articleReruns(results: readonly RunResult[]): readonly RunResult[] {
  const honest = results.filter(isArticleRun);
  return baseIds.flatMap((base) => {
    const ofBase = honest.filter((run) => run.base === base);
    const { kind } = articleHead;
    return (
      ofBase.find(({ request: { head } }) => head.kind === kind && head.hidden.length === 0) ??
      ofBase[0] ??
      []
    );
  });
}
const articleHead = { kind: 'dense' } as const;

export const rerunSeries = (
  runs: readonly RunResult[],
  names: ReadonlyMap<string, string>,
  lines: ShownLines,
): ChartSeries[] =>
  runs.map(({ runId, base, history }) =>
    series({ id: runId, base, name: names.get(runId) ?? baseTitle(base), history }, lines),
  );

export const studySeries = (curves: readonly StudyCurve[], lines: ShownLines): ChartSeries[] =>
  curves.map(({ base, history }) => series({ id: base, base, name: baseTitle(base), history }, lines));

export interface ReplayRow {
  readonly name: string;
  readonly published: EpochMetrics;
  readonly faults: readonly ArticleFault[];
  readonly here: MeasuredShare | null;
  readonly study: MeasuredShare | null;
}

/** The last epoch of each network: published, here, in the study. */
export function replayRows(runs: readonly RunResult[], study: readonly StudyCurve[]): ReplayRow[] {
  return articleCurves.map(({ id, base, name, history }) => {
    const run = runs.find((one) => one.base === base);
    const curve = study.find((one) => one.base === base);
    return {
      name: base === null ? words.replay.scratchNetwork : name,
      published: history.at(-1)!,
      faults: faultsOf(id),
      here: run ? measured(run.history.at(-1), run.split.validation.length) : null,
      study: curve ? measured(curve.history.at(-1), curve.validationImages) : null,
    };
  });
}

export type ReplayData = 'none' | 'article' | 'cifar10' | 'other';

/** What the data set holds, as far as the replay cares. */
export function replayData(records: readonly Pick<ImageRecord, 'path' | 'share'>[]): ReplayData {
  if (records.length === 0) return 'none';
  if (records.some(({ path }) => !path.startsWith('cifar10/'))) return 'other';
  const held = records.filter(({ share }) => share === 'validation').length;
  return aboutTwoThousand(held) && aboutTwoThousand(records.length - held) ? 'article' : 'cifar10';
}

/** What the ResNet50 curve says of itself. */
export function leakSign(ahead: { readonly ahead: number; readonly of: number }): string {
  return words.replay.leakSign(ahead.ahead, ahead.of);
}

export const resnetHistory = (): readonly EpochMetrics[] =>
  articleCurveOf('resnet50' satisfies BaseId).history;
