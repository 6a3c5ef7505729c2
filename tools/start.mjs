/**
 * `npm start`: installs when needed, builds, serves and opens the app.
 * `PORT=8080 npm start` chooses the port, `npm start -- --no-open` leaves the browser alone.
 */
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { build, preview } = await import('vite');
const port = process.env['PORT'];
await build({ logLevel: 'warn' });
const server = await preview({
  preview: {
    port: port ? Number(port) : 4173,
    strictPort: Boolean(port),
    open: !process.argv.includes('--no-open'),
  },
});
console.log(`\n  Headway is ready at ${server.resolvedUrls?.local[0] ?? '(no address)'}\n`);
