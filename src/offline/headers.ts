import { sourcesOf } from '../engine/bases/sources';
import { nets } from '../engine/nets';

/** Every server that weights and data may come from, as origins; the user's own mirror aside. */
export function cdnOrigins(): string[] {
  const hosts = Object.values(nets).flatMap((net) => sourcesOf(net).flatMap((source) => source.hosts));
  return [...new Set(hosts.map((host) => new URL(host).origin))].sort();
}

/**
 * What the page and its workers may do: run our own scripts and WebAssembly, and talk to our own server, the CDNs, and
 * the mirror that the user named. tfjs starts its threads from a Blob; styles are set by the elements themselves.
 */
export function contentSecurityPolicy(mirror: string | null): string {
  const connect = [
    "'self'",
    'blob:',
    'data:',
    ...cdnOrigins(),
    ...(mirror === null ? [] : [new URL(mirror).origin]),
  ];
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", 'blob:', "'wasm-unsafe-eval'"],
    'worker-src': ["'self'", 'blob:'],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'media-src': ['blob:', 'mediastream:'],
    'connect-src': connect,
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/**
 * The same answer with the headers that a static host may not be able to send: isolation from other origins, without
 * which there are no wasm threads, and the policy above.
 */
export function withHeaders(response: Response, mirror: string | null): Response {
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Content-Security-Policy', contentSecurityPolicy(mirror));
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
