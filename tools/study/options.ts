import { parseArgs } from 'node:util';
import { baseIds, type BaseId } from '../../src/engine/nets/index.ts';

export interface StudyOptions {
  /** What to measure now. */
  readonly bases: readonly BaseId[];
  /** Images of each side; null: all 2,000. */
  readonly limit: number | null;
  readonly seeds: readonly number[];
  /** Measure nothing; write the table and the chart again from what was measured before. */
  readonly reportOnly: boolean;
}

/** Throws with a plain sentence when the command line makes no sense. */
export function parseOptions(args: readonly string[]): StudyOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bases: { type: 'string' },
      limit: { type: 'string' },
      seeds: { type: 'string' },
      report: { type: 'boolean', default: false },
    },
  });
  const wanted = values.bases?.split(',') ?? baseIds;
  const bases = wanted.flatMap((name) => baseIds.filter((base) => base === name));
  if (bases.length !== wanted.length) throw new Error(`--bases takes some of ${baseIds.join(', ')}`);
  const seeds = values.seeds === undefined ? 5 : whole('--seeds', values.seeds);
  return {
    bases,
    limit: values.limit === undefined ? null : whole('--limit', values.limit),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    reportOnly: values.report,
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1`);
  return value;
}
