import { sections, type BenchResults, type Comparison, type Measure, type SectionId } from './results.ts';
import { ratios, spread, type Spread } from './statistics.ts';

const titles: Readonly<Record<SectionId, string>> = {
  extraction: 'Extraction: the frozen base alone',
  head: 'Training a head',
  pipeline: 'The whole pipeline',
  scale: 'As the work grows',
  bundle: 'What is downloaded',
};

/** `docs/bench/README.md`, from the results alone. */
export function report(results: BenchResults): string {
  return `# Benchmarks

Written by \`npm run bench\`; not by hand. Every ratio is of rates measured side by side: all contestants take turns in one
run, each round begins with the next of them, and ratios are of the same round. Given are the median and, in brackets,
the least and the most of all rounds. Rates are of this machine; trust the ratios.

${sections
  .map((id) =>
    section(
      id,
      results.filter((figure) => figure.section === id),
    ),
  )
  .join('\n')}`;
}

function section(id: SectionId, figures: BenchResults): string {
  const comparisons = figures.filter((figure) => figure.kind === 'comparison');
  const measures = figures.filter((figure) => figure.kind === 'measure');
  return [
    `## ${titles[id]}\n`,
    ...(figures.length === 0 ? ['Not measured.\n'] : []),
    ...(comparisons.length > 0 ? [comparisonTable(comparisons)] : []),
    ...(measures.length > 0 ? [measureTable(measures)] : []),
    ...notes([...comparisons, ...measures]),
    ...conditions(figures),
  ].join('\n');
}

/** Where and when, once for figures that have it in common. */
function conditions(figures: BenchResults): string[] {
  const byCondition = new Map<string, number[]>();
  for (const { machine, measuredOn, loadBefore } of figures) {
    const where =
      `${measuredOn}; ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}; ` +
      `${machine.browser}, Node ${machine.node}`;
    byCondition.set(where, [...(byCondition.get(where) ?? []), loadBefore]);
  }
  return Array.from(byCondition, ([where, loads]) => {
    const { low, high } = spread(loads);
    return `${where}; load average before ${low === high ? low : `${low} to ${high}`}.\n`;
  });
}

function comparisonTable(figures: readonly Comparison[]): string {
  const rows = figures.flatMap((figure) => {
    const { rates, subject, targets, title, unit } = figure;
    const own = spread(rates[subject]!);
    return Object.keys(rates)
      .filter((name) => name !== subject)
      .map((name) => {
        const ratio = ratios(rates[subject]!, rates[name]!);
        const target = targets.find(({ baseline }) => baseline === name);
        return [
          title,
          `${shown(own.median)} ${unit}`,
          `${name}: ${shown(spread(rates[name]!).median)}`,
          `**${shown(ratio.median)} ×** (${shown(ratio.low)}–${shown(ratio.high)})`,
          target === undefined ? '' : verdict(ratio, target.atLeast),
        ];
      });
  });
  return table(['', 'Headway', 'Beside', 'Ratio', 'Wanted'], rows);
}

function verdict({ median }: Spread, atLeast: number): string {
  return `${median >= atLeast ? '✓' : '✗'} ≥ ${shown(atLeast)}`;
}

function measureTable(figures: readonly Measure[]): string {
  return table(
    ['', 'Measured', 'Wanted'],
    figures.map(({ title, value, unit, atMost }) => [
      title,
      `${shown(value)} ${unit}`,
      atMost === null ? '' : `${value <= atMost ? '✓' : '✗'} ≤ ${shown(atMost)} ${unit}`,
    ]),
  );
}

function notes(figures: readonly (Comparison | Measure)[]): string[] {
  const noted = figures.flatMap(({ title, note }) => (note === undefined ? [] : [`- ${title}: ${note}.`]));
  return noted.length === 0 ? [] : [noted.join('\n') + '\n'];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** Three digits that count. */
function shown(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3).replace(/\.?0+$/, '');
}
