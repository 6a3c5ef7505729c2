import { baseIds, type BaseId } from '../engine/nets';
import type { EpochMetrics } from '../engine/run';

/** The study's mean over its seeds, with the article's head. */
export interface StudyCurve {
  readonly base: BaseId;
  readonly seeds: number;
  readonly validationImages: number;
  /** Whether the page made the features, or the article's own were used. */
  readonly from: 'page' | 'article';
  readonly history: readonly EpochMetrics[];
}

type Figure = 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy';

/** Column by column, as the study writes it; one entry an epoch. */
type StudyHistory = Readonly<Record<Figure, readonly number[]>>;

interface StudyFile {
  readonly features: readonly {
    readonly base: BaseId;
    readonly from: 'page' | 'article' | 'none';
    readonly validationImages: number;
  }[];
  readonly runs: readonly {
    readonly base: BaseId;
    readonly head: { readonly id: string };
    readonly history: StudyHistory;
  }[];
}

/** Figures that `npm run study` measured and that came with this page; empty where it has not been run. */
export async function studyCurves(): Promise<readonly StudyCurve[]> {
  const [load] = Object.values(
    import.meta.glob<StudyFile>('../../docs/study/results.json', { import: 'default' }),
  );
  return load ? curvesOf(await load()) : [];
}

export function curvesOf({ features, runs }: StudyFile): readonly StudyCurve[] {
  return baseIds.flatMap((base): StudyCurve[] => {
    const source = features.find((one) => one.base === base);
    const histories = runs
      .filter((run) => run.base === base && run.head.id === 'article')
      .map(({ history }) => history);
    if (!source || source.from === 'none' || histories.length === 0) return [];
    const { from, validationImages } = source;
    return [{ base, from, validationImages, seeds: histories.length, history: mean(histories) }];
  });
}

/** Epoch by epoch, over the seeds. */
function mean(histories: readonly StudyHistory[]): EpochMetrics[] {
  return histories[0]!.loss.map((_, index) => {
    const of = (key: Figure) =>
      histories.reduce((sum, history) => sum + (history[key][index] ?? Number.NaN), 0) / histories.length;
    return {
      epoch: index + 1,
      loss: of('loss'),
      accuracy: of('accuracy'),
      valLoss: of('valLoss'),
      valAccuracy: of('valAccuracy'),
    };
  });
}
