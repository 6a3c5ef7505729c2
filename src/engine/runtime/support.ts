/** One relaxed multiply-add: browsers validate it where they can run it (Chrome 114, 2023). */
const probe = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11],
];

/** Whether this browser has relaxed SIMD and shared memory. */
export function kernelsRun(): boolean {
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(Uint8Array.from(probe))) return false;
  try {
    // Without isolation it may still be made, only not sent to other threads.
    return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer.byteLength > 0;
  } catch {
    return false;
  }
}
