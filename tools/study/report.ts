import { articleCurveOf, articleSource } from '../../src/engine/article/histories.ts';
import { articleFaults, epochsAhead, faultsOf } from '../../src/engine/article/known-faults.ts';
import { baseIds, nets, type BaseId } from '../../src/engine/nets/index.ts';
import type { EpochMetrics } from '../../src/engine/run.ts';
import type { StudyFeatures, StudyResults } from './results.ts';
import { articleRuns, summarize, type Spread } from './summary.ts';

const accuracy = ({ mean, sd }: Spread) => mean.toFixed(4) + (sd === null ? '' : ` ± ${sd.toFixed(4)}`);

/** Rounded so that neither milliseconds nor hours look odd. */
const seconds = (value: number) => (value < 10 ? `${value.toFixed(2)} s` : `${Math.round(value)} s`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function published(base: BaseId): string {
  const curve = articleCurveOf(base);
  const faults = faultsOf(curve.id).map(({ short }) => short);
  const figure = curve.history.at(-1)!.valAccuracy.toFixed(4);
  return faults.length === 0 ? figure : `${figure} (wrong: ${faults.join('; ')})`;
}

function accuracyRows(results: StudyResults, base: BaseId): string[][] {
  const { title } = nets[base];
  const features = results.features.find((one) => one.base === base);
  if (features === undefined || features.from === 'none') {
    const why = features === undefined ? 'not measured' : 'not available';
    return [[title, why, '', '', '', '', '', published(base), '']];
  }
  const name = features.from === 'article' ? `${title}, on the article’s own features` : title;
  const runs = results.runs.filter((run) => run.base === base);
  return summarize(runs, features.validationImages).map(
    ({ head, seeds, last, interval, best, secondsPerEpoch }) => [
      name,
      head.name,
      `${head.batchSize}`,
      `${seeds.length}`,
      accuracy(last),
      `${interval.low.toFixed(3)} … ${interval.high.toFixed(3)}`,
      accuracy(best),
      head.id === 'article' ? published(base) : '',
      seconds(secondsPerEpoch),
    ],
  );
}

function featureRow(base: BaseId, features: StudyFeatures | undefined): string[] {
  const { title } = nets[base];
  if (features === undefined) return [title, 'not measured', '', '', '', ''];
  const { from, weights, extraction, reason } = features;
  if (from === 'none') return [title, `not available: ${reason ?? ''}`, '', '', '', ''];
  const images = `${features.trainImages} + ${features.validationImages}`;
  if (from === 'article')
    return [title, `the article’s own (${(reason ?? '').replace(/\.$/, '')})`, '', images, '', ''];
  const { source, precision } = weights!;
  const time = extraction === null ? '' : `${seconds(extraction.ms / 1000)} for ${extraction.images} images`;
  const rate = extraction === null ? '' : (extraction.images / (extraction.ms / 1000)).toFixed(2);
  return [title, source, precision, images, time, rate];
}

/** In how many epochs validation was ahead: the article's curve, and all seeds of ours with the article's head. */
function aheadRow(results: StudyResults, base: BaseId): string[] {
  const count = (histories: readonly (readonly EpochMetrics[])[]) => {
    const counts = histories.map(epochsAhead);
    const sum = (of: 'ahead' | 'of') => counts.reduce((total, one) => total + one[of], 0);
    return counts.length === 0 ? '' : `${sum('ahead')} of ${sum('of')}`;
  };
  const own = articleRuns(results, base).map(({ history }) => history);
  return [nets[base].title, count([articleCurveOf(base).history]), count(own)];
}

function machines(results: StudyResults): string {
  return results.features
    .map(({ base, machine, measuredOn, backend, loadBefore }) => {
      const { system, processor, cores, memoryGiB, browser, node } = machine;
      const features = backend === null ? '' : `, features on ${backend}`;
      return (
        `- ${nets[base].title}, ${measuredOn}: ${processor}, ${cores} cores, ${memoryGiB} GiB of memory, ${system}; ` +
        `load average ${loadBefore.toFixed(1)} before it began. ${browser}${features}; Node ${node}. ` +
        `The page says: ${machine.backend}.`
      );
    })
    .join('\n');
}

/** `docs/study/README.md`; every figure out of `results`. */
export function report(results: StudyResults, limit: number | null): string {
  const faults = articleFaults.map(({ title, text, evidence }) => `- **${title}.** ${text} ${evidence}`);
  const head = ['Base', 'Head', 'Batch', 'Seeds', 'Validation, last epoch', '95 %', 'Validation, best epoch'];
  return `# The article of 2017, repeated

Made by \`npm run study\`: every figure here is as it was measured.${limit === null ? '' : ` **A rehearsal with ${limit} images a side.**`}
The images are the article's own 2,000 to train and 2,000 to validate, out of CIFAR-10's training set
([${articleSource.repository}](${articleSource.url})), stretched to each base's input.
The heads were trained for ten epochs with Adam at 0.001. Means are over seeds, ± one standard deviation; the interval is Wilson's for the mean, from the number of
validation images. The best epoch is chosen by looking at the validation images, so its figure flatters.

![Curves of the article and of this study](accuracy.svg)

## Accuracy

${table(
  [...head, 'The article', 'An epoch'],
  baseIds.flatMap((base) => accuracyRows(results, base)),
)}

## Features

${table(
  ['Base', 'Weights', 'Precision', 'Images', 'Extraction', 'Images a second'],
  baseIds.map((base) =>
    featureRow(
      base,
      results.features.find((one) => one.base === base),
    ),
  ),
)}

## What is wrong with the article's curves

${faults.join('\n')}

The leak shows in the curves alone: validation does better than training does in the epoch after, which images that
the head has never seen hardly allow. In how many epochs that was so, of nine a seed:

${table(
  ['Base', 'As published', 'Here'],
  baseIds.map((base) => aheadRow(results, base)),
)}

## Measured on

${machines(results)}

All histories, epoch by epoch: [results.json](results.json).
`;
}
