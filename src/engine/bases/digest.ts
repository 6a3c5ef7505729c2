import { createSHA256, sha256 } from 'hash-wasm';
import type { Net } from '../nets/graph';
import type { FrozenWeights, NamedTensor } from './tensors';

/**
 * What the weights of a base *are*: SHA-256, lower-case hex, over the folded float32 tensors in graph order, each
 * with its name and shape. The same for every file that carries the same network, whatever its format or names.
 */
export async function weightsDigest(net: Net, weights: FrozenWeights): Promise<string> {
  const hash = await createSHA256();
  hash.init();
  const add = (name: string, { shape, data }: NamedTensor) => {
    hash.update(`${name} ${shape.join('x')}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  };
  hash.update(`headway frozen base 1\n${net.id}\n`);
  for (const node of net.nodes) {
    if (node.op !== 'conv') continue;
    const { kernel, bias } = weights.get(node.name)!;
    add(`${node.name}/kernel`, kernel);
    add(`${node.name}/bias`, bias);
  }
  return hash.digest();
}

/** SHA-256 of a file, lower-case hex. The browser's own where the page is secure: it works on another thread. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Missing on plain http, whatever the types say.
  const subtle = (globalThis.crypto as { subtle?: SubtleCrypto } | undefined)?.subtle;
  if (subtle === undefined) return sha256(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
