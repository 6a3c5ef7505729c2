import { nextTask } from '../engine/job';

/** What has to be drawn; a promise where that takes more than the call. */
export type Draw = () => unknown;

/** Milliseconds without a frame after which there is none to wait for. */
const longest = 500;
/** Milliseconds of drawing in one task: what is left then waits for the next one, so that input gets its turn. */
const enough = 10;

/** In the order in which they were asked for. */
const waiting = new Set<Draw>();
let isAsked = false;

/**
 * Calls `draw` with the next frame, after all that were asked for before. Browsers give a hidden page none, but its
 * title is still seen, and what it has to tell heard: then it is called soon. Returns what calls it off.
 */
export function nextFrame(draw: Draw): () => void {
  const own: Draw = () => draw();
  waiting.add(own);
  ask();
  return () => waiting.delete(own);
}

/** Resolves once the next frame has drawn all that was asked for until now. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => void nextFrame(resolve));
}

function ask(): void {
  if (isAsked) return;
  isAsked = true;
  const now = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    void drawWaiting();
  };
  const frame = requestAnimationFrame(now);
  const timer = setTimeout(now, longest);
}

async function drawWaiting(): Promise<void> {
  // The frame's own task goes on to lay out and paint the page: drawing in it, too, would hold input back twice as long.
  await nextTask();
  let began = performance.now();
  try {
    for (const draw of [...waiting]) {
      if (performance.now() - began > enough) {
        await nextTask();
        began = performance.now();
      }
      // It may have been called off meanwhile.
      if (waiting.delete(draw)) await draw();
    }
  } finally {
    isAsked = false;
    // Asked for meanwhile, or left by one that failed.
    if (waiting.size > 0) ask();
  }
}
