import { cutOf } from '../../engine/cuts';
import { nets } from '../../engine/nets';
import type { RecordLookup } from '../../session/records';
import type { RunReport } from '../../engine/results/report';
import { wilsonInterval } from '../../engine/results/statistics';
import type { RunResult } from '../../engine/run';
import { shareName } from '../audit-view';
import { baseTitle } from '../base-style';
import { calibrationText, mistakesText, withheldText, withhold } from '../evaluation-view';
import { date, decimal, duration, exactly, images, integer, percent, scientific } from '../format';
import { queueText, trustText } from '../label-errors-view';
import { answerText, curveMethodText, evidenceText } from '../learning-curve-view';
import { settingsText } from '../plan';
import { facts, figure, markup, table, type Content, type Markup } from './markup';
import { confusionSvg, coverageSvg, learningCurveSvg, reliabilitySvg } from './report-charts';
import { shownMistakes, type ReportData, type ReportedRun } from './report-data';
import { words } from '../words';

/** 87.5% (80.1% to 92.4%), by Wilson. */
export function withInterval(correct: number, of: number): string {
  const { low, high } = wilsonInterval(correct, of);
  return `${percent(of === 0 ? NaN : correct / of)} (${words.advice.range(percent(low), percent(high))})`;
}

const score = ({ summary }: RunReport): string => withInterval(summary.correct, summary.examples);

/** Everything about one run. */
export function runSection(run: ReportedRun, data: ReportData): Markup {
  const { name, result, reports } = run;
  const [validation] = reports;
  return markup`<section class="run">
<h2>${name}</h2>
${settings(result)}
${
  validation
    ? [judged(reports, validation), mistakes(validation, data)]
    : markup`<p>${words.report.noAnswers}</p>`
}
${
  run.learningCurve && [
    markup`<h3>${words.learning.title}</h3><p><b>${answerText(run.learningCurve)}</b> ${evidenceText(run.learningCurve)}</p>`,
    figure(learningCurveSvg(run.learningCurve), curveMethodText(run.learningCurve)),
  ]
}
${run.labelErrors && labelErrors(run, data.records)}
</section>`;
}

function settings(result: RunResult): Markup {
  const { report } = words;
  const { base, weights, weightsDigest, split, timing, exact, request } = result;
  const cut = cutOf(request, base);
  const whole = cut === nets[base].stages.at(-1)!.name;
  const held = {
    train: images(split.train.length),
    validation: integer(split.validation.length),
    test: integer(split.test?.length ?? 0),
  };
  const extraction = {
    time: duration(timing.extractMs / 1000),
    images: images(timing.extractedImages),
  };
  return facts([
    [words.comparison.columns.base, whole ? baseTitle(base) : report.cutAt(baseTitle(base), cut)],
    [report.weights, `${weights.source}, ${weights.precision}, ${weights.licence}`],
    [report.digest, weightsDigest],
    [report.headAndTraining, settingsText(request)],
    [report.split, report.held(held, request.seed)],
    [report.finished, date(result.finishedAt)],
    [words.runs.backend, words.backend.titles[result.backend]],
    [
      report.time,
      report.times(timing.extractedImages > 0 ? extraction : null, duration(timing.trainMs / 1000)),
    ],
    exact
      ? [
          report.solution,
          report.solved(decimal(exact.l2), scientific(exact.gradientNorm), exact.iterations, exact.converged),
        ]
      : [report.epochKept, words.units.of(exactly(result.bestEpoch), exactly(result.history.length))],
  ]);
}

