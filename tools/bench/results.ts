export const sections = ['extraction', 'head', 'pipeline', 'scale', 'bundle'] as const;
export type SectionId = (typeof sections)[number];

/** What the ratio to a baseline should at least be. */
export interface Target {
  readonly baseline: string;
  readonly atLeast: number;
}

/** Rates measured side by side: more is better. */
export interface Comparison {
  readonly kind: 'comparison';
  readonly section: SectionId;
  readonly title: string;
  /** Of the rates: images/s. */
  readonly unit: string;
  /** Which of the contestants is ours; the others are what it is compared with. */
  readonly subject: string;
  /** One rate a round for each contestant; the same round is the same minute. */
  readonly rates: Readonly<Record<string, readonly number[]>>;
  readonly targets: readonly Target[];
  readonly note?: string;
}

/** Something that should not exceed a limit; what is only told has none. */
export interface Measure {
  readonly kind: 'measure';
  readonly section: SectionId;
  readonly title: string;
  readonly unit: string;
  readonly value: number;
  readonly atMost: number | null;
  readonly note?: string;
}

export type Figure = Comparison | Measure;

export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly browser: string;
  readonly node: string;
}

/** A figure, and when it was measured. */
export type Measured = Figure & {
  readonly measuredOn: string;
  /** The system's load average before: above zero, others were using the processor too. */
  readonly loadBefore: number;
  readonly machine: Machine;
};

export type BenchResults = readonly Measured[];

/** Puts what was measured now in the place of what was measured before, in the sections' order. */
export function replaceFigures(old: BenchResults, fresh: BenchResults): BenchResults {
  const isFresh = ({ section, title }: Measured) =>
    fresh.some((one) => one.section === section && one.title === title);
  const kept = old.map((one) =>
    isFresh(one) ? fresh.find(({ section, title }) => section === one.section && title === one.title)! : one,
  );
  const all = [...kept, ...fresh.filter((one) => !kept.includes(one))];
  return sections.flatMap((id) => all.filter(({ section }) => section === id));
}
