import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convShapes } from '../../src/engine/nets/shapes.ts';
import { vgg16 } from '../../src/engine/nets/vgg16.ts';
import { Random } from '../../src/engine/random.ts';
import { fixturesFolder } from '../vite/fixtures.ts';

/** What the file is called, and so what the page calls these weights. */
export const standInName = 'vgg16-stand-in.safetensors';

/**
 * VGG16's full weights are on no package registry. This writes a file in their place: the real blocks 1 to 3 where the
 * fixtures are at hand, He-normal values and zero biases for the rest, under a name that says so. Returns its path.
 */
export function vgg16StandIn(): string {
  const real = realTensors();
  const header: Record<string, { dtype: 'F32'; shape: readonly number[]; data_offsets: [number, number] }> =
    {};
  const parts: Float32Array[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], make: (length: number) => Float32Array) => {
    const data = real.get(name) ?? make(shape.reduce((product, side) => product * side, 1));
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
    parts.push(data);
  };
  for (const { name, kernel } of convShapes(vgg16)) {
    const [height, width, channels, filters] = kernel;
    const random = new Random(1, name);
    const spread = Math.sqrt(2 / (height * width * channels));
    add(`${name}/kernel`, kernel, (length) => Float32Array.from({ length }, () => spread * random.normal()));
    add(`${name}/bias`, [filters], (length) => new Float32Array(length));
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const path = join(mkdtempSync(join(tmpdir(), 'headway-')), standInName);
  writeFileSync(
    path,
    Buffer.concat([
      length,
      json,
      ...parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)),
    ]),
  );
  return path;
}

function realTensors(): Map<string, Float32Array> {
  const folder = join(fixturesFolder, 'vgg16-blocks-1-3');
  const tensors = new Map<string, Float32Array>();
  if (!existsSync(folder)) return tensors;
  const { weights } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    weights: { name: string; shape: number[] }[];
  };
  const bytes = new Uint8Array(readFileSync(join(folder, 'weights.bin'))).buffer;
  let offset = 0;
  for (const { name, shape } of weights) {
    const length = shape.reduce((product, side) => product * side, 1);
    tensors.set(name, new Float32Array(bytes, offset, length));
    offset += 4 * length;
  }
  return tensors;
}
