/** Real sockets, real fetch: what a bad server does to a download. No CORS header: see e2e/failover.spec.ts. */
import 'fake-indexeddb/auto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Job } from '../job';
import { keysWithPrefix, openStorage, type Storage } from '../storage';
import { sha256Hex } from './digest';
import { download } from './download';
import { keptHost } from './kept';
import type { WeightSource } from './sources';

const names = ['model.json', 'shard1.bin', 'shard2.bin', 'shard3.bin'];
const contents = new Map(
  names.map((name, i) => [name, Uint8Array.from({ length: 200_000 + i }, (_, k) => (k * (i + 3)) % 251)]),
);
const good = (name: string) => contents.get(name)!;

/** What the bad server does when it is asked for a file for the nth time. */
type Answer = (response: ServerResponse, name: string, time: number) => void;
let answer: Answer;
let asked: string[];
let servers: Server[];
/** Of the bad server and of the good one. */
let origins: Record<string, string>;
let storage: Storage;
let databases = 0;

const whole: Answer = (response, name) => response.end(good(name));

beforeAll(async () => {
  const listen = async (handle: Answer) => {
    const server = createServer((request, response) => {
      const path = request.url!.slice(1);
      asked.push(path);
      handle(response, path.split('/')[1]!, asked.filter((other) => other === path).length);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  };
  servers = [await listen((...request) => answer(...request)), await listen(whole)];
  const [bad, fine] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  origins = { bad: bad!, good: fine! };
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  storage = openStorage(`failover-${databases++}`);
  asked = [];
});

async function source(id: string): Promise<WeightSource> {
  const files = names.map(async (name) => ({
    name,
    bytes: good(name).length,
    sha256: await sha256Hex(good(name)),
  }));
  const rest = { format: 'tfjs-layers', precision: 'float32', licence: '' } as const;
  return { id, ...rest, hosts: [`${origins[id]!}/${id}/`], files: await Promise.all(files) };
}

async function attempt(ids: readonly string[]) {
  const notes: string[] = [];
  const result = await download(await Promise.all(ids.map(source)), storage, {
    control: new Job(),
    mirror: null,
    patience: { connect: 2_000, stall: 300, backoff: 5 },
    onNote: ({ text }) => notes.push(text),
  }).catch((error: unknown) => error as { code: string; details: string });
  return { notes, result };
}

/** Every kept file is what it should be. */
async function expectSoundCache(): Promise<void> {
  for (const key of await keysWithPrefix(storage, 'weights/')) {
    const name = key.split('/').at(-1)!;
    if (name === '.host') continue;
    const read = await storage('readonly', (store) => {
      const request = store.get(key) as IDBRequest<Uint8Array>;
      return new Promise<Uint8Array>((resolve) => (request.onsuccess = () => resolve(request.result)));
    });
    expect(Buffer.compare(read, good(name)), key).toBe(0);
  }
}

/** Only shard2 is bad: what comes before it is fine. */
const shard2: (bad: Answer) => Answer = (bad) => (response, name, time) =>
  (name === 'shard2.bin' ? bad : whole)(response, name, time);

const broken: [name: string, bad: Answer, message: RegExp][] = [
  ['404', (response) => response.writeHead(404).end('gone'), /shard2\.bin: HTTP 404/],
  ['500', (response) => response.writeHead(500).end('oops'), /shard2\.bin: HTTP 500/],
  [
    'half a shard',
    (response, name) => response.end(good(name).subarray(0, 100_000)),
    /100000 of 200002 bytes/,
  ],
  [
    'half a shard, said to be whole, and the connection cut',
    (response, name) => {
      response.writeHead(200, { 'Content-Length': good(name).length });
      response.write(good(name).subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
    },
    /the connection broke after 100000 bytes/,
  ],
  [
    'a wrong byte',
    (response, name) => response.end(good(name).map((byte, i) => (i === 150_000 ? byte ^ 64 : byte))),
    /wrong checksum: [0-9a-f]{64} instead of [0-9a-f]{64}/,
  ],
  [
    'a trickle that dries up',
    (response, name) => {
      response.writeHead(200, { 'Content-Length': good(name).length });
      response.write(good(name).subarray(0, 1_000));
    },
    /less than 16 kB in 0\.3 s/,
  ],
  [
    'a trickle that never ends',
    (response, name) => {
      response.writeHead(200, { 'Content-Length': good(name).length });
      const timer = setInterval(() => response.write(good(name).subarray(0, 10)), 20);
      response.on('close', () => clearInterval(timer));
    },
    /less than 16 kB in 0\.3 s/,
  ],
  ['no answer at all', (response) => void response.socket!.destroy(), /no answer that this page may read/],
];

test.each(broken)('%s: says so, takes the next source, keeps nothing wrong', async (_, bad, message) => {
  answer = shard2(bad);
  const { notes, result } = await attempt(['bad', 'good']);
  expect(result).toMatchObject({ source: { id: 'good' } });
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(
    /^your mirror \(127\.0\.0\.1:\d+\) could not give bad \(shard2\.bin: .*trying the next/,
  );
  expect(notes[0]).toMatch(message);
  await expectSoundCache();
  expect(await keysWithPrefix(storage, 'weights/bad/')).not.toContain('weights/bad/shard2.bin');
  expect(await keptHost(storage, await source('good'))).toContain('127.0.0.1');
});

test.each(broken)('%s, and nobody else: the error says where', async (_, bad, message) => {
  answer = shard2(bad);
  const { result } = await attempt(['bad']);
  expect(result).toMatchObject({ code: 'weights-unreachable' });
  expect((result as { details: string }).details).toMatch(message);
  await expectSoundCache();
});

test('500 and then fine: the same source goes on, without a word', async () => {
  answer = (response, name, time) =>
    time === 1 ? response.writeHead(500).end('busy') : whole(response, name, time);
  const { notes, result } = await attempt(['bad', 'good']);
  expect(result).toMatchObject({ source: { id: 'bad' } });
  expect(notes).toEqual([]);
  expect(asked.filter((path) => path.startsWith('good/'))).toEqual([]);
  await expectSoundCache();
});

test('slow is not silent: a trickle that goes on is waited for', async () => {
  answer = shard2((response, name) => {
    const bytes = good(name);
    let sent = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(sent, (sent += 40_000)));
      if (sent < bytes.length) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  const { notes, result } = await attempt(['bad', 'good']);
  expect(result).toMatchObject({ source: { id: 'bad' } });
  expect(notes).toEqual([]);
});

test('tried again later, only what is missing is asked for', async () => {
  answer = shard2((response) => response.writeHead(404).end());
  await attempt(['bad']);
  asked = [];
  answer = whole;
  const { result } = await attempt(['bad']);
  expect(result).toMatchObject({ source: { id: 'bad' } });
  expect(asked).not.toContain('bad/model.json');
  expect(asked).toContain('bad/shard2.bin');
});
