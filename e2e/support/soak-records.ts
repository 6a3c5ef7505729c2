import type { Page } from '@playwright/test';
import type {} from '../../src/main';

/** The images on record. */
export function imagesOf(page: Page): Promise<{ id: string; label: string }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('headway');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const store = opening.result.transaction('records').objectStore('records');
          const chunks = store.getAll(IDBKeyRange.bound('records/', 'records/\uffff'));
          chunks.onsuccess = () => {
            opening.result.close();
            resolve((chunks.result as { id: string; label: string }[][]).flat());
          };
        };
      }),
  );
}

/** What contradicts itself in a page at rest: its records among themselves, and what it shows of them. */
export function problems(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { headway } = window;
    const records = await new Promise<Map<string, unknown>>((resolve, reject) => {
      const opening = indexedDB.open('headway');
      opening.onerror = () => reject(new Error('no database'));
      opening.onsuccess = () => {
        const store = opening.result.transaction('records').objectStore('records');
        const keys = store.getAllKeys();
        const values = store.getAll();
        store.transaction.oncomplete = () => {
          opening.result.close();
          resolve(new Map(keys.result.map((key, i) => [key as string, values.result[i] as unknown])));
        };
      };
    });
    const found: string[] = [];
    const below = (prefix: string) =>
      [...records.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    const expectSame = (what: string, a: Iterable<string>, b: Iterable<string>) => {
      const [left, right] = [new Set(a), new Set(b)];
      for (const id of left) if (!right.has(id)) found.push(`${what}: ${id} only in the first`);
      for (const id of right) if (!left.has(id)) found.push(`${what}: ${id} only in the second`);
    };

    const images = below('records/').flatMap((key) => records.get(`records/${key}`) as { id: string }[]);
    const undo = records.get('undo/edit') as { dropped: string[] } | undefined;
    const ids = images.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) found.push('an image is recorded twice');
    expectSame('bytes and records', below('image/'), [...ids, ...(undo?.dropped ?? [])]);
    for (const key of below('square/'))
      if (!records.has(`image/${key.split('/')[0]!}`)) found.push(`square ${key} of no image`);

    const runs = below('run/');
    for (const kind of ['head/', 'evaluation/']) expectSame(`runs and ${kind}`, runs, below(kind));
    const chunks = below('features/');
    expectSame(
      'chunks and their indices',
      chunks.filter((key) => !key.endsWith('/ids')),
      chunks.filter((key) => key.endsWith('/ids')).map((key) => key.slice(0, -'/ids'.length)),
    );
    const others = (await headway.storage()).entries.filter(({ kind }) => kind === 'other');
    for (const { detail } of others) found.push(`nobody knows ${detail}`);

    const { dataset, results, lanes } = headway.snapshot();
    if (dataset.images !== ids.length) found.push(`${dataset.images} images are shown of ${ids.length}`);
    const counted = dataset.classes.reduce((sum, { count }) => sum + count, 0);
    if (counted !== ids.length) found.push(`classes count ${counted} of ${ids.length} images`);
    expectSame(
      'runs shown and stored',
      results.map(({ runId }) => runId),
      runs,
    );
    const isOpen = lanes.some(({ phase }) => phase === 'interrupted');
    if (records.has('session/unfinished') && !isOpen) found.push('a run is called unfinished, and none is');
    return found;
  });
}
