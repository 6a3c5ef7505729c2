import type { LearningCurve } from '../../engine/analysis/learning-curve';
import type { RunReport } from '../../engine/results/report';
import { standaloneSvg, svgFile } from '../parts/chart-export';
import { path, text } from '../parts/chart-shapes';
import { confusionScene } from '../parts/confusion-scene';
import { learningCurveScene } from '../parts/learning-curve-scene';
import { coverageScene, reliabilityScene, type ShareScene } from '../parts/share-scene';
import { chartSeries, type RunCurves } from '../results-view';
import { words } from '../words';

/** The report has the page's custom properties, so that colours can stay what they are called. */
const asNamed = (colour: string): string => colour;
const size = { width: 520, height: 340 } as const;

const file = (title: string, { shapes }: ShareScene): string =>
  svgFile({ title, ...size, shapes, legend: [], legendHeight: 0 }, asNamed);

export function curvesSvg(runs: readonly RunCurves[], metric: 'accuracy' | 'loss'): string {
  const series = chartSeries(runs, metric).map((one) => ({ ...one, label: '', tag: '' }));
  const format = metric === 'accuracy' ? 'percent' : 'number';
  const input = { ...size, series, xLabel: words.curves.epochAxis, format } as const;
  return standaloneSvg(words.report.byEpoch[metric], input, asNamed);
}

export function confusionSvg(report: RunReport): string {
  const drawing = confusionScene(report, 'counts');
  return svgFile({ title: words.confusion.title.counts, ...drawing, legend: [], legendHeight: 0 }, asNamed);
}

export function reliabilitySvg({ reliability, temperature }: RunReport): string {
  const { metrics, report } = words;
  const scene = reliabilityScene(
    [
      {
        name: metrics.asTrained,
        colour: 'var(--accent)',
        style: 'solid',
        marker: 0,
        variant: 0,
        ...reliability,
      },
      {
        name: metrics.afterScaling,
        colour: 'var(--base-2)',
        style: 'dashed',
        marker: 1,
        variant: 1,
        ...temperature.reliability,
      },
    ],
    { ...size, xLabel: metrics.said, yLabel: metrics.was },
  );
  const second = 62 + 7 * report.asTrained.length;
  const legend = [
    path('M12 42h26', 'var(--accent)', 2.25),
    text(44, 46, report.asTrained, 'start', 'var(--ink)'),
    path(`M${second} 42h26`, 'var(--base-2)', 1.5, '5 4'),
    text(second + 32, 46, report.afterScaling, 'start', 'var(--ink)'),
  ];
  return svgFile(
    { title: metrics.calibration, ...size, shapes: scene.shapes, legend, legendHeight: 22 },
    asNamed,
  );
}

export const coverageSvg = ({ coverage }: RunReport): string =>
  file(
    words.metrics.coverage,
    coverageScene(coverage, null, {
      ...size,
      xLabel: words.metrics.answered,
      yLabel: words.metrics.right,
    }),
  );

export const learningCurveSvg = (curve: LearningCurve): string =>
  file(
    words.learning.heading,
    learningCurveScene(curve, {
      ...size,
      xLabel: words.learning.trainingImages,
      yLabel: words.learning.validationAccuracy,
    }),
  );
