import { afterEach, describe, expect, it } from 'vitest';
import { labelErrors } from '../../engine/analysis/label-errors';
import { answerOf } from '../../engine/analysis/learning-curve';
import type { ImageRecord } from '../../engine/data/records';
import { compareRuns } from '../../engine/results/compare-runs';
import type { RunEvaluation } from '../../engine/results/evaluation';
import { ids, labels, logits } from '../../engine/results/reference.test-helper';
import { runReport } from '../../engine/results/report';
import { defaultRunRequest, type RunResult } from '../../engine/run';
import { percent } from '../format';
import { comparedRuns } from '../results-view';
import { setLanguage } from '../words';
import { escapeHtml, markup, Markup } from './markup';
import { reportDocument } from './html-report';
import type { ReportData } from './report-data';

const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
const classes = [hostile, '__proto__', 'cat & dog', '</style></title><b>'];

const evaluation: RunEvaluation = { validation: { ids, labels, logits }, test: { ids, labels, logits } };

function result(runId: string): RunResult {
  return {
    runId,
    finishedAt: '2026-05-12T14:05:00.000Z',
    base: 'resnet50',
    backend: 'wasm',
    weightsDigest: 'abc123'.repeat(8),
    weights: { source: 'package@1.0.0', precision: 'float32', licence: 'MIT', bytes: 94_460_416 },
    request: { ...defaultRunRequest, seed: 4711 },
    classes,
    split: { train: ['t1', 't2', 't3'], validation: ids, test: ids },
    history: [1, 2, 3, 4].map((epoch) => ({
      epoch,
      loss: 1 / epoch,
      accuracy: 0.5,
      valLoss: 1 / epoch,
      valAccuracy: 0.6,
    })),
    bestEpoch: 4,
    timing: { downloadMs: 1, extractMs: 2000, extractedImages: 60, imagesPerSecond: 30, trainMs: 900 },
    evaluation: { validation: { correct: 36, images: 60 }, test: { correct: 36, images: 60 } },
  };
}

const records: ImageRecord[] = ids.map((id, i) => ({
  id,
  label: classes[labels[i]!]!,
  path: `${hostile}/${id}.png`,
  share: null,
  width: 32,
  height: 32,
  bytes: 100,
  mime: 'image/png',
}));

function data(): ReportData {
  const [one, two] = [result('run-1'), result('run-2')];
  const judged = { ids, labels, classes, runId: 'run-1', trained: 30 };
  const suspects = labelErrors(judged, {
    logits,
    fold: labels.map((_, i) => i % 5) as never,
    folds: 5,
    l2: 0.1,
  });
  const hits = (share: number) => Uint8Array.from({ length: 60 }, (_, i) => (i < 60 * share ? 1 : 0));
  const curve = answerOf(
    [0.3, 0.4, 0.5, 0.55, 0.6].map((share, i) => ({
      images: 20 * 2 ** i,
      hits: i === 4 ? [hits(share)] : [hits(share), hits(share + 0.02), hits(share - 0.01)],
    })),
    1,
  );
  const reports = [runReport(one, evaluation, 'validation'), runReport(one, evaluation, 'test')];
  return {
    made: new Date('2026-05-12T15:00:00Z'),
    records: new Map(records.map((record) => [record.id, record])),
    classes: classes.map((label) => ({ label, count: 15 })),
    leftOut: 2,
    findings: [
      {
        code: 'imbalance',
        severity: 'warning',
        message: `The class “${hostile}” is large.`,
        advice: 'Add images.',
        images: ids.slice(0, 3),
        remedies: [],
      },
    ],
    runs: [
      {
        name: `Mine ${hostile}`,
        result: one,
        reports,
        labelErrors: suspects,
        learningCurve: { runId: 'run-1', validationImages: 60, repeats: 3, l2: null, ...curve },
      },
      { name: 'Other', result: two, reports, labelErrors: null, learningCurve: null },
    ],
    curves: comparedRuns(
      { results: [one, two], notes: {}, lanes: [] },
      new Map([
        ['run-1', true],
        ['run-2', true],
      ]),
    ),
    verdicts: [
      {
        name: `Mine ${hostile}`,
        other: 'Other',
        comparison: compareRuns({ result: one, evaluation }, { result: two, evaluation }),
      },
    ],
    pictures: new Map(ids.map((id) => [id, 'data:image/png;base64,AAAA'])),
  };
}

describe('markup', () => {
  it('escapes whatever is put into it, and nothing twice', () => {
    expect(markup`<p title="${hostile}">${['<b>', new Markup('<i>x</i>'), 3, null, false]}</p>`.text).toBe(
      `<p title="${escapeHtml(hostile)}">&lt;b&gt;<i>x</i>3</p>`,
    );
  });
});

afterEach(() => setLanguage('en'));

describe('the report', () => {
  const text = reportDocument(data());

  it('holds the numbers of the run', () => {
    const { summary, byClass, reliability, temperature } = data().runs[0]!.reports[0]!;
    for (const number of [
      percent(summary.accuracy),
      percent(summary.accuracyInterval.low),
      percent(summary.accuracyInterval.high),
      percent(byClass.macro.f1),
      percent(reliability.ece),
      percent(temperature.reliability.ece),
      percent(byClass.perClass[1]!.recall!),
      'abc123'.repeat(8),
      'package@1.0.0',
      'seed 4711',
      '36 of 60 images right',
      'Cannot tell',
      'McNemar',
    ])
      expect(text).toContain(number);
  });

  it('draws its charts and shows its pictures', () => {
    for (const title of [
      'Accuracy by epoch',
      'Loss by epoch',
      'Confusion matrix',
      'Calibration',
      'None of these',
      'Accuracy by number of images',
    ])
      expect(text).toContain(`<title>${title}`);
    expect(text).toContain('src="data:image/png;base64,AAAA"');
    expect(text).toContain('The class');
  });

  it('holds nothing that runs, and nothing from elsewhere', () => {
    expect(text).not.toMatch(/<script/i);
    expect(text).not.toMatch(/<img src=x/i);
    expect(text.replaceAll(/"[^"]*"/g, '')).not.toMatch(/<[a-z]+[^>]*\son[a-z]+=/i);
    expect(text).not.toMatch(/<\/style>(?=.*<\/style>)/is);
    expect(text.match(/(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
  });

  it('is written without runs, and where the audit failed', () => {
    const empty = reportDocument({
      ...data(),
      runs: [],
      curves: [],
      verdicts: [],
      findings: null,
      pictures: new Map(),
    });
    expect(empty).toContain('The audit could not be made.');
    expect(empty).not.toContain('<h2>Runs');
  });

  it('has nothing of English left in Spanish but names and units', async () => {
    const texts = (html: string) =>
      html
        .replace(/<style>.*?<\/style>/s, '')
        .split(/<[^>]*>/)
        .map((one) => one.trim());
    const english = new Set(texts(text));
    await setLanguage('es');
    const spanish = reportDocument(data());
    expect(spanish).toContain('<html lang="es">');
    expect(spanish).toContain('<h2>Conjunto de datos</h2>');
    const left = texts(spanish).filter((one) => english.has(one) && /\p{L}{2}/u.test(one));
    // The hostile names, and paths made of them, are known by their escapes.
    expect([...new Set(left)].filter((one) => !one.includes('&')).sort()).toEqual([
      '900 ms',
      'Base',
      'Other',
      'ResNet50',
      'WebAssembly',
      '__proto__',
      '__proto__ 2',
      'abc123'.repeat(8),
      'package@1.0.0, float32, MIT',
    ]);
  });
});
