import { unknownRun } from '../../engine/results/run-store';
import { appVersion } from '../../engine/version';
import { classViews } from '../dataset-view';
import { classes, count, date, duration, images, integer, percent } from '../format';
import { points, pText, verdictText } from '../verdict-view';
import { figure, markup, Markup, table, type Content } from './markup';
import { curvesSvg } from './report-charts';
import { gather, type ReportData, type ReportSource } from './report-data';
import { runSection, withInterval } from './report-run';
import { reportStyle } from './report-style';
import { words } from '../words';

/**
 * A data set and its runs as one HTML file that needs nothing else: no script, no network, pictures inside; for people
 * without Headway, and for printing. `runIds`: only these runs.
 * @throws HeadwayError `unknown-run`
 */
export async function htmlReport(source: ReportSource, runIds?: readonly string[]): Promise<Blob> {
  const unknown = runIds?.find((id) => !source.state.results.some(({ runId }) => runId === id));
  if (unknown !== undefined) throw unknownRun(unknown);
  return new Blob([reportDocument(await gather(source, runIds))], { type: 'text/html' });
}

/** The document of what was gathered. */
export function reportDocument(data: ReportData): string {
  const { made, runs } = data;
  // Should a label ever get past the escaping, it still may not run or load anything.
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Headway report, ${date(made.toISOString())}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<h1>Image classifiers by transfer learning</h1>
<p class="muted">Made by Headway ${appVersion} on ${date(made.toISOString())}. Nothing of it was uploaded anywhere.</p>
<main>
${dataset(data)}
${runs.length > 0 && comparison(data)}
${runs.map((run) => runSection(run, data))}
</main>
</body>
</html>
`.text;
}

function dataset({ classes: all, records, leftOut, findings }: ReportData): Content {
  const folders = new Map(classViews([...records.values()]).map(({ label, shares }) => [label, shares]));
  const foldered = [...folders.values()].some((shares) => shares !== null);
  return markup`<section>
<h2>Data set</h2>
<p>${images(records.size)} in ${classes(all.length)}${leftOut > 0 && `; ${count(leftOut, 'file')} left out at import`}.</p>
<div class="wide">${table(
    'Images by class',
    [
      { title: 'Class', text: true },
      { title: 'Images' },
      { title: 'Share' },
      ...(foldered ? ['Train folder', 'Validation folder', 'Test folder'].map((title) => ({ title })) : []),
    ],
    all.map(({ label, count: n }) => [
      label,
      integer(n),
      percent(n / records.size),
      ...(foldered
        ? (['train', 'validation', 'test'] as const).map((share) => integer(folders.get(label)?.[share] ?? 0))
        : []),
    ]),
  )}</div>
<h3>Audit</h3>
${
  findings === null
    ? markup`<p>The audit could not be made.</p>`
    : findings.length === 0
      ? markup`<p>Nothing was found.</p>`
      : table(
          'What is wrong, or may be, with the data set as it is now',
          [{ title: 'Kind', text: true }, { title: 'Finding', text: true }, { title: 'Images' }],
          findings.map(({ severity, message, advice, images: shown }) => [
            words.audit.kinds[severity],
            `${message} ${advice}`,
            integer(shown.length),
          ]),
        )
}
</section>`;
}

function comparison({ runs, curves, verdicts }: ReportData): Content {
  const trained = curves.filter(({ history }) => history.length > 1);
  return markup`<section>
<h2>Runs</h2>
<div class="wide">${table(
    'Finished runs, the newest first; 95% intervals by Wilson',
    [
      { title: 'Run', text: true },
      { title: 'Validation accuracy' },
      { title: 'Test accuracy' },
      { title: 'Training' },
    ],
    runs.map(({ name, result: { evaluation, timing } }) => {
      const of = (score: { correct: number; images: number } | null | undefined) =>
        score ? withInterval(score.correct, score.images) : '–';
      return [name, of(evaluation?.validation), of(evaluation?.test), duration(timing.trainMs / 1000)];
    }),
  )}</div>
${
  verdicts.length > 0 &&
  markup`<h3>Better, or only luckier?</h3><div class="wide">${table(
    'On the validation images of both; exact McNemar test and paired bootstrap interval must agree at 5%',
    [
      { title: 'Run', text: true },
      { title: 'Verdict', text: true },
      { title: 'Than', text: true },
      { title: 'Difference, points' },
      { title: '95% interval' },
      { title: 'McNemar p' },
      { title: 'Images' },
    ],
    verdicts.map(({ name, other, comparison: one }) =>
      typeof one === 'string'
        ? [name, one, other, '–', '–', '–', '–']
        : [
            name,
            verdictText(one.verdict),
            other,
            points(one.difference),
            `${points(one.interval.low)} to ${points(one.interval.high)}`,
            pText(one.pValue),
            integer(one.images),
          ],
    ),
  )}</div>`
}
${
  trained.length > 0 &&
  markup`<h3>While they trained</h3><div class="figures">${figure(
    curvesSvg(trained, 'accuracy'),
    'A ring marks the epoch whose weights a head carries; without one it is the last.',
  )}${figure(curvesSvg(trained, 'loss'), 'A ring marks the epoch whose weights a head carries; without one it is the last.')}</div>`
}
</section>`;
}
