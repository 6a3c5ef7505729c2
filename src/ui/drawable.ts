/** Bytes, in which nearly every picture has told its size; one that has not is shown later. */
const headerBytes = 2 ** 20;

/**
 * Whether a file that nobody has read yet may be shown: a picture by its content, and of a size that the engine takes.
 * The browser would draw anything, here and at once: a drawing that unfolds without end, or a picture larger than memory.
 */
export async function isDrawable(file: Blob): Promise<boolean> {
  const { probeImage } = await import('../engine/data/decode');
  try {
    probeImage(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}
