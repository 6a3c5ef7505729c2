import type { LearningCurve } from '../../engine/analysis/learning-curve';
import type { RunReport } from '../../engine/results/report';
import { standaloneSvg, svgFile } from '../parts/chart-export';
import { path, text } from '../parts/chart-shapes';
import { confusionScene } from '../parts/confusion-scene';
import { learningCurveScene } from '../parts/learning-curve-scene';
import { coverageScene, reliabilityScene, type ShareScene } from '../parts/share-scene';
import { chartSeries, type RunCurves } from '../results-view';

/** The report has the page's custom properties, so that colours can stay what they are called. */
const asNamed = (colour: string): string => colour;
const size = { width: 520, height: 340 } as const;

const file = (title: string, { shapes }: ShareScene): string =>
  svgFile({ title, ...size, shapes, legend: [], legendHeight: 0 }, asNamed);

export function curvesSvg(runs: readonly RunCurves[], metric: 'accuracy' | 'loss'): string {
  const series = chartSeries(runs, metric).map((one) => ({ ...one, label: '', tag: '' }));
  const title = metric === 'accuracy' ? 'Accuracy by epoch' : 'Loss by epoch';
  const format = metric === 'accuracy' ? 'percent' : 'number';
  return standaloneSvg(title, { ...size, series, xLabel: 'Epoch', format }, asNamed);
}

export function confusionSvg(report: RunReport): string {
  const drawing = confusionScene(report, 'counts');
  return svgFile({ title: 'Confusion matrix, images', ...drawing, legend: [], legendHeight: 0 }, asNamed);
}

export function reliabilitySvg({ reliability, temperature }: RunReport): string {
  const scene = reliabilityScene(
    [
      { name: 'As trained', colour: 'var(--accent)', style: 'solid', marker: 0, variant: 0, ...reliability },
      {
        name: 'After temperature scaling',
        colour: 'var(--base-2)',
        style: 'dashed',
        marker: 1,
        variant: 1,
        ...temperature.reliability,
      },
    ],
    { ...size, xLabel: 'Said: probability of the answer', yLabel: 'Was: share right' },
  );
  const legend = [
    path('M12 42h26', 'var(--accent)', 2.25),
    text(44, 46, 'as trained', 'start', 'var(--ink)'),
    path('M132 42h26', 'var(--base-2)', 1.5, '5 4'),
    text(164, 46, 'after temperature scaling', 'start', 'var(--ink)'),
  ];
  return svgFile({ title: 'Calibration', ...size, shapes: scene.shapes, legend, legendHeight: 22 }, asNamed);
}

export const coverageSvg = ({ coverage }: RunReport): string =>
  file(
    'None of these: coverage and accuracy',
    coverageScene(coverage, null, {
      ...size,
      xLabel: 'Images that get an answer',
      yLabel: 'Answers that are right',
    }),
  );

export const learningCurveSvg = (curve: LearningCurve): string =>
  file(
    'Accuracy by number of images',
    learningCurveScene(curve, { ...size, xLabel: 'Training images', yLabel: 'Validation accuracy' }),
  );
