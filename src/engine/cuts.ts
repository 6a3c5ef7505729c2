import { HeadwayError } from './errors';
import { baseIds, nets, type BaseId } from './nets';
import { inputCut } from './nets/graph';
import { nodeShapes } from './nets/shapes';
import type { Reason } from './reason';
import type { RunRequest } from './run';

/** The names of a base's cuts, from the first to the last, which is the bottleneck. */
export function cutNames(base: BaseId): string[] {
  return nets[base].stages.map(({ name }) => name);
}

/**
 * The stage whose output a head reads, and after which everything of a base is removed: the one that was chosen, or the
 * last. Of a finished run: `cutOf(run.request, run.base)`, whatever its age. Where the stages above the cut are kept
 * and trained it is the last one too, in the base with the run's own weights (`run.weightsDigest`).
 */
export function cutOf(request: Pick<RunRequest, 'cuts' | 'tail'>, base: BaseId): string {
  return request.tail === 'train' ? lastCut(base) : frozenCutOf(request, base);
}

/**
 * The stage up to which a base is frozen: images go so far once, and the output is stored; `inputCut` where nothing is
 * frozen, and images go through all of it each epoch.
 */
export function frozenCutOf({ cuts = {} }: Pick<RunRequest, 'cuts'>, base: BaseId): string {
  return (Object.hasOwn(cuts, base) ? cuts[base] : undefined) ?? lastCut(base);
}

/** Up to where the speed of a base says something of a request: its cut, or all of it where nothing is frozen. */
export function measuredCutOf(request: Pick<RunRequest, 'cuts'>, base: BaseId): string {
  const cut = frozenCutOf(request, base);
  return cut === inputCut ? lastCut(base) : cut;
}

function lastCut(base: BaseId): string {
  return nets[base].stages.at(-1)!.name;
}

/** Length of the feature vector at a cut: the channels of its map, which is averaged over its height and width. */
export function featureWidth(base: BaseId, cut: string): number {
  return shapeAt(base, cut).at(-1)!;
}

/**
 * [height, width, channels] of one image's map at a cut (at `inputCut`: of the image), or [channels] of the bottleneck.
 * Throws on an unknown cut.
 */
export function shapeAt(base: BaseId, cut: string): readonly number[] {
  const net = nets[base];
  if (cut === inputCut) return [net.inputSize, net.inputSize, 3];
  const stage = net.stages.find(({ name }) => name === cut);
  if (stage === undefined) throw noSuchCut(base, cut);
  return nodeShapes(net, net.inputSize).get(stage.node)!;
}

/**
 * Checks `cuts` as a script may have given them.
 * @throws HeadwayError `invalid-request`, naming the base and its stages.
 */
export function checkCuts(cuts: unknown): void {
  if (cuts === undefined) return;
  if (typeof cuts !== 'object' || cuts === null)
    throw new HeadwayError({
      code: 'invalid-request',
      message: 'cuts has to be an object: the name of a stage by the id of its base.',
      advice: 'For example { resnet50: "conv4_block6_out" }; leave it out to cut at the last stage.',
    });
  for (const [base, cut] of Object.entries(cuts)) {
    const known = baseIds.find((id) => id === base);
    if (known === undefined)
      throw new HeadwayError({
        code: 'invalid-request',
        message: `cuts names ${base}, which is no base.`,
        advice: `Choose among ${baseIds.join(', ')}.`,
      });
    if (cut !== undefined && cut !== inputCut && !cutNames(known).includes(cut as string))
      throw noSuchCut(known, cut);
  }
}

/**
 * Checks what is to become of the stages above the cut. The rest is checked where they train.
 * @throws HeadwayError `invalid-request`
 */
export function checkTail(request: RunRequest): void {
  const { tail, head, bases } = request;
  const refuse = (message: string, advice: string, about: { details?: string; why?: Reason }) => {
    throw new HeadwayError({ code: 'invalid-request', message, advice, ...about });
  };
  if (tail !== undefined && (tail as unknown) !== 'remove' && (tail as unknown) !== 'train')
    refuse('tail is out of range.', "It may be 'remove' or 'train'.", { details: JSON.stringify(tail) });
  const uncut = bases.find((base) => frozenCutOf(request, base) === inputCut);
  if (tail !== 'train') {
    if (uncut !== undefined)
      refuse(
        `Cut at its input and with all that is above removed, nothing is left of ${nets[uncut].title}.`,
        "Ask for tail: 'train', or cut at one of its stages.",
        { why: { code: 'nothing-left', base: uncut } },
      );
    return;
  }
  if (head.kind === 'exact')
    refuse('An exact head cannot be trained together with stages of the base.', 'Choose a dense head.', {
      why: { code: 'exact-with-stages' },
    });
  const whole = bases.find((base) => frozenCutOf(request, base) === lastCut(base));
  if (whole !== undefined)
    refuse(
      `There is nothing to train above the last stage of ${nets[whole].title}.`,
      `Cut it lower: its stages are ${cutNames(whole).join(', ')}.`,
      { why: { code: 'nothing-above', base: whole } },
    );
}

/** The same cut for each base of a request, as a script may say it in one word; null: the last stage. */
export function sameCut(bases: readonly BaseId[], cut: string | null): RunRequest['cuts'] {
  return cut === null ? {} : Object.fromEntries(bases.map((base) => [base, cut]));
}

function noSuchCut(base: BaseId, cut: unknown): HeadwayError {
  return new HeadwayError({
    code: 'invalid-request',
    message: `${nets[base].title} has no stage of that name to cut at.`,
    advice: `Its stages are ${cutNames(base).join(', ')}.`,
    details: String(cut),
  });
}
