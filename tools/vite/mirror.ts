import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Connect, Plugin } from 'vite';
import { mirroredFile } from '../mirror.mjs';

/** Where our own servers offer what they mirror: `/mirror/cdn.jsdelivr.net/npm/…`; `/mirror/` itself answers 204. */
export const mirrorPrefix = '/mirror/';

const types: Record<string, string> = { json: 'application/json', png: 'image/png', jpg: 'image/jpeg' };

export function mirror(): Plugin {
  const serve: Connect.NextHandleFunction = (request, response, next) => {
    const path = new URL(request.originalUrl ?? request.url ?? '/', 'http://localhost').pathname;
    if (!path.startsWith(mirrorPrefix)) {
      next();
      return;
    }
    const address = path.slice(mirrorPrefix.length);
    if (address === '') {
      response.statusCode = 204;
      response.end();
      return;
    }
    mirroredFile(address)
      .then(async (file) => {
        if (file === null) {
          response.statusCode = 404;
          response.end('Not mirrored');
          return;
        }
        response.setHeader('Content-Type', types[file.split('.').pop()!] ?? 'application/octet-stream');
        response.setHeader('Content-Length', (await stat(file)).size);
        // As the CDNs do: they are public files.
        response.setHeader('Access-Control-Allow-Origin', '*');
        if (request.method === 'HEAD') response.end();
        else createReadStream(file).pipe(response);
      })
      .catch((error: unknown) => {
        response.statusCode = 502;
        response.end(`The mirror could not fetch it: ${String(error)}`);
      });
  };
  return {
    name: 'headway:mirror',
    configureServer: (server) => void server.middlewares.use(serve),
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  };
}
