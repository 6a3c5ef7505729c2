import { unknownRun } from '../../engine/results/run-store';
import { appVersion } from '../../engine/version';
import { classViews } from '../dataset-view';
import { classes, date, duration, images, integer, percent } from '../format';
import { points, pText, verdictText } from '../verdict-view';
import { figure, markup, Markup, table, type Content } from './markup';
import { curvesSvg } from './report-charts';
import { gather, type ReportData, type ReportSource } from './report-data';
import { runSection, withInterval } from './report-run';
import { reportStyle } from './report-style';
import { language, words } from '../words';

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
  const { runs } = data;
  const made = date(data.made.toISOString());
  // Should a label ever get past the escaping, it still may not run or load anything.
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${words.report.title(made)}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<h1>${words.report.heading}</h1>
<p class="muted">${words.report.madeBy(appVersion, made)}</p>
<main>
${dataset(data)}
${runs.length > 0 && comparison(data)}
${runs.map((run) => runSection(run, data))}
</main>
</body>
</html>
`.text;
}

const shares = ['train', 'validation', 'test'] as const;

function dataset({ classes: all, records, leftOut, findings }: ReportData): Content {
  const { report } = words;
  const folders = new Map(classViews([...records.values()]).map(({ label, shares }) => [label, shares]));
  const foldered = [...folders.values()].some((shares) => shares !== null);
  return markup`<section>
<h2>${report.dataset}</h2>
<p>${report.contents(images(records.size), classes(all.length), leftOut)}</p>
<div class="wide">${table(
    report.imagesByClass,
    [
      { title: words.metrics.class, text: true },
      { title: words.metrics.columns.support },
      { title: report.shareOfImages },
      ...(foldered ? shares.map((share) => ({ title: report.folders[share] })) : []),
    ],
    all.map(({ label, count: n }) => [
      label,
      integer(n),
      percent(n / records.size),
      ...(foldered ? shares.map((share) => integer(folders.get(label)?.[share] ?? 0)) : []),
    ]),
  )}</div>
<h3>${report.audit}</h3>
${
  findings === null
    ? markup`<p>${report.auditFailed}</p>`
    : findings.length === 0
      ? markup`<p>${report.nothingFound}</p>`
      : table(
          report.findings,
          [
            { title: report.kind, text: true },
            { title: report.finding, text: true },
            { title: words.metrics.columns.support },
          ],
          findings.map((finding) => {
            const { message, advice } = words.engine.finding(finding);
            return [
              words.audit.kinds[finding.severity],
              `${message} ${advice}`,
              integer(finding.images.length),
            ];
          }),
        )
}
</section>`;
}

function comparison({ runs, curves, verdicts }: ReportData): Content {
  const { report } = words;
  const trained = curves.filter(({ history }) => history.length > 1);
  return markup`<section>
<h2>${report.runs}</h2>
<div class="wide">${table(
    report.finishedRuns,
    [
      { title: words.comparison.run, text: true },
      { title: words.costs.validationAccuracy },
      { title: report.testAccuracy },
      { title: words.runs.training },
    ],
    runs.map(({ name, result: { evaluation, timing } }) => {
      const of = (score: { correct: number; images: number } | null | undefined) =>
        score ? withInterval(score.correct, score.images) : '–';
      return [name, of(evaluation?.validation), of(evaluation?.test), duration(timing.trainMs / 1000)];
    }),
  )}</div>
${
  verdicts.length > 0 &&
  markup`<h3>${words.verdicts.title}</h3><div class="wide">${table(
    report.verdicts,
    [
      { title: words.comparison.run, text: true },
      { title: words.verdicts.verdict, text: true },
      { title: report.than, text: true },
      { title: words.verdicts.difference },
      { title: words.costs.interval },
      { title: words.verdicts.mcnemar },
      { title: words.verdicts.images },
    ],
    verdicts.map(({ name, other, comparison: one }) =>
      typeof one === 'string'
        ? [name, one, other, '–', '–', '–', '–']
        : [
            name,
            verdictText(one.verdict),
            other,
            points(one.difference),
            words.advice.range(points(one.interval.low), points(one.interval.high)),
            pText(one.pValue),
            integer(one.images),
          ],
    ),
  )}</div>`
}
${
  trained.length > 0 &&
  markup`<h3>${report.whileTheyTrained}</h3><div class="figures">${figure(
    curvesSvg(trained, 'accuracy'),
    report.ring,
  )}${figure(curvesSvg(trained, 'loss'), report.ring)}</div>`
}
</section>`;
}
