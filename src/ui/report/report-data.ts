import type { LabelErrors } from '../../engine/analysis/label-errors';
import type { LearningCurve } from '../../engine/analysis/learning-curve';
import type { Finding } from '../../engine/audit/finding';
import type { ImageId, ImageRecord } from '../../engine/data/records';
import type { RunComparison } from '../../engine/results/compare-runs';
import type { RunReport } from '../../engine/results/report';
import type { RunResult } from '../../engine/run';
import type { SessionView } from '../../session/intents';
import { evaluatedShares } from '../evaluation-view';
import { comparedRuns, runNames, type RunCurves } from '../results-view';
import { incomparable } from '../verdict-view';
import { words } from '../words';

/** What a report asks of a session. */
export type ReportSource = Pick<
  SessionView,
  'state' | 'report' | 'compareRuns' | 'audit' | 'thumbnail' | 'storedLabelErrors' | 'storedLearningCurve'
>;

export interface ReportedRun {
  readonly name: string;
  readonly result: RunResult;
  /** Validation first; empty for runs that were made before answers were kept. */
  readonly reports: readonly RunReport[];
  /** Where they were computed. */
  readonly labelErrors: LabelErrors | null;
  readonly learningCurve: LearningCurve | null;
}

export interface Verdict {
  readonly name: string;
  readonly other: string;
  /** Or why they cannot be compared. */
  readonly comparison: RunComparison | string;
}

/** Everything that a report shows, ready to be written down. */
export interface ReportData {
  readonly made: Date;
  readonly records: ReadonlyMap<ImageId, ImageRecord>;
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  readonly leftOut: number;
  /** Null: the audit failed. */
  readonly findings: readonly Finding[] | null;
  /** Newest first. */
  readonly runs: readonly ReportedRun[];
  readonly curves: readonly RunCurves[];
  readonly verdicts: readonly Verdict[];
  /** Small pictures as data URLs. */
  readonly pictures: ReadonlyMap<ImageId, string>;
}

/** Of each run: as many as one looks at. */
export const shownMistakes = 12;
/** Every pair of so many runs; of more, each beside the oldest. */
const allPairs = 4;

/** Gathers what is known of the data set and of `runIds`; all finished runs where they are left out. */
export async function gather(source: ReportSource, runIds?: readonly string[]): Promise<ReportData> {
  const { dataset, results: all, notes } = source.state;
  const results = all.filter(({ runId }) => runIds?.includes(runId) ?? true);
  const names = runNames(all, notes);
  const runs: ReportedRun[] = [];
  for (const result of results) {
    const reports: RunReport[] = [];
    for (const share of evaluatedShares(result)) {
      const report = await source.report(result.runId, share);
      if (report !== null) reports.push(report);
    }
    runs.push({
      name: names.get(result.runId)!,
      result,
      reports,
      labelErrors: await source.storedLabelErrors(result.runId),
      learningCurve: await source.storedLearningCurve(result.runId),
    });
  }
  const worst = runs.flatMap(({ reports }) => reports[0]?.misclassified.slice(0, shownMistakes) ?? []);
  const chosen = new Map(all.map(({ runId }) => [runId, results.some((run) => run.runId === runId)]));
  return {
    made: new Date(),
    records: new Map(dataset.records.map((record) => [record.id, record])),
    classes: dataset.classes,
    leftOut: dataset.leftOut.length,
    findings: dataset.records.length === 0 ? [] : await source.audit(),
    runs,
    curves: comparedRuns({ results, notes, lanes: [] }, chosen),
    verdicts: await verdictsOf(source, runs),
    pictures: await picturesOf(
      source,
      worst.map(({ id }) => id),
    ),
  };
}

async function verdictsOf(source: ReportSource, runs: readonly ReportedRun[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [i, one] of runs.entries())
    for (const other of runs.length <= allPairs ? runs.slice(i + 1) : runs.slice(-1)) {
      if (other === one) continue;
      const reason = incomparable(one.result, other.result);
      const comparison =
        reason ||
        ((await source.compareRuns(one.result.runId, other.result.runId)) ?? words.report.comparisonFailed);
      verdicts.push({ name: one.name, other: other.name, comparison });
    }
  return verdicts;
}

async function picturesOf(source: ReportSource, ids: readonly ImageId[]): Promise<Map<ImageId, string>> {
  const pictures = new Map<ImageId, string>();
  for (const id of new Set(ids))
    try {
      pictures.set(id, await dataUrl(await source.thumbnail(id)));
    } catch {
      // An image that has left the data set is shown by its words.
    }
  return pictures;
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('A picture could not be read'));
    reader.readAsDataURL(blob);
  });
}
