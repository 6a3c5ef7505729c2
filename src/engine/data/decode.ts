/**
 * From a file's bytes to pixels, with the browser's own decoders; works in a worker. EXIF orientation is applied,
 * colours are converted to sRGB, transparency is laid on white (the background that most pictures are cut out
 * from), and of an animation the first frame counts.
 */
import { imageSize } from 'image-size';
import { HeadwayError } from '../errors';
import type { FileFault } from '../reason';
import { Budget } from './budget';
import { gifSize, jpegFrame, type FrameSize } from './frame-size';
import type { Bytes } from './records';
import { sniffImage } from './sniff';
import { SpareArrays } from './spare-arrays';

/** Canvases end there in Chromium. */
export const maxSide = 16_384;
/** Decoded, 480 MB. */
export const maxPixels = 120e6;
/** 256 MB. */
export const maxFileBytes = 256 * 2 ** 20;
/** Of the longer side, in pixels. */
export const thumbnailSide = 128;

/** Arrays for pixels, kept between images: 48 fresh megabytes take 50 ms to be had. */
const spare = new SpareArrays(64 * 2 ** 20);

/** Bounds the memory of images decoded at once: 256 MB, or one large image alone. */
const pixelsInFlight = new Budget(64e6);

export interface ImageHeader {
  /** Pixels as the file says, after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** By content, not by name. */
  readonly mime: string;
}

export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** [height, width, 4], opaque */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export function unreadable(details: string, why: FileFault): HeadwayError {
  return new HeadwayError({
    code: 'image-unreadable',
    message: 'The image cannot be read.',
    advice: 'Open it in an image editor, save it as JPEG or PNG, and add it again.',
    details,
    why,
  });
}

function tooLarge(details: string, why: FileFault): HeadwayError {
  return new HeadwayError({
    code: 'image-too-large',
    message: 'The image is too large.',
    advice: 'Make it smaller; the bases look at squares of 224 or 299 pixels anyway.',
    details,
    why,
  });
}

/** Throws `image-too-large` for a file that should not even be read. */
export function checkFileSize(bytes: number): void {
  if (bytes > maxFileBytes)
    throw tooLarge(`${Math.round(bytes / 2 ** 20)} MB; at most ${maxFileBytes / 2 ** 20} MB`, {
      fault: 'too-many-bytes',
      bytes,
      most: maxFileBytes,
    });
}

/**
 * Size and type from the header alone, so that a picture that would fill the memory is refused before it is
 * decoded. Throws `image-unreadable` or `image-too-large`.
 */
export function probeImage(bytes: Uint8Array): ImageHeader {
  return headerOf(bytes).header;
}

/** The header, and whether the pixels lie in the file as they are to be seen, neither turned nor mirrored. */
function headerOf(bytes: Uint8Array): { readonly header: ImageHeader; readonly isUpright: boolean } {
  checkFileSize(bytes.length);
  const mime = sniffImage(bytes);
  if (mime === null) throw unreadable('Not an image by its content', { fault: 'no-image' });
  const header = sizeOf(bytes, mime);
  const { orientation } = header;
  const turned = orientation !== null && orientation >= 5;
  const width = turned ? header.height : header.width;
  const height = turned ? header.width : header.height;
  if (!(width >= 1 && height >= 1))
    throw unreadable(`Its header says ${width} × ${height} pixels`, { fault: 'odd-size', width, height });
  checkPixels(width, height);
  return { header: { width, height, mime }, isUpright: orientation === 1 };
}

/** As it lies in the file, and its EXIF orientation; null: the header does not tell. */
function sizeOf(bytes: Uint8Array, mime: string): FrameSize & { readonly orientation: number | null } {
  try {
    if (mime === 'image/jpeg') {
      const frame = jpegFrame(bytes);
      if (frame === null) throw new Error('no frame');
      const { width, height, end, isClean } = frame;
      return { width, height, orientation: isClean ? orientationOf(bytes.subarray(0, end)) : null };
    }
    const { width, height, orientation = 1 } = imageSize(bytes);
    return { width, height, orientation, ...(mime === 'image/gif' && gifSize(bytes)) };
  } catch (error) {
    throw unreadable(`No size in its header (${mime}): ${String(error)}`, { fault: 'no-size', mime });
  }
}

/** From the header of a JPEG alone: through a file that is none the reader goes byte by byte. */
function orientationOf(header: Uint8Array): number | null {
  try {
    return imageSize(header).orientation ?? 1;
  } catch {
    return null;
  }
}

function checkPixels(width: number, height: number): void {
  if (Math.max(width, height) > maxSide || width * height > maxPixels)
    throw tooLarge(
      `${width} × ${height} pixels; at most ${maxSide} a side and ${maxPixels / 1e6} megapixels`,
      { fault: 'too-many-pixels', width, height, mostASide: maxSide, most: maxPixels },
    );
}

