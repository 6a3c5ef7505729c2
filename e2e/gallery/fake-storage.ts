import type { StorageReport } from '../../src/session/storehouse';

const entry = { base: null, detail: '' };

/** Something of every kind. */
export const fakeStorage: StorageReport = {
  used: 1_830_000_000,
  quota: 6_400_000_000,
  kept: false,
  inMemory: false,
  entries: [
    {
      ...entry,
      id: 'maps',
      kind: 'maps',
      base: 'resnet50',
      detail: 'conv4_block6_out',
      count: 2000,
      bytes: 803e6,
    },
    { ...entry, id: 'runs', kind: 'runs', count: 12, bytes: 251e6 },
    { ...entry, id: 'unfinished', kind: 'unfinished', count: 1, bytes: 240e6 },
    {
      ...entry,
      id: 'weights',
      kind: 'weights',
      base: 'resnet50',
      detail: 'idai-shapes-ceramics_resnet50@1.0.1',
      count: 24,
      bytes: 94_460_416,
    },
    { ...entry, id: 'own', kind: 'weights', base: 'vgg16', detail: 'own/vgg16', count: 1, bytes: 58_889_256 },
    { ...entry, id: 'images', kind: 'images', count: 400, bytes: 33_400_000 },
    {
      ...entry,
      id: 'features',
      kind: 'features',
      base: 'resnet50',
      detail: 'avg_pool',
      count: 400,
      bytes: 3_276_800,
    },
    { ...entry, id: 'removed', kind: 'removed', count: 3, bytes: 250_000 },
  ],
};
