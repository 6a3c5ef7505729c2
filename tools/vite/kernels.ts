import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

const suffix = '?wasm-kernels';
const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * `import code from './kernels/index.ts?wasm-kernels'`: AssemblyScript compiled to WebAssembly, as base64. It is five
 * kilobytes and takes two seconds, so that no binary is in the repository that nobody can read.
 */
export function wasmKernels(): Plugin {
  return {
    name: 'headway:wasm-kernels',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -suffix.length);
      for (const file of sourcesOf(entry)) this.addWatchFile(file);
      const code = (await readFile(await compiled(entry))).toString('base64');
      return { code: `export default '${code}';`, moduleType: 'js' };
    },
  };
}

const sourcesOf = (entry: string) => readdirSync(dirname(entry)).map((file) => join(dirname(entry), file));

const options = [
  ...['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub'],
  ...['--enable', 'simd,relaxed-simd,threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '32768'],
  // Places in memory are int32 here: the memory ends at 2 GB.
  ...['--disableWarning', '201'],
];

/** The file with the compiled code, named by its sources. Rejects with the compiler's own words. */
async function compiled(entry: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const file of [...sourcesOf(entry), inRoot('package.json')]) hash.update(readFileSync(file));
  const output = inRoot(`.cache/kernels/${hash.digest('hex').slice(0, 16)}.wasm`);
  if (existsSync(output)) return output;
  const own = `${output}.${process.pid}`;
  const asc = inRoot('node_modules/assemblyscript/bin/asc.js');
  await promisify(execFile)(process.execPath, [asc, entry, '--outFile', own, ...options]);
  // At once, for those that compile at the same time.
  await rename(own, output);
  return output;
}
