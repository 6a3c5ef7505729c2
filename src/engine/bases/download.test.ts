import 'fake-indexeddb/auto';
import { get, set } from 'idb-keyval';
import { beforeEach, expect, test } from 'vitest';
import { Job, type Progress } from '../job';
import { keysWithPrefix, openStorage, type Storage } from '../storage';
import { sha256Hex } from './digest';
import { keptHost } from './kept';
import { download, type DownloadOptions } from './download';
import type { Fetch } from './fetch-file';
import type { WeightSource } from './sources';

const contents = new Map(
  ['model.json', 'a.bin', 'b.bin', 'c.bin', 'd.bin', 'e.bin', 'f.bin'].map((name, i) => [
    name,
    Uint8Array.from({ length: 1000 + i }, (_, k) => (k * (i + 3)) % 251),
  ]),
);

async function sourceAt(id: string, ...hosts: string[]): Promise<WeightSource> {
  const files = [...contents].map(async ([name, bytes]) => ({
    name,
    bytes: bytes.length,
    sha256: await sha256Hex(bytes),
  }));
  const prefixes = hosts.map((host) => `https://${host}/${id}/`);
  const own = { id, format: 'tfjs-layers', precision: 'float32', licence: '' } as const;
  return { ...own, hosts: prefixes, files: await Promise.all(files) };
}

let databases = 0;
let storage: Storage;
let job: Job;
let notes: string[];
let reports: Progress[];
let asked: string[];

beforeEach(() => {
  storage = openStorage(`download-${databases++}`);
  job = new Job();
  [notes, reports, asked] = [[], [], []];
});

type Answer = (
  url: URL,
  name: string,
  times: number,
  init: RequestInit,
) => Response | Promise<Response> | null;

/** A network: `answer` decides, null is the file as it should be. */
function network(answer: Answer = () => null): Fetch {
  return async (address, init) => {
    const url = new URL(address);
    const name = url.pathname.split('/').at(-1)!;
    asked.push(url.host + url.pathname);
    const times = asked.filter((path) => path === url.host + url.pathname).length;
    const own = await answer(url, name, times, init);
    if (own !== null) return own;
    const bytes = contents.get(name);
    return bytes === undefined ? new Response('none', { status: 404 }) : new Response(bytes);
  };
}

function run(sources: WeightSource[], fetch: Fetch, extra: Partial<DownloadOptions> = {}) {
  return download(sources, storage, {
    control: job,
    fetch,
    patience: { connect: 100, stall: 100, backoff: 1 },
    mirror: null,
    onNote: ({ text }) => notes.push(text),
    onProgress: (progress) => reports.push(progress),
    ...extra,
  });
}

const kept = async () =>
  (await keysWithPrefix(storage, 'weights/'))
    .map((key) => key.split('/').at(-1)!)
    .filter((name) => !name.startsWith('.'));
const total = [...contents.values()].reduce((sum, { length }) => sum + length, 0);

test('everything arrives, is kept, and is not asked for again', async () => {
  const source = await sourceAt('s', 'one');
  const { files } = await run([source], network());
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(contents));
  expect(await kept()).toEqual([...contents.keys()].sort());
  expect(reports.at(-1)).toMatchObject({ done: total, total, unit: 'bytes' });
  asked = [];
  const again = await run([source], network());
  expect(again.files.size).toBe(contents.size);
  expect(asked).toEqual([]);
});

test('a 404 is final for the host; the next host gives the rest', async () => {
  const source = await sourceAt('s', 'one', 'two');
  const fetch = network(({ host }, name) =>
    host === 'one' && name === 'c.bin' ? new Response(null, { status: 404 }) : null,
  );
  const { files } = await run([source], fetch);
  expect(files.size).toBe(contents.size);
  expect(asked.filter((path) => path === 'one/s/c.bin')).toHaveLength(1);
  expect(asked).not.toContain('two/s/model.json');
  expect(notes).toEqual(['your mirror (one) could not give s (c.bin: HTTP 404); trying the next source.']);
  expect(await keptHost(storage, source)).toBe('your mirror (two)');
});

