/**
 * Exported models in real Keras, and ONNX' own checker, in Python. All models go through one process, since starting
 * TensorFlow takes longer than running them. Skipped, with a notice, where there is no Python or no registry.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseIds } from '../../src/engine/nets/index.ts';
import { cases, writeCase } from './cases.ts';
import { expectClose } from './compare.ts';
import { writeVerifiable } from './packages.ts';
import { findPython, type Python } from './python.ts';
import type { Reference } from './reference.ts';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
let folder: string;
let python: Python;
const ours = new Map<string, Reference>();

beforeAll(async () => {
  python = await findPython();
  if ('missing' in python) {
    console.warn(`Skipped: exported models in real Keras. They need ${python.missing}.`);
    return;
  }
  // Within the checkout, so that a package's script finds ONNX Runtime for Node.
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'formats-'));
  for (const [name, one] of Object.entries(cases)) ours.set(name, await writeCase(folderOf(name), one));
  const driver = fileURLToPath(new URL('predict.py', import.meta.url));
  const { stdout } = await run(python.path, [driver, ...Object.keys(cases).map(folderOf)], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    timeout: 300_000,
  });
  console.info(stdout);
}, 400_000);

afterAll(async () => {
  if ((folder as string | undefined) !== undefined) await rm(folder, { recursive: true });
});

function folderOf(name: string): string {
  return join(folder, name.replace(/[^A-Za-z0-9]+/g, '-'));
}

async function floats(path: string): Promise<Float32Array> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

describe('in Python', () => {
  test.for(Object.keys(cases))('%s predicts what we predict', async (name, { skip }) => {
    if ('missing' in python) return skip(python.missing);
    const { probabilities, features } = ours.get(name)!;
    const { format, base, options } = cases[name]!;
    const tolerance = options.weights === 'float16' ? 1e-2 : format === 'onnx' ? 1e-3 : 1e-4;
    const found = await floats(join(folderOf(name), 'probabilities.f32'));
    expectClose(`${name}: probabilities`, found, probabilities, tolerance);
    if (base === null) return;
    expect(Math.max(...probabilities)).toBeLessThan(0.99);
    const foundFeatures = await floats(join(folderOf(name), 'features.f32'));
    expectClose(`${name}: features`, foundFeatures, features, tolerance, true);
  });
});

describe('the package', () => {
  const packages = [
    ...(['keras', 'keras-h5', 'onnx', 'keras-head', 'onnx-head', 'tfjs-head'] as const).map(
      (format) => [format, 'resnet50'] as const,
    ),
    // Numpy alone runs these, so that every kind of layer is looked at by one more program.
    ...baseIds.map((base) => ['tfjs', base] as const),
  ];
  test.for(packages)(
    'of a run as %s on %s verifies itself',
    { timeout: 120_000 },
    async ([format, base], { skip }) => {
      if ('missing' in python) return skip(python.missing);
      const path = join(folder, `package-${format}-${base}`);
      await writeVerifiable(path, format, base);
      const { stdout } = await run(python.path, ['verify.py'], { cwd: path, timeout: 100_000 });
      console.info(stdout);
      expect(stdout).toContain('This copy predicts what Headway predicted.');
      expect(stdout).toMatch(/ok +probabilities/);
      expect(stdout).not.toContain('DIFFERS');
    },
  );
});
