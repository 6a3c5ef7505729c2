/**
 * From a picture to what the model takes, exactly as in Headway. `spec` is the entry `input` of metadata.json.
 */
import { toSquare } from './resize.mjs';

/**
 * A picture (a Blob: a dropped file, a photo) as the model takes it: Float32Array [size, size, 3]. For browsers.
 * EXIF orientation is applied, colours become sRGB, what is transparent lies on white.
 */
export async function pictureInput(picture, spec) {
  const bitmap = await globalThis.createImageBitmap(picture);
  const { width, height } = bitmap;
  const context = new globalThis.OffscreenCanvas(width, height).getContext('2d', {
    alpha: false,
    willReadFrequently: true,
  });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return modelInput(toSquare(data, width, height, spec), spec);
}

/** RGB bytes [n, size, size, 3] → Float32Array of the same shape. */
export function modelInput(squares, { expects, preprocessing }) {
  if (expects === 'rgb') return Float32Array.from(squares);
  const { order, scale, offset } = preprocessing;
  const [first, third] = order === 'rgb' ? [0, 2] : [2, 0];
  const input = new Float32Array(squares.length);
  for (let i = 0; i < squares.length; i += 3) {
    input[i] = squares[i + first] * scale + offset[0];
    input[i + 1] = squares[i + 1] * scale + offset[1];
    input[i + 2] = squares[i + third] * scale + offset[2];
  }
  return input;
}
