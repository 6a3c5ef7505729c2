import { ownLocks, type Locks } from '../engine/alive';

const name = 'headway';
/** Milliseconds: a page that is loaded anew may come before the one that it replaces has gone. */
const patience = 500;

/**
 * One tab at a time writes to the database. Resolves to true in the tab that may, until it is closed; to false where
 * another one has come first: `onTurn` is then called once that one has gone. Browsers without locks, and pages that
 * may not use them, go without.
 */
export function takeTurn(onTurn: () => void, locks: Locks | undefined = ownLocks()): Promise<boolean> {
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    let answered = false;
    const answer = (mayWrite: boolean) => {
      clearTimeout(timer);
      answered = true;
      resolve(mayWrite);
    };
    const timer = setTimeout(() => answer(false), patience);
    const held = locks.request(name, () => {
      if (answered) onTurn();
      else answer(true);
      // Until the browser takes it away.
      return new Promise<never>(() => undefined);
    });
    held.catch(() => answer(true));
  });
}
