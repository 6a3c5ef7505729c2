import { expect } from '@playwright/test';
import { firstLoad, firstLoadBudget } from '../tools/bench/first-load.ts';
import { openApp, snapshot, test, waitForImages } from './support/app';
import { classFolders, drop } from './support/images';

test('a first visit downloads no more than it may, and no model code', async ({ page, baseURL }) => {
  const { files, bytes } = await firstLoad(page, baseURL!, 'dist');
  expect(files.filter((file) => /^assets.(tf|wasm|dist|hdf5|onnx|train|write)/.test(file))).toEqual([]);
  expect(files.some((file) => file.includes('engine.worker'))).toBe(true);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(firstLoadBudget);
});

test('a host without isolation headers still trains, on one thread', async ({ page, served }) => {
  await page.route('http://localhost:*/**', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  await openApp(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await drop(page, classFolders(['bird', 'ship'], 4));
  await waitForImages(page, 8);
  const [run] = await page.evaluate(() => window.headway.run({ epochs: 2 }));
  expect(run).toMatchObject({ backend: 'wasm', timing: { extractedImages: 8 } });
  const { threads, description } = (await snapshot(page)).backend!;
  expect(threads).toBe(1);
  expect(description).toContain('kernels of our own');
  expect(served.length).toBeGreaterThan(0);
  // Results are being drawn, and what draws them is being loaded: a response must not come after the end.
  await page.unrouteAll({ behavior: 'wait' });
});

test('the second visit needs no network, and images go nowhere', async ({ app, context, baseURL }) => {
  const own = new URL(baseURL!).host;
  const hosts = new Set<string>();
  const sent: string[] = [];
  context.on('request', (request) => {
    hosts.add(new URL(request.url()).host);
    if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`);
  });
  await drop(app, classFolders(['bird', 'ship'], 4));
  await waitForImages(app, 8);
  await app.evaluate(() => window.headway.run({ epochs: 2 }));
  expect([...hosts].sort()).toEqual(['cdn.jsdelivr.net', own]);

  await app.reload();
  await app.waitForFunction(() => window.headway.snapshot().ready);
  hosts.clear();
  const [again] = await app.evaluate(() => window.headway.run({ epochs: 2, resize: 'crop' }));
  expect(again!.timing.extractedImages).toBe(8);
  expect([...hosts].filter((host) => host !== own)).toEqual([]);
  expect(sent).toEqual([]);
});
