import { transferHandlers } from 'comlink';
import type { ImageId } from '../engine/data/records';

/**
 * Long lists of image ids travel as one string each, wherever in an argument or an answer they lie: sending or reading
 * 60,000 strings holds up the page for a frame or two. Both ends call it.
 */
export function carryIds(): void {
  const lists = new IdLists();
  transferHandlers.set('ids', {
    canHandle: (value): value is unknown => holdsLong(value),
    serialize: (value: unknown) => [lists.pack(value), []],
    deserialize: (value: unknown) => lists.unpack(value),
  });
}

type Ids = readonly ImageId[];

/** Instead of a list, in a message. */
interface IdsAsOne {
  readonly idsAsOne: string;
}

/** Fewer are sent as they are. */
const many = 256;
/** Hexadecimal digits of a SHA-256. */
const idLength = 64;

/**
 * Packs lists, and unpacks them. One that is here already is not made again: the runs of a data set share theirs, and
 * whoever compares two sees at once that they are the same.
 */
export class IdLists {
  // Neither keeps a list that nobody else needs any more.
  readonly #oneOf = new WeakMap<Ids, string>();
  #lists: WeakRef<Ids>[] = [];

  /** A copy of `value` in which every long list is one string. */
  pack(value: unknown): unknown {
    return replaced(value, isLong, (ids): IdsAsOne => {
      const idsAsOne = this.#oneOf.get(ids) ?? ids.join('');
      this.#remember(ids, idsAsOne);
      return { idsAsOne };
    });
  }

  /** What was packed. */
  unpack(value: unknown): unknown {
    return replaced(value, isAsOne, ({ idsAsOne }): Ids => {
      const known = this.#lists.map((list) => list.deref()).find((ids) => this.#isOf(ids, idsAsOne));
      if (known !== undefined) return known;
      const ids: ImageId[] = [];
      for (let at = 0; at < idsAsOne.length; at += idLength) ids.push(idsAsOne.slice(at, at + idLength));
      this.#remember(ids, idsAsOne);
      return ids;
    });
  }

  #isOf(ids: Ids | undefined, idsAsOne: string): boolean {
    return ids !== undefined && this.#oneOf.get(ids) === idsAsOne;
  }

  #remember(ids: Ids, idsAsOne: string): void {
    if (this.#oneOf.has(ids)) return;
    this.#oneOf.set(ids, idsAsOne);
    this.#lists = this.#lists.filter((list) => list.deref() !== undefined);
    this.#lists.push(new WeakRef(ids));
  }
}

const isLong = (value: unknown): value is Ids =>
  Array.isArray(value) && value.length >= many && value.every(isId);
const isId = (value: unknown): value is ImageId => typeof value === 'string' && value.length === idLength;

const isAsOne = (value: unknown): value is IdsAsOne => isRecord(value) && 'idsAsOne' in value;

// What a list may lie in: records by name, and short lists of them, as of runs.
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isShort = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length < many;

function holdsLong(value: unknown): boolean {
  if (isRecord(value)) return Object.values(value).some(holdsLong);
  return isLong(value) || (isShort(value) && value.some(holdsLong));
}

function replaced<T>(value: unknown, is: (value: unknown) => value is T, by: (value: T) => unknown): unknown {
  if (is(value)) return by(value);
  if (isShort(value)) return value.map((part) => replaced(part, is, by));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part, is, by)]));
}
