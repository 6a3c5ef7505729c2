import type { Storage } from './storage';

/** The same storage, but for the keys at which it fails, as a full or damaged disk does. */
export function faulty(
  storage: Storage,
  method: 'get' | 'put',
  fails: (key: IDBValidKey) => boolean,
  name = method === 'put' ? 'QuotaExceededError' : 'DataError',
): Storage {
  return (mode, use) =>
    storage(mode, (store) =>
      use(
        new Proxy(store, {
          get(target, property) {
            const value: unknown = Reflect.get(target, property, target);
            if (typeof value !== 'function') return value;
            return (...values: unknown[]): unknown => {
              if (property === method && fails(values[method === 'put' ? 1 : 0] as IDBValidKey))
                throw new DOMException('as a disk would', name);
              return Reflect.apply(value, target, values);
            };
          },
        }),
      ),
    );
}
