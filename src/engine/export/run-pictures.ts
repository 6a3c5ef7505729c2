import { encode } from 'fast-png';
import { decodeImage } from '../data/decode';
import type { ImageStore } from '../data/image-store';
import type { ImageId } from '../data/records';
import { resample } from '../data/resize';
import { HeadwayError, toErrorData } from '../errors';
import type { RunResult } from '../run';
import type { PictureSource } from './certificate';
import { generatedPictures, type Picture } from './test-pictures';

/** Pictures of a certificate. */
const testPictureCount = 5;
/** Of the longer side: larger ones would only make the package heavy. */
const longestSide = 512;

/** Pictures for a run's certificate, as PNG. */
export async function testPictures(
  run: RunResult,
  images: ImageStore,
  source: PictureSource,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pictures = source === 'generated' ? generatedPictures() : await validationPictures(run, images);
  return pictures.map(toPng);
}

/**
 * Five of a run's validation images, spread over its whole list and so over its classes; pixels only, without the
 * file's EXIF. Throws `image-unreadable` where none is stored any more.
 */
async function validationPictures(run: RunResult, images: ImageStore): Promise<Picture[]> {
  const { validation } = run.split;
  const pictures: Picture[] = [];
  for (const id of spread(validation)) {
    if (pictures.length === testPictureCount) break;
    const bytes = (await images.bytes([id])).get(id);
    if (bytes === undefined) continue;
    try {
      pictures.push(smaller(await decodeImage(bytes)));
    } catch (error) {
      if (toErrorData(error).code !== 'image-unreadable') throw error;
    }
  }
  if (pictures.length > 0) return pictures;
  throw new HeadwayError({
    code: 'image-unreadable',
    message: 'None of this run’s validation images is stored any more.',
    advice: 'Export with generated test pictures instead.',
    why: { code: 'pictures-gone' },
  });
}

/** Evenly spaced ones first, then all others. */
function spread(ids: readonly ImageId[]): ImageId[] {
  const count = Math.min(testPictureCount, ids.length);
  const first = Array.from({ length: count }, (_, i) => ids[Math.floor(((i + 0.5) * ids.length) / count)]!);
  const taken = new Set(first);
  return [...first, ...ids.filter((id) => !taken.has(id))];
}

function smaller({ rgba, width, height }: Awaited<ReturnType<typeof decodeImage>>): Picture {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const to = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  return { ...to, rgb: resample(rgba, width, { x: 0, y: 0, width, height }, to.width, to.height) };
}

/** As a file that every decoder reads alike: 8-bit RGB, no colour profile, no gamma. */
export function toPng({ width, height, rgb }: Picture): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data: rgb, channels: 3, depth: 8 }));
}

/** The way back. */
export async function fromPng(png: Blob): Promise<Picture> {
  const { rgba, width, height } = await decodeImage(png);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; o < rgb.length; i += 4, o += 3) rgb.set(rgba.subarray(i, i + 3), o);
  return { width, height, rgb };
}
