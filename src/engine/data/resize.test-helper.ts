import { imageId } from './digest';
import type { ResizeMode } from './records';

/*
 * The expected values were made once with Pillow 12.3.0 and this script:
 *
 *   import hashlib
 *   import numpy as np
 *   from PIL import Image
 *
 *   def picture(w, h):
 *       state, out = 1, np.empty(w * h * 3, np.uint8)
 *       for i in range(out.size):
 *           state = (state * 1664525 + 1013904223) % 2**32
 *           out[i] = state >> 24
 *       return Image.fromarray(out.reshape(h, w, 3))
 *
 *   def square(im, size, mode):
 *       w, h = im.size
 *       if mode == 'stretch':
 *           return im.resize((size, size), Image.BILINEAR)
 *       if mode == 'crop':
 *           s = min(w, h); x, y = (w - s) // 2, (h - s) // 2
 *           return im.crop((x, y, x + s, y + s)).resize((size, size), Image.BILINEAR)
 *       k = size / max(w, h)
 *       fit = im.resize((max(1, int(w * k + 0.5)), max(1, int(h * k + 0.5))), Image.BILINEAR)
 *       out = Image.new('RGB', (size, size), (124, 116, 104))
 *       out.paste(fit, ((size - fit.width) // 2, (size - fit.height) // 2))
 *       return out
 *
 *   for w, h, size in [(5, 3, 4), (32, 32, 224), (500, 375, 224), (375, 501, 299), (224, 224, 224), (1, 7, 8), (400, 2, 16), (1000, 30, 75)]:
 *       for mode in ['stretch', 'crop', 'letterbox']:
 *           b = square(picture(w, h), size, mode).tobytes()
 *           print(f"  [{w}, {h}, {size}, '{mode}', '{hashlib.sha256(b).hexdigest()[:16]}'],")
 *   print(list(square(picture(5, 3), 4, 'stretch').tobytes()))
 */
export const expected: readonly [
  width: number,
  height: number,
  size: number,
  mode: ResizeMode,
  sha256: string,
][] = [
  [5, 3, 4, 'stretch', 'dc500ab9786b6737'],
  [5, 3, 4, 'crop', '701c6a5104a44d7e'],
  [5, 3, 4, 'letterbox', 'e1b87180c6ec9135'],
  [32, 32, 224, 'stretch', '5d7afdf9ee0fc16c'],
  [32, 32, 224, 'crop', '5d7afdf9ee0fc16c'],
  [32, 32, 224, 'letterbox', '5d7afdf9ee0fc16c'],
  [500, 375, 224, 'stretch', 'ebbd5667dc2b97f8'],
  [500, 375, 224, 'crop', 'd23735c24418d725'],
  [500, 375, 224, 'letterbox', 'f43b9f796a540a28'],
  [375, 501, 299, 'stretch', 'ebe347fe0ef07a3d'],
  [375, 501, 299, 'crop', '2abbb38889df6d88'],
  [375, 501, 299, 'letterbox', '5391facf301ee72a'],
  [224, 224, 224, 'stretch', '656c4935ee43649b'],
  [224, 224, 224, 'crop', '656c4935ee43649b'],
  [224, 224, 224, 'letterbox', '656c4935ee43649b'],
  [1, 7, 8, 'stretch', 'af68193ec7a363ad'],
  [1, 7, 8, 'crop', 'aebc717bbbb9a282'],
  [1, 7, 8, 'letterbox', '92cd553606523d2f'],
  [400, 2, 16, 'stretch', 'bbae8a8c8e19963f'],
  [400, 2, 16, 'crop', '386618e5b961ce82'],
  [400, 2, 16, 'letterbox', '2117aa0e30fc3628'],
  [1000, 30, 75, 'stretch', 'f68f2c6352fe7556'],
  [1000, 30, 75, 'crop', '284ceb473d1cd93b'],
  [1000, 30, 75, 'letterbox', '6ce5a8e33c836fdd'],
];

/** The same noise as the script's `picture`, with an alpha that must not matter. */
export function picture(width: number, height: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4);
  let state = 1;
  for (let i = 0; i < rgba.length; i++) {
    if (i % 4 < 3) state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    rgba[i] = i % 4 < 3 ? state >>> 24 : i % 251;
  }
  return rgba;
}

export async function digest(bytes: Uint8Array): Promise<string> {
  return (await imageId(Uint8Array.from(bytes))).slice(0, 16);
}
