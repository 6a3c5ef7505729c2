import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const entry = fileURLToPath(new URL('../../src/offline/service-worker.ts', import.meta.url));
const name = 'service-worker.js';

/** After the build: a service worker that knows every file of it. */
export function serviceWorker(): Plugin {
  let outDir = '';
  let failed = false;
  return {
    name: 'headway:service-worker',
    apply: 'build',
    configResolved: (config) => void (outDir = resolve(config.root, config.build.outDir)),
    buildEnd: (error) => void (failed = error !== undefined),
    async closeBundle() {
      if (failed) return;
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __PRECACHE__: JSON.stringify(await listed(outDir)) },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2023',
          rolldownOptions: { input: entry, output: { entryFileNames: name, format: 'iife' } },
        },
      });
    },
  };
}

/** Files whose names carry a digest need no revision. */
async function listed(folder: string): Promise<{ url: string; revision: string | null }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((file) => file.isFile() && file.name !== name);
  return Promise.all(
    files.map(async (file) => {
      const path = join(file.parentPath, file.name);
      const url = relative(folder, path).split(sep).join('/');
      const digest = createHash('sha256')
        .update(await readFile(path))
        .digest('hex')
        .slice(0, 16);
      return { url, revision: url.startsWith('assets/') ? null : digest };
    }),
  );
}
