import type { BaseId } from '../engine/nets';
import type { CostEstimate, SessionState } from '../session/state';
import { baseTitle } from './base-style';
import { bytes, duration, list } from './format';
import { words } from './words';

/** What a stored precision means for the base that runs with it. */
export function precisionText(precision: string): string {
  if (precision === 'float32') return words.bases.asTrained;
  const bits = /(\d+)$/.exec(precision)?.[1];
  return bits === undefined ? words.bases.runAsFloat32(precision) : words.bases.widened(precision, bits);
}

export interface CostSum {
  readonly bases: readonly BaseId[];
  readonly downloadBytes: number;
  /** Of extraction; null where a speed is not known yet. */
  readonly seconds: number | null;
  /** Chosen bases that have not been measured though they have something to extract. */
  readonly unmeasured: readonly BaseId[];
}

/** Download and extraction of all chosen bases together. */
export function costSum({ request, estimates }: Pick<SessionState, 'request' | 'estimates'>): CostSum {
  const known = request.bases.flatMap<CostEstimate>((base) => estimates[base] ?? []);
  const unmeasured = known.filter((one) => one.seconds === null && one.images > one.cached);
  return {
    bases: known.map(({ base }) => base),
    downloadBytes: known.reduce((sum, one) => sum + (one.downloaded ? 0 : one.weights.bytes), 0),
    seconds: unmeasured.length > 0 ? null : known.reduce((sum, one) => sum + (one.seconds ?? 0), 0),
    unmeasured: unmeasured.map(({ base }) => base),
  };
}

/** “InceptionV3, VGG16 and ResNet50: 177 MB to download, about 2 min of extraction.” Empty with fewer than two. */
export function costText(sum: CostSum, images: number): string {
  if (sum.bases.length < 2) return '';
  const download =
    sum.downloadBytes > 0 ? words.bases.toDownload(bytes(sum.downloadBytes)) : words.bases.nothingToDownload;
  const extraction =
    images === 0
      ? ''
      : sum.seconds === null
        ? words.bases.unmeasured(list(sum.unmeasured.map(baseTitle)))
        : sum.seconds === 0
          ? words.bases.nothingToExtract
          : words.bases.extraction(duration(sum.seconds));
  return words.bases.together(list(sum.bases.map(baseTitle)), download, extraction);
}
