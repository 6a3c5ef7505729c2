import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { ExportFormat, PackageOptions } from '../../src/engine/export/formats';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const require = createRequire(import.meta.url);

/** Exports a run and unpacks it into a new folder. */
export async function exported(
  app: Page,
  runId: string,
  format: ExportFormat,
  options: Partial<PackageOptions> = {},
): Promise<string> {
  const download = app.waitForEvent('download');
  await app.evaluate(
    async ([id, kind, choices]) => {
      const anchor = document.createElement('a');
      anchor.href = URL.createObjectURL(await window.headway.exportRun(id, kind, choices));
      anchor.download = 'run.zip';
      anchor.click();
    },
    [runId, format, options] as const,
  );
  const file = await (await download).path();
  return unpacked(readFileSync(file));
}

/** Unpacks as a careful program would: an entry that leaves the folder fails. Node finds our modules from there. */
export function unpacked(zip: Uint8Array): string {
  const root = mkdtempSync(join(tmpdir(), 'headway-package-'));
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    const path = resolve(root, name);
    if (!path.startsWith(root + sep)) throw new Error(`${name} leaves its folder`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  symlinkSync(modules, join(root, 'node_modules'));
  return root;
}

/** Runs a package's own check; resolves to what it prints, and rejects where it finds a difference. */
export async function verify(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['verify.mjs'], { cwd: folder });
  return stdout;
}

const stock: Readonly<Record<string, string>> = {
  'tf.js': '@tensorflow/tfjs/dist/tf.es2017.min.js',
  'wasm.js': '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js',
  'tfjs-backend-wasm-simd.wasm': '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
};

/**
 * A server of unpacked packages, each under its own path in a page with stock TensorFlow.js and nothing of Headway's.
 * The JavaScript of a package's README is beside it, word for word but for where TensorFlow.js comes from.
 */
export async function cleanServer(
  folders: Readonly<Record<string, string>>,
): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    const [, name = '', file = ''] = /^\/([^/]+)\/(.*)$/.exec(path) ?? [];
    const folder = folders[name];
    const library = stock[file];
    response.setHeader(
      'Content-Type',
      file === '' ? 'text/html' : (types[file.split('.').at(-1)!] ?? 'text/plain'),
    );
    if (folder === undefined) response.writeHead(404).end();
    else if (library !== undefined) createReadStream(require.resolve(library)).pipe(response);
    else if (file === 'snippet.mjs') response.end(snippetOf(folder));
    else if (file !== '') createReadStream(join(folder, file)).pipe(response);
    else response.end('<!doctype html><script src="tf.js"></script><script src="wasm.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
  bin: 'application/octet-stream',
};

function snippetOf(folder: string): string {
  const [, code = ''] = /```js\n(.*?)```/s.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  return code.replace("import * as tf from '@tensorflow/tfjs';", 'const { tf } = window;');
}

/** What stock tfjs puts into the window, as far as it is used here. */
interface Clean {
  readonly tf: typeof import('@tensorflow/tfjs') & {
    readonly wasm: { readonly setWasmPaths: (prefix: string) => void };
  };
}

/** What a package says of pictures (base64): probabilities by label. */
export async function classifyClean(
  page: Page,
  url: string,
  pictures: readonly string[],
): Promise<Record<string, number>[]> {
  await page.goto(url);
  return page.evaluate(async (images) => {
    const { tf } = window as unknown as Clean;
    tf.wasm.setWasmPaths('./');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    await tf.setBackend('wasm');
    const snippet = new URL('snippet.mjs', location.href).href;
    const { classify } = (await import(snippet)) as {
      classify: (picture: Blob) => Promise<{ label: string; probability: number }[]>;
    };
    const answers: Record<string, number>[] = [];
    for (const image of images) {
      const picture = new Blob([Uint8Array.from(atob(image), (c) => c.charCodeAt(0))]);
      const answer = await classify(picture);
      answers.push(Object.fromEntries(answer.map(({ label, probability }) => [label, probability])));
    }
    return answers;
  }, pictures);
}