test.each<[string, Answer]>([
  ['a server error', () => new Response(null, { status: 500 })],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['a short body', (_, name) => new Response(contents.get(name)!.slice(0, 500))],
  ['a long body', (_, name) => new Response(new Blob([contents.get(name)!, 'more']))],
  [
    'a wrong byte',
    (_, name) => new Response(contents.get(name)!.map((byte, i) => (i === 7 ? byte ^ 1 : byte))),
  ],
  ['a connection that breaks', (_, name) => new Response(broken(contents.get(name)!.slice(0, 300)))],
  ['a body that stalls', (_, name) => new Response(stalled(contents.get(name)!.slice(0, 300)))],
])('%s is tried again, and the bar never runs backwards', async (_, bad) => {
  const source = await sourceAt('s', 'one');
  const fetch = network((url, name, times, init) =>
    name === 'b.bin' && times < 3 ? bad(url, name, times, init) : null,
  );
  const { files } = await run([source], fetch);
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(contents));
  expect(asked.filter((path) => path === 'one/s/b.bin')).toHaveLength(3);
  const done = reports.map((report) => report.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(total);
});

test('what stays broken is never kept, and the error tells what every host said', async () => {
  const sources = [await sourceAt('s', 'one', 'two'), await sourceAt('t', 'three')];
  const fetch = network(({ host }, name) => {
    if (host === 'three') return new Response(null, { status: 403 });
    return name === 'b.bin' ? new Response(contents.get(name)!.toReversed()) : null;
  });
  const error: unknown = await run(sources, fetch).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'weights-unreachable' });
  const { details } = error as { details: string };
  expect(details).toMatch(/one\/s\/b\.bin: wrong checksum/);
  expect(details).toMatch(/two\/s\/b\.bin: wrong checksum/);
  expect(details).toMatch(/three\/t\/model\.json: HTTP 403/);
  expect(await kept()).not.toContain('b.bin');
  expect(notes).toHaveLength(3);
});

test('a silent host is asked once, and not again for another source', async () => {
  const sources = [await sourceAt('s', 'one'), await sourceAt('t', 'one', 'two')];
  const fetch = network(({ host }) => (host === 'one' ? new Promise<Response>(() => undefined) : null));
  const { source } = await run(sources, fetch);
  expect(source.id).toBe('t');
  expect(asked.filter((path) => path.startsWith('one/'))).toHaveLength(1);
});

test('cancelled in the middle, it goes on without what is kept', async () => {
  const source = await sourceAt('s', 'one');
  const fetch = network((_, name) => {
    if (name !== 'd.bin') return null;
    setTimeout(() => job.cancel(), 20);
    return new Response(stalled(contents.get(name)!.slice(0, 300)));
  });
  await expect(run([source], fetch)).rejects.toMatchObject({ code: 'cancelled' });
  const here = await kept();
  expect(here.length).toBeGreaterThan(0);
  expect(here).not.toContain('d.bin');
  expect(notes).toEqual([]);

  asked = [];
  job = new Job();
  await run([source], network());
  expect(asked.map((path) => path.split('/').at(-1)!).sort()).toEqual(
    [...contents.keys()].filter((name) => !here.includes(name)).sort(),
  );
});

test('where no host answers, our own server may have the same files', async () => {
  const source = await sourceAt('s', 'one');
  const mirror = 'http://localhost:1/mirror/';
  const fetch = network((url) => {
    if (url.host === 'one') return Promise.reject(new TypeError('Failed to fetch'));
    return url.pathname === '/mirror/' ? new Response(null, { status: 204 }) : null;
  });
  const { files } = await run([source], fetch, { mirror });
  expect(files.size).toBe(contents.size);
  expect(asked).toContain('localhost:1/mirror/one/s/a.bin');
  expect(notes.at(-1)).toContain('own server');
});

test('a server without a mirror is not taken for one', async () => {
  const fetch = network(({ host }) =>
    host === 'one' ? new Response(null, { status: 404 }) : new Response('<html>', { status: 200 }),
  );
  const work = run([await sourceAt('s', 'one')], fetch, { mirror: 'http://localhost:1/mirror/' });
  await expect(work).rejects.toMatchObject({ code: 'weights-unreachable' });
});

function stalled(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(bytes) });
}

function broken(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError('network error'));
      else controller.enqueue(bytes);
      sent = true;
    },
  });
}

test('a kept file that the disk has changed is downloaded again, and only that', async () => {
  const source = await sourceAt('s', 'one');
  await run([source], network());
  const key = 'weights/s/c.bin';
  const bytes = (await get<Uint8Array>(key, storage))!;
  bytes[500]! ^= 1;
  await set(key, bytes, storage);
  asked = [];
  expect(Object.fromEntries((await run([source], network())).files)).toEqual(Object.fromEntries(contents));
  expect(asked).toEqual(['one/s/c.bin']);
});
