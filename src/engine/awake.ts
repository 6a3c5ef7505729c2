/** Milliseconds that a timer may come late on a busy machine; one that is later has been slept through. */
const mostLate = 5_000;

/**
 * Calls `end` once `ms` have passed in which what is waited for could have come. A machine that slept, or a thread that
 * was busy, has heard nothing in the meantime, whether its timers went on or not: the time begins anew. The clock is of
 * the wall, for others stand still during sleep. Returns what calls it off.
 */
export function afterAwake(ms: number, end: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const start = Date.now();
    timer = setTimeout(() => {
      if (Date.now() - start > ms + mostLate) wait();
      else end();
    }, ms);
  };
  wait();
  return () => clearTimeout(timer);
}
