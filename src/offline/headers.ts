import { sourcesOf } from '../engine/bases/sources';
import { nets } from '../engine/nets';
import { headerPolicy } from './policy';

/** Every server that weights and data may come from, as origins; the user's own mirror aside. */
export function cdnOrigins(): string[] {
  const hosts = Object.values(nets).flatMap((net) => sourcesOf(net).flatMap((source) => source.hosts));
  return [...new Set(hosts.map((host) => new URL(host).origin))].sort();
}

/** May talk to our own server, the CDNs, and the mirror that the user named. */
export function contentSecurityPolicy(mirror: string | null, isDocument = true): string {
  const own = mirror === null ? [] : [new URL(mirror).origin];
  return headerPolicy(["'self'", 'blob:', 'data:', ...cdnOrigins(), ...own], isDocument);
}

/**
 * The same answer with the headers that a static host may not be able to send: isolation from other origins, without
 * which there are no wasm threads, and the policy above.
 */
export function withHeaders(response: Response, mirror: string | null, isDocument: boolean): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Content-Security-Policy', contentSecurityPolicy(mirror, isDocument));
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
