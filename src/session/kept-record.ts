import type { ImageRecord } from '../engine/data/records';

/** Labels and types, of which many records have the same. */
const words = new Map<string, string>();

function once(word: string): string {
  const known = words.get(word);
  if (known === undefined) words.set(word, word);
  return known ?? word;
}

/**
 * A record as the page keeps it. One that comes in a message has strings of its own for everything, and what it looks
 * like, which only workers ask: of 60,000 the browser then looks through half a million things at every collection of
 * garbage, instead of 180,000.
 */
export function keptRecord(record: ImageRecord): ImageRecord {
  const { id, label, path, share, width, height, bytes, mime } = record;
  return { id, label: once(label), path, share, width, height, bytes, mime: once(mime) };
}
