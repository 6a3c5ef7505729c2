import type { Bytes, ImageId } from './records';

/** SHA-256 in lower-case hex. */
export async function imageId(bytes: Bytes): Promise<ImageId> {
  // Missing on a page served by plain http from another machine: a classroom's server.
  const subtle = (crypto as Partial<Crypto>).subtle;
  if (subtle === undefined) {
    const { sha256 } = await import('hash-wasm');
    return sha256(bytes);
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
