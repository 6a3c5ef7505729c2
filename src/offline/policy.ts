/** Whoever sends it: no inline script, no `eval` but WebAssembly's, nothing that redirects or embeds. */
const common = {
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
} as const;

/** Text never becomes markup or script but through Lit's templates and `src/trusted-types.ts`. */
const ofDocuments = {
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lit-html', 'default'],
} as const;

/** tfjs starts its threads from a Blob, inside our worker. */
const ofWorkers = {
  'script-src': ["'self'", 'blob:', "'wasm-unsafe-eval'"],
  'worker-src': ["'self'", 'blob:'],
} as const;

/** What the built page says of itself, so that it holds from the first visit on, on any host. */
export function ownPolicy(): string {
  return joined({ ...common, ...ofDocuments });
}

/**
 * The whole of it, as an answer's header. Besides, only the servers named are talked to, and styles are set by the
 * elements themselves.
 * @param connect origins, or CSP's own words
 */
export function headerPolicy(connect: readonly string[], isDocument: boolean): string {
  return joined({
    'default-src': ["'none'"],
    ...common,
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'media-src': ['blob:', 'mediastream:'],
    'connect-src': connect,
    'manifest-src': ["'self'"],
    ...(isDocument ? ofDocuments : ofWorkers),
  });
}

function joined(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
