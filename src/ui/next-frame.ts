/** Milliseconds without a frame after which there is none to wait for. */
const longest = 500;

/**
 * Calls `draw` with the next frame. Browsers give a hidden page none, but its title is still seen, and what it has to
 * tell heard: then it is called soon. Returns what calls it off.
 */
export function nextFrame(draw: () => void): () => void {
  const callOff = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const now = () => {
    callOff();
    draw();
  };
  const frame = requestAnimationFrame(now);
  const timer = setTimeout(now, longest);
  return callOff;
}
