import { afterEach, beforeEach } from 'vitest';
import { Job } from '../job';
import { openStorage, type Storage } from '../storage';
import { fixture, type FixtureName } from './fixtures';
import { ImageStore } from './image-store';
import { importImages } from './import';
import type { Bytes, ImageFile } from './records';

/** To be called once in a file of tests: each gets a database of its own, which is gone after it. */
export function ownStore() {
  const own = {} as {
    /** Of the database. */
    name: string;
    storage: Storage;
    store: ImageStore;
    add: (files: readonly ImageFile[]) => ReturnType<typeof importImages>;
  };
  beforeEach(() => {
    own.name = `images-${crypto.randomUUID()}`;
    own.storage = openStorage(own.name);
    own.store = new ImageStore(own.storage);
    own.add = (files) => importImages(files, own.store, new Job(), () => undefined);
  });
  afterEach(() => void indexedDB.deleteDatabase(own.name));
  return own;
}

export const text = (content: string): Bytes => new TextEncoder().encode(content);
export const file = (path: string, bytes: Bytes | FixtureName): ImageFile => ({
  path,
  blob: new Blob([typeof bytes === 'string' ? fixture(bytes) : bytes]),
});
export const sample = async () => {
  const response = await fetch('/sample/cifar10.zip');
  return { path: 'cifar10.zip', blob: await response.blob() };
};

/** A picture like no other: its colour is its number. */
export async function numbered(n: number, side = 4): Promise<Bytes> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `rgb(${n >> 8}, ${n & 255}, 77)`;
  context.fillRect(0, 0, side, side);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

/** A JPEG in which no two squares are alike. */
export async function noise(width: number, height: number): Promise<Bytes> {
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  const image = context.createImageData(width, height);
  for (let i = 0; i < image.data.length; i++)
    image.data[i] = i % 4 === 3 ? 255 : Math.imul(i ^ (i >> 9), 2654435761) >>> 24;
  context.putImageData(image, 0, 0);
  const blob = await context.canvas.convertToBlob({ type: 'image/jpeg' });
  return new Uint8Array(await blob.arrayBuffer());
}
