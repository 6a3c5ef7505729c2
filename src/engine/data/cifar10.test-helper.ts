/** CIFAR-10's files for tests, made in their layout out of real images; no product code imports it. */
import { gzipSync } from 'fflate';
import type { Bytes } from './records';

/** [32, 32, 3] → [3, 32, 32], as the binary version stores it. */
export function planar(rgb: Uint8Array): Uint8Array {
  const planes = new Uint8Array(3072);
  for (let k = 0; k < 1024; k++) for (let c = 0; c < 3; c++) planes[c * 1024 + k] = rgb[3 * k + c]!;
  return planes;
}

/** A batch of the binary version. */
export function batchOf(images: readonly { readonly label: number; readonly rgb: Uint8Array }[]): Bytes {
  const bytes = new Uint8Array(images.length * 3073);
  images.forEach(({ label, rgb }, i) => {
    bytes[i * 3073] = label;
    bytes.set(planar(rgb), i * 3073 + 1);
  });
  return bytes;
}

/** A POSIX ustar archive. */
export function tarOf(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Bytes {
  const blocks: Uint8Array[] = [];
  const ascii = new TextEncoder();
  for (const { name, bytes } of files) {
    const header = new Uint8Array(512);
    const write = (at: number, text: string) => header.set(ascii.encode(text), at);
    write(0, name);
    write(100, '0000644\0');
    write(124, bytes.length.toString(8).padStart(11, '0') + '\0');
    write(148, '        ');
    write(156, name.endsWith('/') ? '5' : '0');
    write(257, 'ustar\x0000');
    const sum = header.reduce((total, byte) => total + byte, 0);
    write(148, sum.toString(8).padStart(6, '0') + '\0 ');
    blocks.push(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
  }
  blocks.push(new Uint8Array(1024));
  const tar = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    tar.set(block, at);
    at += block.length;
  }
  return tar;
}

export function tarGzOf(files: Parameters<typeof tarOf>[0]): Bytes {
  return new Uint8Array(gzipSync(tarOf(files)));
}
