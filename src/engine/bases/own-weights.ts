import { promisifyRequest } from 'idb-keyval';
import type { ImageFile } from '../data/records';
import { nets, type BaseId } from '../nets';
import { guarded, type Storage } from '../storage';
import { sha256Hex, weightsDigest } from './digest';
import { incompatible } from './formats/checks';
import { identifyKerasFile, officialKerasFiles } from './formats/keras-h5';
import { freeze } from './freeze';
import { digestEntry, folder, hostEntry } from './kept';
import { ownId, recordKey, type OwnRecord, type OwnWeights } from './own-source';
import { storedPrecision } from './precision';
import { readWeights } from './readers';
import { recognise } from './recognise';
import { kerasLicence, type WeightSource } from './sources';

/**
 * Checks that the files are weights of `base`, layer by layer, and keeps them in one transaction; what was there
 * before stays until they are accepted. Rejects with `weights-incompatible`, `weights-corrupt`, `archive-unreadable`
 * or a storage error.
 */
export async function setOwnWeights(
  storage: Storage,
  base: BaseId,
  given: readonly ImageFile[],
  name = given[0]?.path.split('/').at(-1) ?? '',
): Promise<OwnWeights> {
  const net = nets[base];
  const { format, files } = await recognise(given);
  const [main] = files.values();
  const official = format === 'keras-h5' ? await identifyKerasFile(main!) : null;
  if (official !== null && official !== base)
    throw incompatible(
      `This is Keras' official weight file of ${nets[official].title}, not of ${net.title}.`,
      { code: 'weights-of-another', base, given: official },
      officialKerasFiles.find((file) => file.base === official)?.name,
    );
  const verified = official !== null;
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const title = verified ? `Keras' official ${net.title} weights, checked by MD5` : plain(name);
  const source: WeightSource = {
    id: ownId(base),
    title: verified ? title : `${title} (unverified)`,
    format,
    precision: storedPrecision(format, main!),
    licence: verified ? kerasLicence[base] : 'yours',
    hosts: [],
    files: await Promise.all(
      Array.from(files, async ([file, data]) => ({
        name: file,
        bytes: data.length,
        sha256: await sha256Hex(data),
      })),
    ),
  };
  // Reading says whether the file is sound, freezing whether it is this network.
  const weights = freeze(net, await readWeights(net, source, files));
  const digest = await weightsDigest(net, weights);
  const own: OwnWeights = { name: title, verified, bytes };
  await replace(storage, base, [
    ...Array.from(files, ([file, data]) => [folder(source) + file, data] as const),
    digestEntry(source, digest),
    hostEntry(source, 'your own file'),
    [recordKey(base), { source, own } satisfies OwnRecord],
  ]);
  return own;
}

function replace(
  storage: Storage,
  base: BaseId,
  entries: readonly (readonly [key: string, value: unknown])[],
): Promise<void> {
  const prefix = folder({ id: ownId(base) });
  return guarded(
    storage('readwrite', (store) => {
      store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
      for (const [key, value] of entries) store.put(value, key);
      return promisifyRequest(store.transaction);
    }),
  );
}

/** A name as one line of reasonable length. */
function plain(name: string): string {
  const line = name.replace(/\p{C}/gu, ' ').trim();
  return line.slice(0, 120) || 'weights';
}
