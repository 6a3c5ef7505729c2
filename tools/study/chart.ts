import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { articleCurveOf } from '../../src/engine/article/histories.ts';
import { faultsOf } from '../../src/engine/article/known-faults.ts';
import { baseIds, nets, type BaseId } from '../../src/engine/nets/index.ts';
import { palette } from '../../src/ui/tokens.ts';
import type { StudyResults } from './results.ts';
import { articleRuns, meanCurve, type MeanEpoch } from './summary.ts';

/** The page's own colours on white, in the order of `baseIds`. */
const colours = [palette['base-1'][0], palette['base-2'][0], palette['base-3'][0]];
const [ink, muted, rule, wrong, grey] = ['#14201d', '#4f5c57', '#d8dedb', '#a8211a', '#7b8782'];

const panel = { width: 330, height: 312, left: 46, right: 10, top: 88, bottom: 40 };
const notes = 64;

const escape = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const text = (x: number, y: number, value: string, fill = muted, more = '') =>
  `<text x="${x}" y="${y}" fill="${fill}"${more}>${escape(value)}</text>`;
const stroke = (d: string, colour: string, dashed = false) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${dashed ? 1.5 : 2.25}"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`;

/** Breaks at spaces, so that no line is longer than `most` characters. */
function wrapped(value: string, most: number): string[] {
  const lines = [''];
  for (const word of value.split(' ')) {
    const longer = `${lines.at(-1)!} ${word}`.trim();
    if (longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

interface Epoch {
  readonly epoch: number;
  readonly accuracy: number;
  readonly valAccuracy: number;
}

function panelOf(base: BaseId, results: StudyResults, colour: string): string[] {
  const x = scaleLinear([1, 10], [panel.left, panel.width - panel.right]);
  const y = scaleLinear([0.3, 1], [panel.height - panel.bottom, panel.top]).clamp(true);
  const draw = (of: (epoch: Epoch) => number) =>
    line<Epoch>(
      (p) => x(p.epoch),
      (p) => y(of(p)),
    ).digits(1);
  const training = draw((p) => p.accuracy);
  const validation = draw((p) => p.valAccuracy);
  const band = area<MeanEpoch>(
    (p) => x(p.epoch),
    (p) => y(p.low),
    (p) => y(p.high),
  ).digits(1);

  const article = articleCurveOf(base);
  const features = results.features.find((one) => one.base === base);
  const runs = articleRuns(results, base);
  const curve = meanCurve(runs.map(({ history }) => history));
  const origin =
    runs.length === 0
      ? 'not available here'
      : features!.from === 'article'
        ? 'here: on the article’s own features'
        : `here: ${features!.weights!.precision} weights, ${runs.length} ${runs.length === 1 ? 'seed' : 'seeds'}`;

  const out = [text(panel.left, panel.top - 24, nets[base].title, ink, ' font-weight="600" font-size="14"')];
  out.push(text(panel.left, panel.top - 9, origin));
  for (const tick of y.ticks(7)) {
    out.push(`<path d="M${panel.left} ${y(tick)}H${panel.width - panel.right}" stroke="${rule}"/>`);
    out.push(text(panel.left - 6, y(tick) + 4, `${Math.round(tick * 100)}%`, muted, ' text-anchor="end"'));
  }
  for (const tick of [1, 4, 7, 10])
    out.push(text(x(tick), panel.height - panel.bottom + 16, `${tick}`, muted, ' text-anchor="middle"'));
  const middle = (panel.left + panel.width - panel.right) / 2;
  out.push(text(middle, panel.height - 8, 'epoch', muted, ' text-anchor="middle"'));

  const faults = faultsOf(article.id);
  const isLeak = faults.some(({ spoils }) => spoils === 'validation');
  out.push(stroke(training(article.history) ?? '', grey, true));
  out.push(stroke(validation(article.history) ?? '', isLeak ? wrong : grey));
  if (curve.length > 0) {
    out.push(`<path d="${band(curve) ?? ''}" fill="${colour}" opacity="0.2"/>`);
    out.push(stroke(training(curve) ?? '', colour, true), stroke(validation(curve) ?? '', colour));
  }
  let row = panel.height + 12;
  for (const { short, spoils } of faults)
    for (const one of wrapped(
      `✗ article’s ${spoils === 'validation' ? 'validation' : 'curves'}: ${short}`,
      50,
    )) {
      out.push(text(panel.left - 20, row, one, wrong));
      row += 15;
    }
  return out;
}

/** `docs/study/accuracy.svg`: a panel a base, the article's curves in grey, this study's in the base's colour. */
export function chart(results: StudyResults): string {
  const width = baseIds.length * panel.width + 10;
  const height = panel.height + notes;
  const legend = [
    stroke('M46 34h28', grey) + text(80, 38, 'article, validation'),
    stroke('M200 34h28', grey, true) + text(234, 38, 'article, training'),
    stroke('M345 34h28', colours[0]!) + text(379, 38, 'here, validation (mean and range of the seeds)'),
    stroke('M680 34h28', colours[0]!, true) + text(714, 38, 'here, training'),
    stroke('M820 34h28', wrong) + text(854, 38, 'article, leak'),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img">`,
    '<title>Accuracy of the article’s head on three bases: as published in 2017, and here</title>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(
      46,
      18,
      'Accuracy of the article’s head: as published in 2017, and here',
      ink,
      ' font-weight="600" font-size="14"',
    ),
    ...legend,
    ...baseIds.flatMap((base, i) => [
      `<g transform="translate(${i * panel.width} 0)">`,
      ...panelOf(base, results, colours[i]!),
      '</g>',
    ]),
    '</svg>',
    '',
  ].join('\n');
}
