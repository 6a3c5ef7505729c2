import { createReadStream, existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Real data for tests, read in place beside the checkout; tests that need it skip where it is missing. */
export const fixturesFolder = fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));
export const hasFixtures = existsSync(fixturesFolder);

/** Serves the fixtures to browser tests under `/fixtures/`. */
export function fixtures(): Plugin {
  return {
    name: 'headway:fixtures',
    configureServer(server) {
      server.middlewares.use('/fixtures', (request, response, next) => {
        const file = resolve(fixturesFolder, `.${decodeURIComponent(request.url ?? '')}`);
        if (file.startsWith(fixturesFolder + sep) && existsSync(file)) createReadStream(file).pipe(response);
        else next();
      });
    },
  };
}
