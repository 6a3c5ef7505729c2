import { Job, type JobControl, type Progress } from '../job';
import { HeadwayError } from '../errors';
import { nets, type BaseId } from '../nets';
import type { Net } from '../nets/graph';
import type { Note } from '../note';
import type { Storage } from '../storage';
import { checkConvs } from './conv-checksum';
import { weightsDigest } from './digest';
import { download, type Downloaded, type DownloadOptions } from './download';
import { freeze } from './freeze';
import { frozenBase, type FrozenBase, type KernelChoice } from './frozen-base';
import { forget, isComplete, keepDigest, keptDigest, keptFiles } from './kept';
import { chosenSources } from './mirror-url';
import { ownSource } from './own-source';
import { readWeights } from './readers';
import type { WeightSource } from './sources';
import type { FrozenWeights } from './tensors';
import { overlaid, TunedStore } from './tuned';

export type { FrozenBase };

export interface LoadOptions extends Pick<DownloadOptions, 'fetch' | 'patience' | 'mirror'> {
  readonly control: JobControl;
  /** In bytes, while weights are downloaded; not called when they are here already. */
  readonly onProgress?: (progress: Progress) => void;
  readonly onNote?: (note: Note) => void;
  /** Instead of the user's own weights and the published ones. */
  readonly sources?: readonly WeightSource[];
  readonly kernels?: KernelChoice;
}

/**
 * A base, ready on the backend in use. Weights are the user's own where there are any; else they come from the local
 * copy, else from the network (`download`), and a source whose files turn out damaged or of another network is
 * dropped for the next one. What the user chose is not replaced by something else: then the error stands. Rejects
 * with `weights-unreachable`, `weights-corrupt`, `weights-incompatible`, `cancelled` or a storage error.
 */
export async function loadBase(id: BaseId, storage: Storage, options: LoadOptions): Promise<FrozenBase> {
  const net = nets[id];
  const own = options.sources === undefined ? await ownSource(storage, id) : null;
  if (own !== null) {
    const files = await keptFiles(storage, own);
    await options.control.checkpoint();
    return prepare(net, { source: own, files }, storage, options);
  }
  let sources = options.sources ?? (await chosenSources(net, storage));
  for (;;) {
    const obtained = (await keptSource(sources, storage)) ?? (await download(sources, storage, options));
    await options.control.checkpoint();
    try {
      return await prepare(net, obtained, storage, options);
    } catch (error) {
      const { code, message } = error instanceof HeadwayError ? error : { code: '', message: '' };
      if (code !== 'weights-corrupt' && code !== 'weights-incompatible') throw error;
      await forget(storage, obtained.source);
      sources = sources.filter((source) => source !== obtained.source);
      if (sources.length === 0) throw error;
      const { id } = obtained.source;
      options.onNote?.({
        code: 'weights-unusable',
        text: `The weights of ${id} cannot be used (${message}); trying the next source.`,
        source: id,
      });
    }
  }
}

/**
 * The base with the very weights of an earlier run, which need not be those that are chosen now. Never asks the
 * network. Rejects with `weights-incompatible` when they are not here any more.
 */
export async function loadKeptBase(id: BaseId, storage: Storage, digest: string): Promise<FrozenBase> {
  const tuned = await tunedWeights(id, storage, digest);
  if (tuned !== null) return frozenBase(nets[id], tuned.source, digest, tuned.weights);
  return prepare(nets[id], await requireKept(id, storage, digest), storage, { control: new Job() });
}

/** The same weights as plain data, without a backend: what an export is made of. Rejects likewise. */
export async function loadKeptWeights(id: BaseId, storage: Storage, digest: string): Promise<FrozenWeights> {
  const tuned = await tunedWeights(id, storage, digest);
  return tuned?.weights ?? frozenWeights(nets[id], await requireKept(id, storage, digest));
}

/** The digest of the weights that a run's base began with; null: no run has changed it. */
export async function weightsBefore(storage: Storage, digest: string): Promise<string | null> {
  return (await new TunedStore(storage).get(digest))?.parent ?? null;
}

/** Weights that a run has trained above a cut, on those that they began with; null: the digest is of no such run. */
async function tunedWeights(
  id: BaseId,
  storage: Storage,
  digest: string,
): Promise<{ readonly source: WeightSource; readonly weights: FrozenWeights } | null> {
  const tuned = await new TunedStore(storage).get(digest);
  if (tuned === null) return null;
  const kept = await requireKept(id, storage, tuned.parent);
  const weights = overlaid(await frozenWeights(nets[id], kept), tuned.weights);
  // They may have come in a project: what claims to be a base has to be that base.
  if ((await weightsDigest(nets[id], weights)) !== digest) throw gone(id, digest);
  return { source: kept.source, weights };
}

/** Whether they are here; with `required`, rejects as `loadKeptWeights` would where they are not. */
export async function keptWeightsHere(
  id: BaseId,
  storage: Storage,
  digest: string,
  required = false,
): Promise<boolean> {
  const parent = (await new TunedStore(storage).get(digest))?.parent ?? digest;
  if ((await keptOf(id, storage, parent)) !== null) return true;
  if (required) throw gone(id, digest);
  return false;
}

async function requireKept(id: BaseId, storage: Storage, digest: string): Promise<Downloaded> {
  const source = await keptOf(id, storage, digest);
  const kept = source === null ? null : await keptSource([source], storage);
  if (kept === null) throw gone(id, digest);
  return kept;
}

/** The source whose files are here and have that digest. */
async function keptOf(id: BaseId, storage: Storage, digest: string): Promise<WeightSource | null> {
  const own = await ownSource(storage, id);
  for (const source of [...(own === null ? [] : [own]), ...(await chosenSources(nets[id], storage))])
    if ((await keptDigest(storage, source)) === digest && (await isComplete(storage, source))) return source;
  return null;
}

function gone(id: BaseId, digest: string): HeadwayError {
  return new HeadwayError({
    code: 'weights-incompatible',
    message: `The ${nets[id].title} weights that this run was made with are not here any more.`,
    advice: 'Choose the same weight file again, or run again with the weights in use.',
    details: `SHA-256 ${digest}`,
    why: { code: 'own-weights-gone', base: id },
  });
}

/** The first source that is here completely. */
async function keptSource(sources: readonly WeightSource[], storage: Storage): Promise<Downloaded | null> {
  for (const source of sources) {
    if (!(await isComplete(storage, source))) continue;
    const files = await keptFiles(storage, source);
    if (files.size === source.files.length) return { source, files };
  }
  return null;
}

async function prepare(
  net: Net,
  { source, files }: Downloaded,
  storage: Storage,
  { control, kernels }: Pick<LoadOptions, 'control' | 'kernels'>,
): Promise<FrozenBase> {
  const weights = await frozenWeights(net, { source, files });
  await control.checkpoint();
  let digest = await keptDigest(storage, source);
  if (digest === null) {
    digest = await weightsDigest(net, weights);
    await keepDigest(storage, source, digest);
  }
  await control.checkpoint();
  return frozenBase(net, source, digest, weights, kernels);
}

async function frozenWeights(net: Net, { source, files }: Downloaded): Promise<FrozenWeights> {
  const weights = freeze(net, await readWeights(net, source, files));
  await checkConvs(source, weights);
  return weights;
}
