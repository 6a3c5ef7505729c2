import { HeadwayError } from '../errors';
import type { ImageId, ImageRecord, Share } from './records';

/** A change of the data set: images are dropped, moved to a share, given to another class, or a class is merged into another. */
export type DatasetEdit =
  | { readonly kind: 'drop'; readonly images: readonly ImageId[] }
  /** As if they had come in the folder of that share. */
  | { readonly kind: 'move'; readonly images: readonly ImageId[]; readonly to: Share }
  | { readonly kind: 'relabel'; readonly images: readonly ImageId[]; readonly to: string }
  /** A class of the new name may exist already or not: this renames as well. */
  | { readonly kind: 'merge'; readonly from: string; readonly to: string };

/** What the last edit did, as long as it can be undone. */
export interface EditMade {
  readonly kind: DatasetEdit['kind'];
  /** How many records were changed or dropped. */
  readonly images: number;
  /** Of `merge`: the class that is no more. */
  readonly from?: string;
  /** The share or the class that they are in now; not of `drop`. */
  readonly to?: string;
}

/** Returns the record after an edit, the same object where it is not concerned, null where it is dropped. */
export function editorOf(edit: DatasetEdit): (record: ImageRecord) => ImageRecord | null {
  if (edit.kind === 'merge') {
    const label = edit.to.normalize('NFC');
    return (record) => (record.label === edit.from && record.label !== label ? { ...record, label } : record);
  }
  const images = new Set(edit.images);
  const concerned = (change: (record: ImageRecord) => ImageRecord | null) => (record: ImageRecord) =>
    images.has(record.id) ? change(record) : record;
  switch (edit.kind) {
    case 'drop':
      return concerned(() => null);
    case 'move':
      return concerned((record) => (record.share === edit.to ? record : { ...record, share: edit.to }));
    case 'relabel': {
      const label = edit.to.normalize('NFC');
      return concerned((record) => (record.label === label ? record : { ...record, label }));
    }
  }
}

const shares: readonly unknown[] = ['train', 'validation', 'test'] satisfies Share[];

/**
 * Edits may come from a script.
 * @throws HeadwayError `invalid-request`
 */
export function checkEdit(edit: unknown): asserts edit is DatasetEdit {
  const given = (edit ?? {}) as Partial<Record<'kind' | 'images' | 'from' | 'to', unknown>>;
  const isName = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
  const areImages = Array.isArray(given.images) && given.images.every((id) => typeof id === 'string');
  const good =
    given.kind === 'merge'
      ? typeof given.from === 'string' && isName(given.to)
      : areImages &&
        (given.kind === 'drop' ||
          (given.kind === 'move' && shares.includes(given.to)) ||
          (given.kind === 'relabel' && isName(given.to)));
  if (good) return;
  throw new HeadwayError({
    code: 'invalid-request',
    message: 'That is no change of the data set that Headway knows.',
    advice:
      "Pass { kind: 'drop', images }, { kind: 'move', images, to: 'train', 'validation' or 'test' }, " +
      "{ kind: 'relabel', images, to: class } or { kind: 'merge', from: class, to: class }.",
    details: (JSON.stringify(edit) as string | undefined)?.slice(0, 200) ?? 'undefined',
  });
}
