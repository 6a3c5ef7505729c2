import { adviseCase, probedCuts, type CaseAdvice } from '../../src/engine/analysis/advice';
import { featureWidth } from '../../src/engine/cuts';
import type { ImageRecord } from '../../src/engine/data/records';
import { nets, type BaseId } from '../../src/engine/nets';

/** Advice from made-up hits: bases but VGG16 are best at their end, VGG16 in the middle. */
export function fakeAdvice(base: BaseId, records: readonly ImageRecord[]): CaseAdvice {
  const labels = [...new Set(records.map(({ label }) => label))];
  const perClass = labels.map((label) => records.filter((record) => record.label === label).length);
  const cuts = probedCuts(nets[base]);
  const probed = Math.max(40, Math.min(500, records.length));
  const measured = cuts.map((cut, i) => {
    const depth = i / (cuts.length - 1);
    const share = base === 'vgg16' ? 0.62 + 0.3 * Math.sin(2.6 * depth) : 0.45 + 0.48 * depth ** 0.7;
    const hits = Uint8Array.from({ length: probed }, (_, n) => (((n * 61) % 100) / 100 < share ? 1 : 0));
    return { cut, width: featureWidth(base, cut), l2: 0.1, hits };
  });
  return adviseCase({ base, weightsDigest: '', perClass, folds: 5 }, measured);
}
