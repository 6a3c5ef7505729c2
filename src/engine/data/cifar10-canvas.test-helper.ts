/** One of CIFAR-10's pictures, `rgb` being [pictures, 32, 32, 3]. */
export function canvasOf(rgb: Uint8Array, row: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(32, 32);
  const image = new ImageData(32, 32);
  for (let k = 0; k < 1024; k++) {
    image.data.set(rgb.subarray((row * 1024 + k) * 3, (row * 1024 + k) * 3 + 3), 4 * k);
    image.data[4 * k + 3] = 255;
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas;
}

/** A copy of another side, mirrored where wanted. */
export function redrawn(canvas: OffscreenCanvas, side: number, flip: boolean): OffscreenCanvas {
  const copy = new OffscreenCanvas(side, side);
  const context = copy.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  if (flip) context.setTransform(-1, 0, 0, 1, side, 0);
  context.drawImage(canvas, 0, 0, side, side);
  return copy;
}
