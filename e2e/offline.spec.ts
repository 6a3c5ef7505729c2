import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { snapshot, test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

test.use({ serviceWorkers: 'allow', ownServer: false });

let server: Server;
let origin = '';
// As plain a static host as there is: files, their types, no other header.
test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, 'http://host').pathname);
    const file = join(dist, path.endsWith('/') ? `${path}index.html` : path);
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ready = (page: Page) => page.waitForFunction(() => window.headway.snapshot().ready);

test('a plain static host: threads, a strict policy, and no network after one visit', async ({
  page,
  context,
}) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await page.goto(origin);
  // The service worker takes the page over and loads it once more, isolated.
  await page.waitForFunction(() => crossOriginIsolated);
  await ready(page);
  await drop(page, classFolders(['bird', 'ship'], 4));
  await waitForImages(page, 8);
  const [first] = await page.evaluate(() => window.headway.run({ epochs: 2 }));
  expect(first).toMatchObject({ backend: 'wasm', timing: { extractedImages: 8 } });
  const { threads } = (await snapshot(page)).backend!;
  expect(threads).toBeGreaterThan(1);
  // They run the kernels of our own, in what was built too.
  const kernels = page.workers().filter((worker) => worker.url().includes('kernel.worker'));
  expect(kernels).toHaveLength(threads);
  expect(refused).toEqual([]);

  // Strings that would be run as scripts, and a server that is none of ours.
  const sinks = await page.evaluate(() => {
    const attempts = [
      () => (document.createElement('script').textContent = 'window.ran = true'),
      () => (document.createElement('div').innerHTML = '<img src=x onerror="window.ran = true">'),
      () => document.createElement('button').setAttribute('onclick', 'window.ran = true'),
      () => setTimeout('window.ran = true' as unknown as () => void, 0),
      () => new Worker('https://example.com/worker.js'),
      () => new Worker(URL.createObjectURL(new Blob([''])).replace(location.origin, 'https://example.com')),
    ];
    return attempts.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  expect(sinks).toEqual(Array(6).fill('TypeError'));
  // What no text is needed for: the policy's part.
  const blocked = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve('loaded');
        script.onerror = () => resolve('refused');
        script.src = URL.createObjectURL(new Blob(['window.ran = true']));
        document.body.append(script);
      }),
  );
  expect(blocked).toBe('refused');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(await page.evaluate(() => fetch('https://example.com/').catch(() => 'refused'))).toBe('refused');

  await context.setOffline(true);
  server.closeAllConnections();
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const [again] = await page.evaluate(() => window.headway.run({ epochs: 2, resize: 'crop' }));
  expect(again!.timing).toMatchObject({ extractedImages: 8 });
  expect((await snapshot(page)).results).toHaveLength(2);
});
