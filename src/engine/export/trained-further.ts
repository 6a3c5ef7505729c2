import { cutNames, cutOf, frozenCutOf } from '../cuts';
import { nets } from '../nets';
import { inputCut } from '../nets/graph';
import { nodesBetween } from '../nets/run';
import { defaultTail, type RunResult } from '../run';

/** What a run has changed of its base, for those who get the changed one. */
export interface TrainedFurther {
  /** The base is as it was before up to and including this stage; `input`: nothing is. */
  readonly unchangedUpTo: string;
  /** The stages above it that have weights, from the lowest. */
  readonly stages: readonly string[];
  readonly weightsBefore: {
    /** Package, repository or file that they came from. */
    readonly source: string;
    /** Of the whole base, as the base's own; null where it is not known. */
    readonly sha256: string | null;
  };
  /** Of these stages; the head has its own. */
  readonly learningRate: number;
  /** Epochs at the start in which only the head learned. */
  readonly warmupEpochs: number;
}

/** Null where the base was left as it was. `before`: the digest of the weights that the run began with. */
export function trainedFurther(
  { base, request, weights }: Pick<RunResult, 'base' | 'request' | 'weights'>,
  before: string | null,
): TrainedFurther | null {
  if (request.tail !== 'train') return null;
  const cut = frozenCutOf(request, base);
  const names = cutNames(base);
  const stages = names.filter((to, i) => {
    if (i <= names.indexOf(cut)) return false;
    return nodesBetween(nets[base], { from: names[i - 1] ?? inputCut, to }).nodes.some(
      ({ op }) => op === 'conv',
    );
  });
  return {
    unchangedUpTo: cut,
    stages,
    weightsBefore: { source: weights.source, sha256: before },
    learningRate: request.tailLearningRate ?? defaultTail.tailLearningRate,
    warmupEpochs: request.warmupEpochs ?? defaultTail.warmupEpochs,
  };
}

/** Whether the base stops before its last stage, and everything above is left out. */
export function isCutEarly({ base, request }: Pick<RunResult, 'base' | 'request'>): boolean {
  return cutOf(request, base) !== cutNames(base).at(-1);
}
