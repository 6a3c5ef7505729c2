import { afterAwake } from './awake';

/**
 * A worker that starts workers of its own can be held inside the browser for good, in the constructor: seen in Firefox
 * while something debugs it. It sends no event then, and its timers stand still. So it says before what it is about to
 * do, and whoever started it notices when it does not come back.
 */
export type OnStarts = (underWay: number) => void;

let tell: OnStarts = () => undefined;
let underWay = 0;

/** In a worker: who is told from now on how many starts of nested workers are under way, whenever that changes. */
export function tellStarts(listener: OnStarts): void {
  tell = listener;
}

/** In a worker: starts workers of its own, at once or in time, and tells of it. Ends as `start` does. */
export function announced<T>(start: () => T): T {
  const back = () => tell(--underWay);
  let isUnderWay = false;
  tell(++underWay);
  try {
    const started = start();
    isUnderWay = started instanceof Promise;
    if (started instanceof Promise) started.then(back, back);
    return started;
  } finally {
    if (!isUnderWay) back();
  }
}

/** Milliseconds: the worker itself, if it can, gives up long before. */
const patience = 60_000;

/** Outside: what the worker tells. Calls `held` when it does not come back from a start, unless `signal` comes first. */
export function watchStarts(signal: AbortSignal, held: () => void): OnStarts {
  let callOff: () => void = () => undefined;
  signal.addEventListener('abort', () => callOff());
  return (starts) => {
    callOff();
    if (starts > 0 && !signal.aborted) callOff = afterAwake(patience, held);
  };
}
