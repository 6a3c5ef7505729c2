import { del, get, set } from 'idb-keyval';
import { HeadwayError } from '../errors';
import type { Net } from '../nets/graph';
import { guarded, type Storage } from '../storage';
import { sourcesOf, withServer, type WeightSource } from './sources';

/** In the one database rather than in each request: whoever asks for weights goes by the same choice. */
const key = 'settings/mirror-url';

/** The user's own mirror of the published weight files, as `<url>/<source id>/<file>`; null: none. */
export async function mirrorUrl(storage: Storage): Promise<string | null> {
  const url = await guarded(get<unknown>(key, storage));
  return typeof url === 'string' ? url : null;
}

/** Keeps what `normaliseMirrorUrl` makes of it, and returns that. Throws `invalid-request`. */
export async function keepMirrorUrl(storage: Storage, url: string | null): Promise<string | null> {
  const normal = url === null || url.trim() === '' ? null : normaliseMirrorUrl(url);
  await guarded(normal === null ? del(key, storage) : set(key, normal, storage));
  return normal;
}

/**
 * The published sources of a base in the order in which they are tried; the user's own mirror is asked for each of
 * them first.
 */
export async function chosenSources(
  net: Pick<Net, 'id'>,
  storage: Storage,
): Promise<readonly WeightSource[]> {
  const url = await mirrorUrl(storage);
  return url === null ? sourcesOf(net) : withServer(sourcesOf(net), url);
}

/** An http(s) address that ends in a slash, without query, fragment or password. Throws `invalid-request`. */
export function normaliseMirrorUrl(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new HeadwayError({
      code: 'invalid-request',
      message: 'This is not the address of a web server.',
      advice: 'Give an address that begins with https:// or http://, without user name or password.',
      details: text.slice(0, 200),
      why: { code: 'mirror-address' },
    });
  return `${url.origin}${url.pathname.replace(/\/*$/, '')}/`;
}
