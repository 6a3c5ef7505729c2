// Before anything that starts a worker.
import './trusted-types';
import { toErrorData } from './engine/errors';
import type { Headway } from './session/headway';
import { goOffline } from './session/offline';
import { screenOf } from './session/screen';
import { Session } from './session/session';
import { scriptingSurface } from './session/surface';
import './ui/headway-app';
import { startLanguage } from './ui/language';

declare global {
  interface Window {
    headway: Headway;
  }
}

const session = new Session();
const screen = screenOf(session);
window.headway = {
  ...scriptingSurface(session),
  htmlReport: async (runIds) => (await import('./ui/report/html-report')).htmlReport(screen, runIds),
};
const app = document.querySelector('headway-app')!;
app.session = screen;
// Nothing is drawn in one language and then in another; what cannot be fetched is said in English.
app.hidden = true;
void startLanguage().finally(() => (app.hidden = false));
const failed = (error: unknown) => session.showError(toErrorData(error));
session.restore().catch(failed);
// Nothing of it would be there any more.
window.addEventListener('beforeunload', (event) => {
  const { memory, dataset, results } = session.state;
  if (memory !== undefined && dataset.records.length + results.length > 0) event.preventDefault();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) session.lookAgain().catch(failed);
});

// In development every file changes all the time.
if (import.meta.env.PROD)
  void goOffline(
    {
      serviceWorker: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
      isolated: crossOriginIsolated,
      reload: () => location.reload(),
      busy: () => {
        const { dataset, lanes, results } = session.state;
        return dataset.importing !== null || dataset.records.length + lanes.length + results.length > 0;
      },
      memory: sessionStorage,
    },
    'service-worker.js',
    (takeOver) => (app.takeOver = takeOver),
  );
