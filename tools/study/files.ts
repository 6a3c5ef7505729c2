import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { EpochMetrics } from '../../src/engine/run.ts';
import type { StudyResults } from './results.ts';

/** A history with a list a metric, one value an epoch: a tenth of the lines. */
type Columns = Readonly<Record<Exclude<keyof EpochMetrics, 'epoch'>, readonly number[]>>;

interface StoredResults extends Omit<StudyResults, 'runs'> {
  readonly runs: readonly (Omit<StudyResults['runs'][number], 'history'> & { readonly history: Columns })[];
}

/** What earlier sessions measured; nothing where there is no file. */
export function readResults(path: string): StudyResults {
  if (!existsSync(path)) return { features: [], runs: [] };
  const stored = JSON.parse(readFileSync(path, 'utf8')) as StoredResults;
  return { ...stored, runs: stored.runs.map((run) => ({ ...run, history: toRows(run.history) })) };
}

export function writeResults(path: string, results: StudyResults): Promise<void> {
  const runs = results.runs.map((run) => ({ ...run, history: toColumns(run.history) }));
  const stored: StoredResults = { ...results, runs };
  return writeFormatted(path, JSON.stringify(stored, null, 1));
}

/** Formatted as `npm run check` wants every file of the project. */
export async function writeFormatted(path: string, text: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

function toColumns(history: readonly EpochMetrics[]): Columns {
  const of = (name: keyof Columns) => history.map((epoch) => Number(epoch[name].toFixed(6)));
  return {
    loss: of('loss'),
    accuracy: of('accuracy'),
    valLoss: of('valLoss'),
    valAccuracy: of('valAccuracy'),
  };
}

function toRows({ loss, accuracy, valLoss, valAccuracy }: Columns): EpochMetrics[] {
  return loss.map((value, i) => ({
    epoch: i + 1,
    loss: value,
    accuracy: accuracy[i]!,
    valLoss: valLoss[i]!,
    valAccuracy: valAccuracy[i]!,
  }));
}
