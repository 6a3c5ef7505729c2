import { parseArgs } from 'node:util';
import { baseIds, type BaseId } from '../../src/engine/nets/index.ts';
import { sections, type SectionId } from './results.ts';

export interface BenchOptions {
  /** What to measure now; the others keep what was measured before. */
  readonly sections: readonly SectionId[];
  readonly bases: readonly BaseId[];
  readonly rounds: number;
  /** Images of the largest data set. */
  readonly most: number;
  /** Write nothing into the documentation: a rehearsal. */
  readonly rehearsal: boolean;
  /** Measure nothing; write the table again from what was measured before. */
  readonly reportOnly: boolean;
}

/** Throws with a plain sentence when the command line makes no sense. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sections: { type: 'string' },
      bases: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      most: { type: 'string', default: '50000' },
      rehearsal: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  return {
    sections: some('--sections', values.sections, sections),
    bases: some('--bases', values.bases, baseIds),
    rounds: whole('--rounds', values.rounds),
    most: whole('--most', values.most),
    rehearsal: values.rehearsal,
    reportOnly: values.report,
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1`);
  return value;
}

function some<T extends string>(name: string, text: string | undefined, all: readonly T[]): readonly T[] {
  const wanted: readonly string[] = text?.split(',') ?? all;
  const found = all.filter((one) => wanted.includes(one));
  if (found.length !== wanted.length) throw new Error(`${name} takes some of ${all.join(', ')}`);
  return found;
}
