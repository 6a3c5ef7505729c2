/**
 * Keeps the page itself, so that it opens without a network (weights, images and results are in IndexedDB already), and
 * adds the headers that a static host may not send. A new version waits until the page asks for it: nothing is taken
 * from under a run.
 */
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { mirrorUrl } from '../engine/bases/mirror-url';
import { openStorage } from '../engine/storage';
import { withHeaders } from './headers';

declare const self: ServiceWorkerGlobalScope;
/** The files of the build with what tells their versions apart; written in by the build. */
declare const __PRECACHE__: PrecacheEntry[];

const storage = openStorage();
/** A page without storage has no mirror of its own either. */
const mirror = () => mirrorUrl(storage).catch(() => null);

addPlugins([
  {
    handlerWillRespond: async ({ request, response }) =>
      withHeaders(response, await mirror(), request.mode === 'navigate'),
  },
]);
cleanupOutdatedCaches();
precacheAndRoute(__PRECACHE__, { ignoreURLParametersMatching: [/./] });

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});
// The first visit is looked after as well, not only those that follow.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
