/** The page that is open, as far as it matters here; stood in for by tests. */
export interface OfflinePage {
  readonly serviceWorker:
    Pick<ServiceWorkerContainer, 'register' | 'controller' | 'addEventListener'> | undefined;
  readonly isolated: boolean;
  reload(): void;
  /** Whether something would be lost by a reload, or somebody has begun to work. */
  busy(): boolean;
  /** What is remembered until the tab is closed. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
}

const reloadedKey = 'headway-isolated';

/**
 * Has the page looked after by the service worker: it opens without a network from then on, and on hosts that cannot
 * send isolation headers it has wasm threads after one reload, which happens by itself on the first visit as long as
 * nobody has begun to work. `onUpdate` is called when a newer version is ready, with what makes it take over; the page
 * is then loaded anew. Never rejects: without a service worker (plain http, private windows) the page works as it is.
 */
export async function goOffline(
  page: OfflinePage,
  url: string,
  onUpdate: (takeOver: () => void) => void,
): Promise<void> {
  const { serviceWorker } = page;
  if (serviceWorker === undefined) return;
  let takingOver = false;
  serviceWorker.addEventListener('controllerchange', () => {
    if (takingOver) page.reload();
    else isolate(page);
  });
  try {
    const registration = await serviceWorker.register(url);
    const offer = (worker: ServiceWorker | null) => {
      // The first version replaces nothing.
      if (worker === null || serviceWorker.controller === null) return;
      onUpdate(() => {
        takingOver = true;
        worker.postMessage('take-over');
      });
    };
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker);
      });
    });
    if (serviceWorker.controller !== null) isolate(page);
  } catch {
    // Not allowed here, or the file is not to be had: nothing depends on it.
  }
}

/** Once a tab, so that a host whose answers cannot be changed does not reload for ever. */
function isolate(page: OfflinePage): void {
  if (page.isolated || page.busy() || page.memory.getItem(reloadedKey) !== null) return;
  page.memory.setItem(reloadedKey, 'tried');
  page.reload();
}
