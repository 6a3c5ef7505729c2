import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { createReadStream, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
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

/** A page with stock TensorFlow.js and unpacked packages, each under its own path, and nothing of Headway's. */
export async function cleanPage(
  context: BrowserContext,
  folders: Readonly<Record<string, string>>,
): Promise<{ page: Page; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname.slice(1);
    if (path === '') {
      response.setHeader('Content-Type', 'text/html');
      response.end('<!doctype html><script src="tf.js"></script><script src="wasm.js"></script>');
      return;
    }
    const [, name, file] = /^([^/]+)\/(.+)$/.exec(path) ?? [];
    const library = stock[path];
    const folder = name === undefined ? undefined : folders[name];
    if (library === undefined && folder === undefined) {
      response.statusCode = 404;
      response.end();
      return;
    }
    if (path.endsWith('js')) response.setHeader('Content-Type', 'text/javascript');
    createReadStream(library === undefined ? join(folder!, file!) : require.resolve(library)).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const page = await context.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(async () => {
    const { tf } = window as unknown as Clean;
    tf.wasm.setWasmPaths('/');
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    await tf.setBackend('wasm');
  });
  const close = async () => {
    await page.close();
    server.close();
    server.closeAllConnections();
  };
  return { page, close };
}

/** What stock tfjs puts into the window, as far as it is used here. */
export interface Clean {
  readonly tf: typeof import('@tensorflow/tfjs') & {
    readonly wasm: { readonly setWasmPaths: (prefix: string) => void };
  };
}

/** Probabilities of pictures (base64) by a package in a clean page, used the way its README says. */
export function classifyClean(page: Page, name: string, pictures: readonly string[]): Promise<number[][]> {
  return page.evaluate(
    async ([folder, images]) => {
      const { tf } = window as unknown as Clean;
      const { pictureInput } = (await import(`/${folder}/picture.mjs`)) as {
        pictureInput: (picture: Blob, input: object) => Promise<Float32Array>;
      };
      const { input } = (await (await fetch(`/${folder}/metadata.json`)).json()) as {
        input: { size: number };
      };
      const model = await tf.loadLayersModel(`/${folder}/model.json`);
      const answers: number[][] = [];
      for (const image of images) {
        const blob = new Blob([Uint8Array.from(atob(image), (c) => c.charCodeAt(0))]);
        const x = tf.tensor(await pictureInput(blob, input), [1, input.size, input.size, 3]);
        const output = model.predict(x) as import('@tensorflow/tfjs').Tensor;
        answers.push(Array.from(await output.data()));
        tf.dispose([x, output]);
      }
      model.dispose();
      return answers;
    },
    [name, pictures] as const,
  );
}
