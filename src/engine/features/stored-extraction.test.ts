import 'fake-indexeddb/auto';
import { setMany } from 'idb-keyval';
import { expect, it } from 'vitest';
import { folder, keepDigest } from '../bases/kept';
import { sourcesOf } from '../bases/sources';
import { inputCut } from '../nets/graph';
import { resnet50 } from '../nets/resnet50';
import { openStorage } from '../storage';
import { copySpecs } from './copies';
import { bottleneckSpec } from './estimate';
import { FeatureStore } from './store';
import { storedExtraction } from './stored-extraction';

it('is there when weights, digest and the features of every image are', async () => {
  const storage = openStorage('stored-extraction');
  const request = { base: 'resnet50', backend: null, resize: 'stretch' } as const;
  const asked = (ids: string[], more: object = {}) =>
    storedExtraction(storage, { ...request, ...more }, ids, () => Promise.resolve('wasm'));
  const spec = bottleneckSpec('resnet50', 'ab'.repeat(32), 'stretch');
  await new FeatureStore(storage).put(spec, ['a', 'b'], new Float32Array(2 * 2048));
  const source = sourcesOf(resnet50, null)[0]!;
  await keepDigest(storage, source, spec.weightsDigest);
  // The weights themselves are missing: others may be had in their place.
  expect(await asked(['a'])).toBeNull();
  await setMany(
    source.files.map(({ name }) => [folder(source) + name, new Uint8Array()]),
    storage,
  );
  expect(await asked(['b', 'a'])).toMatchObject({
    spec,
    backend: 'wasm',
    weights: { source: source.id },
    failed: [],
    timing: { extractedImages: 0, imagesPerSecond: null },
  });
  expect((await asked(['a'], { backend: 'webgl' }))?.backend).toBe('webgl');
  expect(await asked(['a', 'c'])).toBeNull();
  expect(await asked(['a'], { resize: 'crop' })).toBeNull();
  expect(await asked(['a'], { cut: 'conv4_block6_out' })).toBeNull();
  expect(await asked(['a'], { others: ['conv4_block6_out'] })).toBeNull();
  expect(await asked(['a'], { form: 'map' })).toBeNull();
  expect(await asked([], { cut: inputCut })).toBeNull();
  const augmentation = { flip: true, crop: 0.2, colour: 0 };
  const copied = { copies: 2, augmentation, seed: 1, ids: ['b'] };
  expect(await asked(['a', 'b'], { copied })).toBeNull();
  const [, copy] = copySpecs(spec, copied);
  await new FeatureStore(storage).put(copy!, ['b'], new Float32Array(2048));
  expect(await asked(['a', 'b'], { copied })).toMatchObject({ spec, failed: [] });
});
