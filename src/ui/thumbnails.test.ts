import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Thumbnails } from './thumbnails';

/** Loads that the test finishes one by one. */
function loads() {
  const open = new Map<string, (blob: Blob) => void>();
  const load = vi.fn((id: string) => new Promise<Blob>((resolve) => open.set(id, resolve)));
  return { load, finish: (id: string) => open.get(id)!(new Blob([id])) };
}

describe('thumbnails', () => {
  const revoke = vi.spyOn(URL, 'revokeObjectURL');
  beforeEach(() => {
    revoke.mockClear();
  });

  it('loads the newest request first, a few at a time', async () => {
    const { load, finish } = loads();
    const thumbnails = new Thumbnails(load, 10, 1);
    const first = thumbnails.request('1');
    void thumbnails.request('2');
    void thumbnails.request('3');
    finish('1');
    expect(await first).toMatch(/^blob:/);
    expect(load.mock.calls.map(([id]) => id)).toEqual(['1', '3']);
  });

  it('does not load what is not wanted any more', async () => {
    const { load } = loads();
    const thumbnails = new Thumbnails(load, 10, 1);
    void thumbnails.request('1');
    const second = thumbnails.request('2');
    thumbnails.forget('2');
    expect(await second).toBeNull();
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps the latest and lets the others go', async () => {
    const thumbnails = new Thumbnails((id) => Promise.resolve(new Blob([id])), 2);
    for (const id of ['1', '2', '3']) await thumbnails.request(id);
    expect(thumbnails.get('1')).toBeNull();
    expect(thumbnails.get('3')).not.toBeNull();
    expect(revoke).toHaveBeenCalledTimes(1);
    thumbnails.dispose();
    expect(revoke).toHaveBeenCalledTimes(3);
  });

  it('gives null for an image that cannot be had', async () => {
    const thumbnails = new Thumbnails(() => Promise.reject(new Error('gone')));
    expect(await thumbnails.request('1')).toBeNull();
  });
});
