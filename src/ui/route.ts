import { steps, type StepId } from './steps';

/** A view of the page as a link: `#results/<run id>/<tab of its evaluation>`, `#data`. */
export interface View {
  readonly step: StepId;
  readonly run: string | null;
  readonly tab: string | null;
}

/** Null: the hash names no view; the replay and anchors of others are left alone. */
export function viewOf(hash: string): View | null {
  const [step, run = '', tab = ''] = hash.replace(/^#/, '').split('/').map(decoded);
  const known = steps.find((id) => id === step);
  return known ? { step: known, run: run || null, tab: tab || null } : null;
}

export function hashOf({ step, run, tab }: View): string {
  const parts = [step, run ?? '', tab ?? ''].map(encodeURIComponent);
  return `#${parts.join('/').replace(/\/+$/, '')}`;
}

/** Keeps the view in the address, for a link or a reload; a new one can be gone back from. */
export function remember(view: View, isNew: boolean): void {
  const hash = hashOf(view);
  if (hash === location.hash) return;
  if (isNew) history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

/** Links may be damaged. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
