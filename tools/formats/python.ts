/** A Python with Keras and ONNX in `.cache/python`, where a Python and a package registry are at hand. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../.cache/python/', import.meta.url));

/** TensorFlow brings Keras and h5py along. A new line here is a new folder. */
const packages = ['tensorflow-cpu==2.21.0', 'onnx==1.23.2', 'onnxruntime==1.32.0', 'pillow==13.0.0'];
/** Bytes on disk, about, with some room. */
const diskBytes = 3e9;
/** Milliseconds; 15 seconds where the registry is near. */
const patience = 150_000;

export type Python = { readonly path: string } | { readonly missing: string };

/** The interpreter, made with the first call; what is missing where it cannot be had. */
export async function findPython(): Promise<Python> {
  const folder = join(root, packages.join('_'));
  const path = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return { path };
  // What earlier versions needed, or what was broken off.
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize < diskBytes) return { missing: `${diskBytes / 1e9} GB of disk for Keras and ONNX` };
  const host = process.platform === 'win32' ? 'python' : 'python3';
  try {
    await run(host, ['-m', 'venv', folder]);
  } catch (error) {
    return { missing: `${host} with venv (${lastLine(error)})` };
  }
  try {
    const options = [
      '--quiet',
      '--no-compile',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '--retries=1',
    ];
    const pip = ['-m', 'pip', 'install', ...options, '--only-binary=:all:', ...packages];
    await run(path, pip, { timeout: patience });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return { missing: `a registry that gives ${packages.join(', ')} (${lastLine(error)})` };
  }
  await writeFile(complete, '');
  return { path };
}

function lastLine(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string };
  const said = stderr.trim() === '' ? message : stderr.trim();
  return said.split('\n').at(-1)!;
}