/**
 * Decodes an image for as long as `use` takes; the bitmap is closed after it. Few images are decoded at once, by
 * their pixels: others wait. Throws as `probeImage`, and `image-unreadable` when the decoder gives up.
 */
export async function withBitmap<T>(
  bytes: Bytes,
  use: (bitmap: ImageBitmap, mime: string, isUpright: boolean) => T | Promise<T>,
): Promise<T> {
  const { header, isUpright } = headerOf(bytes);
  const { width, height, mime } = header;
  return pixelsInFlight.spend(width * height, async () => {
    let bitmap;
    try {
      bitmap = await createImageBitmap(new Blob([bytes], { type: mime }));
    } catch (error) {
      throw unreadable(`The browser could not decode it (${mime}, ${width} × ${height}): ${String(error)}`, {
        fault: 'undecodable',
        mime,
        width,
        height,
      });
    }
    try {
      // Whatever the header said: nothing of that size is made of it.
      checkPixels(bitmap.width, bitmap.height);
      return await use(bitmap, mime, isUpright);
    } finally {
      bitmap.close();
    }
  });
}

/** The pixels of an image, on white. Throws `image-unreadable` or `image-too-large`. */
export function decodeImage(source: Bytes | Blob): Promise<DecodedImage> {
  return withPixels(source, ({ width, height, rgba }) => ({ width, height, rgba: rgba.slice() }));
}

/**
 * Shows `use` the pixels of an image, on white, and returns what it makes of them; the array is overwritten by the
 * next image. Throws `image-unreadable` or `image-too-large`.
 */
export async function withPixels<T>(source: Bytes | Blob, use: (image: DecodedImage) => T): Promise<T> {
  if (source instanceof Blob) checkFileSize(source.size);
  const bytes = source instanceof Blob ? await readBlob(source) : source;
  return withBitmap(bytes, (bitmap, mime, isUpright) => pixelsOf(bitmap, mime, isUpright, use));
}

/** `withPixels` of an image that is decoded already. */
export async function pixelsOf<T>(
  bitmap: ImageBitmap,
  mime: string,
  isUpright: boolean,
  use: (image: DecodedImage) => T,
): Promise<T> {
  const { width, height } = bitmap;
  // Nothing to turn or to lay on white: no canvas is needed.
  const room = mime === 'image/jpeg' && isUpright ? spare.take(4 * width * height) : null;
  try {
    if (room !== null && (await copyPixels(bitmap, room))) return use({ width, height, rgba: room });
  } finally {
    if (room !== null) spare.give(room);
  }
  return use({
    width,
    height,
    rgba: drawOnWhite(bitmap, width, height).getImageData(0, 0, width, height).data,
  });
}

/**
 * The bitmap's own bytes, the same as through a canvas: for 12 megapixels 14 ms instead of 90. False where the browser
 * cannot.
 */
async function copyPixels(bitmap: ImageBitmap, into: Uint8ClampedArray<ArrayBuffer>): Promise<boolean> {
  if (typeof VideoFrame === 'undefined') return false;
  try {
    const frame = new VideoFrame(bitmap, { timestamp: 0, alpha: 'discard' });
    try {
      await frame.copyTo(into, { format: 'RGBX' });
      return true;
    } finally {
      frame.close();
    }
  } catch {
    return false;
  }
}

/**
 * A small JPEG whose longer side is `side` pixels; null for an image that is no larger than that: it is its own
 * thumbnail.
 */
export async function makeThumbnail(bitmap: ImageBitmap, side = thumbnailSide): Promise<Blob | null> {
  const scale = side / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) return null;
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const { canvas } = drawOnWhite(bitmap, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}

/** A file's bytes. Throws `image-unreadable` when the file is gone or may not be read. */
export async function readBlob(blob: Blob): Promise<Bytes> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw unreadable(`The file could not be read: ${String(error)}`, { fault: 'file-gone' });
  }
}

/** Drawn to that size, whatever its own; the canvas is of plain memory. Throws `out-of-memory`. */
export function drawOnWhite(
  bitmap: ImageBitmap,
  width: number,
  height: number,
): OffscreenCanvasRenderingContext2D {
  const canvas = new OffscreenCanvas(width, height);
  // Read often: keeps the canvas in memory instead of on a GPU, from where pixels come back slowly.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null)
    throw new HeadwayError({
      code: 'out-of-memory',
      message: 'The browser has no memory left to draw an image.',
      advice: 'Close other tabs and start again: what was finished is kept.',
      details: `${width} × ${height} pixels`,
      why: { code: 'canvas-memory' },
    });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(bitmap, 0, 0, width, height);
  return context;
}
