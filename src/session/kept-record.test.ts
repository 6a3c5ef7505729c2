import { expect, it } from 'vitest';
import type { ImageRecord } from '../engine/data/records';
import { keptRecord } from './kept-record';

it('keeps what a record says of its file, and nothing of what it looks like', () => {
  const said: ImageRecord = {
    ...{ id: 'a', label: '__proto__', path: 'b/c.png', share: 'test', width: 3, height: 4, bytes: 5 },
    mime: 'image/png',
  };
  for (let i = 0; i < 2; i++) expect(keptRecord({ ...said, phash: '0f' })).toEqual(said);
  expect(keptRecord({ ...said, share: null }).share).toBeNull();
});
