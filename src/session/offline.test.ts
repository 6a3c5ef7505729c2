import { describe, expect, it } from 'vitest';
import { goOffline, type OfflinePage } from './offline';

class FakeWorker extends EventTarget {
  state = 'installing';
  readonly said: unknown[] = [];
  postMessage(message: unknown): void {
    this.said.push(message);
  }
  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null;
  installing: FakeWorker | null = null;
}

class FakeContainer extends EventTarget {
  controller: object | null = null;
  readonly registration = new FakeRegistration();
  constructor(readonly fails = false) {
    super();
  }
  register(): Promise<FakeRegistration> {
    return this.fails ? Promise.reject(new Error('insecure')) : Promise.resolve(this.registration);
  }
}

async function opened(
  container: FakeContainer | undefined,
  { isolated = false, busy = false, controlled = false } = {},
) {
  if (container && controlled) container.controller = {};
  const memory = new Map<string, string>();
  const counts = { reloads: 0, updates: [] as (() => void)[] };
  const page = {
    serviceWorker: container,
    isolated,
    busy: () => busy,
    reload: () => counts.reloads++,
    memory: {
      getItem: (key: string) => memory.get(key) ?? null,
      setItem: (key: string, value: string) => void memory.set(key, value),
    },
  } as unknown as OfflinePage;
  await goOffline(page, 'service-worker.js', (takeOver) => counts.updates.push(takeOver));
  return counts;
}

const claimed = (container: FakeContainer) => {
  container.controller = {};
  container.dispatchEvent(new Event('controllerchange'));
};

describe('goOffline', () => {
  it('reloads the first visit once, where the host sends no isolation headers', async () => {
    const container = new FakeContainer();
    const counts = await opened(container);
    expect(counts.reloads).toBe(0);
    claimed(container);
    expect(counts.reloads).toBe(1);
    claimed(container);
    expect(counts.reloads).toBe(1);
  });

  it('does not when the page is isolated already, or somebody has begun', async () => {
    for (const options of [{ isolated: true }, { busy: true }]) {
      const container = new FakeContainer();
      const counts = await opened(container, options);
      claimed(container);
      expect(counts.reloads).toBe(0);
    }
  });

  it('offers a new version, and reloads when it has taken over', async () => {
    const container = new FakeContainer();
    const counts = await opened(container, { isolated: true, controlled: true });
    const worker = (container.registration.installing = new FakeWorker());
    container.registration.dispatchEvent(new Event('updatefound'));
    worker.becomes('installed');
    expect(counts).toMatchObject({ reloads: 0, updates: [expect.any(Function)] });
    counts.updates[0]!();
    expect(worker.said).toEqual(['take-over']);
    claimed(container);
    expect(counts.reloads).toBe(1);
  });

  it('offers one that has been waiting, but not the first of all', async () => {
    const waiting = new FakeContainer();
    waiting.registration.waiting = new FakeWorker();
    expect((await opened(waiting, { controlled: true })).updates).toHaveLength(1);
    const first = new FakeContainer();
    const counts = await opened(first, { isolated: true });
    const worker = (first.registration.installing = new FakeWorker());
    first.registration.dispatchEvent(new Event('updatefound'));
    worker.becomes('installed');
    expect(counts.updates).toEqual([]);
  });

  it('is nothing to worry about where it cannot be had', async () => {
    await expect(opened(undefined)).resolves.toMatchObject({ reloads: 0 });
    await expect(opened(new FakeContainer(true))).resolves.toMatchObject({ updates: [] });
  });
});