function judged(reports: readonly RunReport[], validation: RunReport): Content {
  const { evaluation, report: texts } = words;
  const alarm = validation.alarm && words.engine.alarm(validation.alarm);
  return [
    alarm && markup`<p class="alarm"><b>${alarm.message}</b> ${alarm.advice}</p>`,
    markup`<p class="score">${percent(validation.summary.accuracy)}</p>`,
    reports.map((report) => {
      const { correct, examples } = report.summary;
      return markup`<p>${texts.accuracy[report.share](score(report), integer(correct), images(examples))}</p>`;
    }),
    facts([
      [evaluation.crossEntropy, `${decimal(validation.summary.crossEntropy)} ${evaluation.nats}`],
      ...validation.topK
        .filter(({ k }) => k > 1)
        .map(({ k, accuracy }): [string, string] => [
          evaluation.amongBest(k),
          withInterval(Math.round(accuracy * validation.summary.examples), validation.summary.examples),
        ]),
      [evaluation.macroF1, percent(validation.byClass.macro.f1)],
      [texts.expectedCalibrationError, percent(validation.reliability.ece)],
      [texts.temperature, decimal(validation.temperature.temperature)],
    ]),
    reports.map((report) => onShare(report)),
  ];
}

function onShare(report: RunReport): Content {
  return [
    markup`<h3>${words.report.takenFor[report.share]}</h3>`,
    figure(confusionSvg(report), words.report.confusion),
    classTable(report),
    markup`<div class="figures">${figure(reliabilitySvg(report), calibrationText(report))}${figure(
      coverageSvg(report),
      withheldText(withhold(report.predictions, 0.8), 0.8),
    )}</div>`,
  ];
}

function classTable({ classes, byClass, confusion, share }: RunReport): Markup {
  const { columns } = words.metrics;
  const n = classes.length;
  const rows = byClass.perClass.map(({ f1, support }, c): Content[] => {
    const hits = confusion.counts[c * n + c]!;
    const predicted = classes.reduce((sum, _, row) => sum + confusion.counts[row * n + c]!, 0);
    return [
      classes[c]!,
      predicted === 0 ? '–' : withInterval(hits, predicted),
      support === 0 ? '–' : withInterval(hits, support),
      f1 === null ? '–' : percent(f1),
      integer(support),
    ];
  });
  return markup`<div class="wide">${table(
    words.report.byClass[share],
    [
      { title: words.metrics.class, text: true },
      { title: columns.precision },
      { title: columns.recall },
      { title: columns.f1 },
      { title: columns.support },
    ],
    rows,
  )}</div>`;
}

function mistakes(report: RunReport, { records, pictures }: ReportData): Content {
  const { misclassified, classes } = report;
  const items = misclassified.slice(0, shownMistakes).map(({ id, label, predicted, confidence, loss }) => {
    const picture = pictures.get(id);
    const path = records.get(id)?.path ?? words.map.gone;
    const text = words.report.mistake(
      markup`<b>${classes[label]!}</b>`,
      markup`<b>${classes[predicted]!}</b>`,
      percent(confidence),
      percent(Math.exp(-loss)),
    );
    return markup`<li>${picture !== undefined && markup`<img src="${picture}" alt="${path}">`}
<p class="muted">${path}</p>
<p>${text}</p></li>`;
  });
  return markup`<h3>${words.evaluation.mistakesTitle}</h3><p>${mistakesText(report)}</p>${
    items.length > 0 && markup`<ul class="pictures">${items}</ul>`
  }`;
}

const shownSuspects = 30;

function labelErrors({ labelErrors: found }: ReportedRun, records: RecordLookup): Content {
  if (found === null) return null;
  const { report } = words;
  const rows = found.suspects
    .slice(0, shownSuspects)
    .map(({ id, label, suggested, labelProbability, suggestedProbability, share }): Content[] => [
      records.get(id)?.path ?? words.map.gone,
      shareName(share),
      found.classes[label]!,
      percent(labelProbability),
      found.classes[suggested]!,
      percent(suggestedProbability),
    ]);
  return markup`<h3>${words.labels.title}</h3><p><b>${queueText(found)}</b> ${trustText(found)}</p>${
    rows.length > 0 &&
    markup`<div class="wide">${table(
      rows.length < found.suspects.length ? report.firstSuspects(rows.length) : report.mostDoubtfulFirst,
      [
        { title: report.image, text: true },
        { title: report.shareOfSplit, text: true },
        { title: report.labelled, text: true },
        { title: report.probability },
        { title: report.looksLike, text: true },
        { title: report.probability },
      ],
      rows,
    )}</div>`
  }`;
}
