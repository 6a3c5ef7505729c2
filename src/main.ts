import type { Headway } from './session/headway';
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
document.querySelector('headway-app')!.session = session;
void session.restore();
