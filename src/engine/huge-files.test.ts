/** A gigabyte under every name that is opened: refused in words, and next to nothing of it read. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { setOwnWeights } from './bases/own-weights';
import { ImageStore } from './data/image-store';
import { importImages } from './data/import';
import { Job } from './job';
import { openStorage } from './storage';

/** Zeros without end, as far as anybody looks; counts how many bytes were looked at. */
class Gigabyte extends Blob {
  read = 0;

  override get size(): number {
    return 1e9;
  }

  override slice(start = 0, end = this.size): Blob {
    const from = start < 0 ? this.size + start : start;
    const length = Math.max(0, Math.min(end, this.size) - from);
    if (length > 2 ** 20) throw new Error(`${length} bytes at once`);
    this.read += length;
    return new Blob([new Uint8Array(length)]);
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new Error('read whole'));
  }
  override stream(): ReturnType<Blob['stream']> {
    return new ReadableStream({
      pull: (controller) => {
        this.read += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
  }
}

test.each([
  ['cats/a.jpg', 'too-large', /^954 MB; at most 256 MB$/],
  ['photos.zip', 'unreadable', /./],
  ['cifar-10-binary.tar.gz', 'unreadable', /./],
  ['cifar10/data_batch_1.bin', 'unreadable', /./],
])('%s is left out as %s', async (path, reason, detail) => {
  const blob = new Gigabyte();
  const store = new ImageStore(openStorage(path));
  const report = await importImages([{ path, blob }], store, new Job(), () => undefined);
  expect(report).toMatchObject({ added: 0, leftOut: [{ path, reason }] });
  expect(report.leftOut[0]!.detail).toMatch(detail);
  expect(blob.read).toBeLessThan(2 ** 20);
});

test.each(['mine.safetensors', 'mine.h5', 'model.json'])('%s is no weight file', async (path) => {
  const blob = new Gigabyte();
  await expect(setOwnWeights(openStorage(path), 'resnet50', [{ path, blob }])).rejects.toMatchObject({
    code: 'weights-incompatible',
    message: 'This weight file is larger than any base.',
  });
  expect(blob.read).toBeLessThan(2 ** 20);
});
