import { cutOf } from '../../engine/cuts';
import { nets } from '../../engine/nets';
import type { ImageId, ImageRecord } from '../../engine/data/records';
import type { RunReport } from '../../engine/results/report';
import { wilsonInterval } from '../../engine/results/statistics';
import type { RunResult } from '../../engine/run';
import { baseTitle } from '../base-style';
import { calibrationText, mistakesText, withheldText, withhold } from '../evaluation-view';
import { count, date, decimal, duration, images, integer, percent } from '../format';
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
  return `${percent(of === 0 ? NaN : correct / of)} (${percent(low)} to ${percent(high)})`;
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
    : markup`<p>This run was made before its answers were kept; there is nothing to judge it by.</p>`
}
${
  run.learningCurve && [
    markup`<h3>Would more images help?</h3><p><b>${answerText(run.learningCurve)}</b> ${evidenceText(run.learningCurve)}</p>`,
    figure(learningCurveSvg(run.learningCurve), curveMethodText(run.learningCurve)),
  ]
}
${run.labelErrors && labelErrors(run, data.records)}
</section>`;
}

function settings(result: RunResult): Markup {
  const { base, weights, weightsDigest, split, timing, exact, request } = result;
  const cut = cutOf(request, base);
  const whole = cut === nets[base].stages.at(-1)!.name;
  const held = [
    `${images(split.train.length)} to train`,
    `${integer(split.validation.length)} to validate`,
    `${integer(split.test?.length ?? 0)} to test`,
  ];
  return facts([
    ['Base', `${baseTitle(base)}${whole ? '' : `, cut at ${cut}`}`],
    ['Weights', `${weights.source}, ${weights.precision}, ${weights.licence}`],
    ['SHA-256 of the weights', weightsDigest],
    ['Head and training', settingsText(request)],
    ['Split', `${held.join(', ')}; near-duplicates on one side; seed ${request.seed}`],
    ['Finished', date(result.finishedAt)],
    ['Backend', result.backend],
    [
      'Time',
      `${timing.extractedImages > 0 ? `${duration(timing.extractMs / 1000)} for ${images(timing.extractedImages)}` : 'features from the store'}, ` +
        `${duration(timing.trainMs / 1000)} of training`,
    ],
    exact
      ? [
          'Solution',
          `L2 ${decimal(exact.l2)}, gradient norm ${exact.gradientNorm.toExponential(1)} after ` +
            `${count(exact.iterations, 'iteration')}${exact.converged ? '' : ', not converged'}`,
        ]
      : ['Epoch kept', `${result.bestEpoch} of ${result.history.length}`],
  ]);
}

function judged(reports: readonly RunReport[], validation: RunReport): Content {
  return [
    validation.alarm &&
      markup`<p class="alarm"><b>${words.engine.alarm(validation.alarm).message}</b> ${words.engine.alarm(validation.alarm).advice}</p>`,
    markup`<p class="score">${percent(validation.summary.accuracy)}</p>`,
    reports.map(
      (report) =>
        markup`<p>${report.share === 'test' ? 'Test' : 'Validation'} accuracy ${score(report)}: ${integer(report.summary.correct)} of ${images(report.summary.examples)} right; 95% interval by Wilson.</p>`,
    ),
    facts([
      ['Cross-entropy', `${decimal(validation.summary.crossEntropy)} nats an image`],
      ...validation.topK
        .filter(({ k }) => k > 1)
        .map(({ k, accuracy }): [string, string] => [
          `Among its best ${k}`,
          withInterval(Math.round(accuracy * validation.summary.examples), validation.summary.examples),
        ]),
      ['Macro F1', percent(validation.byClass.macro.f1)],
      ['Expected calibration error', percent(validation.reliability.ece)],
      ['Temperature', decimal(validation.temperature.temperature)],
    ]),
    reports.map((report) => onShare(report)),
  ];
}

function onShare(report: RunReport): Content {
  const share = report.share === 'test' ? 'Test images' : 'Validation images';
  return [
    markup`<h3>${share}: what was taken for what</h3>`,
    figure(confusionSvg(report), 'Rows are the true classes, columns what the head called them.'),
    classTable(report),
    markup`<div class="figures">${figure(reliabilitySvg(report), calibrationText(report))}${figure(
      coverageSvg(report),
      withheldText(withhold(report.predictions, 0.8), 0.8),
    )}</div>`,
  ];
}

function classTable({ classes, byClass, confusion, share }: RunReport): Markup {
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
    `By class, ${share} images; 95% intervals by Wilson`,
    [
      { title: 'Class', text: true },
      { title: 'Precision' },
      { title: 'Recall' },
      { title: 'F1' },
      { title: 'Images' },
    ],
    rows,
  )}</div>`;
}

function mistakes(report: RunReport, { records, pictures }: ReportData): Content {
  const { misclassified, classes } = report;
  const items = misclassified.slice(0, shownMistakes).map(({ id, label, predicted, confidence, loss }) => {
    const picture = pictures.get(id);
    const path = records.get(id)?.path ?? 'No longer in the data set';
    return markup`<li>${picture !== undefined && markup`<img src="${picture}" alt="${path}">`}
<p class="muted">${path}</p>
<p>Is <b>${classes[label]!}</b>, called <b>${classes[predicted]!}</b>, ${percent(confidence)} sure; the true class ${percent(Math.exp(-loss))}</p></li>`;
  });
  return markup`<h3>Mistakes</h3><p>${mistakesText(report)}</p>${
    items.length > 0 && markup`<ul class="pictures">${items}</ul>`
  }`;
}

const shownSuspects = 30;

function labelErrors(
  { labelErrors: found }: ReportedRun,
  records: ReadonlyMap<ImageId, ImageRecord>,
): Content {
  if (found === null) return null;
  const rows = found.suspects
    .slice(0, shownSuspects)
    .map(({ id, label, suggested, labelProbability, suggestedProbability, share }): Content[] => [
      records.get(id)?.path ?? 'No longer in the data set',
      share === 'train' ? 'training' : 'validation',
      found.classes[label]!,
      percent(labelProbability),
      found.classes[suggested]!,
      percent(suggestedProbability),
    ]);
  return markup`<h3>Labels that look wrong</h3><p><b>${queueText(found)}</b> ${trustText(found)}</p>${
    rows.length > 0 &&
    markup`<div class="wide">${table(
      rows.length < found.suspects.length ? `The first ${rows.length}` : 'The most doubtful first',
      [
        { title: 'Image', text: true },
        { title: 'Share', text: true },
        { title: 'Labelled', text: true },
        { title: 'Probability' },
        { title: 'Looks like', text: true },
        { title: 'Probability' },
      ],
      rows,
    )}</div>`
  }`;
}
