import { ownId } from '../engine/bases/own-source';
import { cutOf } from '../engine/cuts';
import { nets } from '../engine/nets';
import type { StoredEntry } from '../engine/usage-sections';
import type { StorageReport } from '../session/storehouse';
import { bytes, images } from './format';
import { words } from './words';

/** A row of what is stored. */
export interface StoredView {
  readonly id: string;
  readonly title: string;
  /** How much it is, and what becomes of it. */
  readonly text: string;
  readonly size: string;
  /** What is asked before it goes; null: it comes back by itself. */
  readonly question: string | null;
}

export function storedView(entry: StoredEntry): StoredView {
  return { id: entry.id, size: bytes(entry.bytes), question: null, ...textOf(entry) };
}

function textOf({
  kind,
  base,
  detail,
  count,
}: StoredEntry): Pick<StoredView, 'title' | 'text'> & Partial<Pick<StoredView, 'question'>> {
  const { storage } = words;
  const net = base === null ? storage.unknownBase : nets[base].title;
  const place = base === null || detail === cutOf({}, base) ? net : storage.at(net, detail);
  switch (kind) {
    case 'images':
      return { title: storage.images, text: images(count), question: storage.imagesSure(count) };
    case 'features':
    case 'maps':
      return { title: storage[kind](place), text: storage.again(count) };
    case 'weights':
      return base !== null && detail === ownId(base)
        ? { title: storage.own(net), text: storage.ownText, question: storage.ownSure(net) }
        : { title: storage.weights(net), text: storage.weightsText(detail) };
    case 'runs':
      return { title: storage.runs, text: storage.runsText(count), question: storage.runsSure(count) };
    case 'removed':
      return { title: storage.removed, text: storage.removedText(count) };
    case 'unfinished':
    case 'cifar10':
    case 'other':
      return { title: storage[kind], text: storage[`${kind}Text`] };
  }
}

/** 1.2 GB of 10 GB that this browser allows; null where it does not say. */
export function roomText({
  used,
  quota,
  inMemory,
}: Pick<StorageReport, 'used' | 'quota' | 'inMemory'>): string | null {
  const text = inMemory ? words.storage.memoryRoom : words.storage.room;
  return used === null || quota === null ? null : text(bytes(used), bytes(quota));
}
