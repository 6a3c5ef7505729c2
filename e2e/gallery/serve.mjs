/** The gallery, which is no part of the built page, built and served by itself: a bundle opens in a fraction of the time. */
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = `${root}.cache/gallery`;
const input = fileURLToPath(new URL('index.html', import.meta.url));
await build({
  root,
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
});
await preview({
  root,
  build: { outDir },
  preview: { port: Number(process.env['PORT'] ?? 4189), strictPort: true },
});
