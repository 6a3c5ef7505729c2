import { expose, wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { carryIds, IdLists } from './ids-on-the-wire';

carryIds();
const id = (i: number) => i.toString(16).padStart(64, '0');
const idsFrom = (from: number, count = 300) => Array.from({ length: count }, (_, i) => id(from + i));

describe('IdLists', () => {
  const page = new IdLists();
  const worker = new IdLists();
  const send = (value: unknown) => worker.unpack(structuredClone(page.pack(value)));

  it('gives back what was sent, wherever the list lies, and leaves what was sent as it is', () => {
    const labels = Uint16Array.from([1, 2]);
    const results = [{ runId: 'a', split: { train: idsFrom(0), test: idsFrom(900) }, labels }];
    const value = { more: null, items: results, few: ['x'], date: new Date(0), map: new Map([[1, 2]]) };
    const before = structuredClone(value);
    expect(send(value)).toEqual(before);
    expect(value).toEqual(before);
  });

  it('sends one string for a long list', () => {
    const ids = idsFrom(0);
    expect(page.pack({ ids, labels: 1 })).toEqual({ ids: { idsAsOne: ids.join('') }, labels: 1 });
  });

  it('leaves lists as they are that are short, or not of ids alone', () => {
    for (const list of [
      idsFrom(0, 3),
      [...idsFrom(0), 'short'],
      [...idsFrom(0), 7],
      idsFrom(0).map(() => ''),
      [],
    ])
      expect(page.pack({ list })).toEqual({ list });
  });

  it('leaves names as they are that mean something to JavaScript', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>;
    const sent = send({ value, ids: idsFrom(0) }) as { value: object };
    expect(Object.keys(sent.value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(sent.value)).toBe(Object.prototype);
  });

  it('makes a list once, however often it comes, and knows one by its content only', () => {
    const first = send(idsFrom(5));
    expect(send(idsFrom(5))).toBe(first);
    expect(send({ again: idsFrom(5) })).toEqual({ again: first });
    expect(send(idsFrom(6))).toEqual(idsFrom(6));
  });

  it('knows a list that it has sent when it comes back', () => {
    const ids = idsFrom(77);
    expect(page.unpack(structuredClone(worker.pack(send(ids))))).toBe(ids);
  });
});

describe('carryIds', () => {
  const { port1, port2 } = new MessageChannel();
  afterEach(() => port1.close());

  it('carries lists through comlink, there and back, as one string each', async () => {
    const seen: unknown[] = [];
    const messages: unknown[] = [];
    for (const port of [port1, port2])
      port.addEventListener('message', ({ data }: MessageEvent) => messages.push(data));
    expose({ split: (request: unknown) => (seen.push(request), { train: { ids: idsFrom(1) } }) }, port2);
    const remote = wrap<{ split(request: unknown): unknown }>(port1);
    expect(await remote.split({ ids: idsFrom(2) })).toEqual({ train: { ids: idsFrom(1) } });
    expect(seen).toEqual([{ ids: idsFrom(2) }]);
    const one = (from: number) => ({ name: 'ids', value: { ids: { idsAsOne: idsFrom(from).join('') } } });
    expect(messages).toMatchObject([
      { argumentList: [one(2)] },
      { name: 'ids', value: { train: one(1).value } },
    ]);
  });
});
