import { toErrorData } from './engine/errors';
import type { Headway } from './session/headway';
import { screenOf } from './session/screen';
import { Session } from './session/session';
import { scriptingSurface } from './session/surface';
import './ui/headway-app';

declare global {
  interface Window {
    headway: Headway;
  }
}

const session = new Session();
window.headway = scriptingSurface(session);
document.querySelector('headway-app')!.session = screenOf(session);
session.restore().catch((error: unknown) => session.showError(toErrorData(error)));
