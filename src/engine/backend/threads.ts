/**
 * tfjs-wasm starts at most half as many threads as `navigator.hardwareConcurrency` reports, whatever it is told: one
 * on two cores. It is therefore shown twice the wanted number while it starts.
 */

/** The least that tfjs-wasm needs. */
export function wasmPresent(): boolean {
  return typeof WebAssembly === 'object';
}

/** Emscripten holds eight workers ready beside the calling thread; a ninth would wait for an event loop that is blocked. */
const mostThreads = 8;

/** Every core but one, for the page itself; on two cores both, since the other one would stand idle most of the time. */
export function wantedThreads(
  cores = navigator.hardwareConcurrency,
  isolated = globalThis.crossOriginIsolated,
): number {
  if (!isolated || typeof SharedArrayBuffer === 'undefined') return 1;
  return Math.min(mostThreads, cores <= 2 ? cores : cores - 1);
}

/** Runs `start` while `navigator.hardwareConcurrency` reads as `cores`. */
export async function withReportedCores<T>(cores: number, start: () => Promise<T>): Promise<T> {
  // An own property hides the getter of the prototype, and goes away without a trace.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  try {
    return await start();
  } finally {
    delete (navigator as { hardwareConcurrency?: number }).hardwareConcurrency;
  }
}
