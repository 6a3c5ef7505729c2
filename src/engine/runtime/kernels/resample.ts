/** Of Pillow's fixed point: bits of a weight behind the point. */
const precisionBits: i32 = 22;

/**
 * Resamples lines of RGBA pixels across, to RGB, as `data/resize.ts` does and to the same bytes. For each output pixel
 * `windows` says with which pixel it begins and how many there are, and `weights` has `taps` integers, a multiple of four,
 * those behind the window zero. Reads up to three pixels behind a line and writes one byte behind the output.
 */
export function resampleLines(
  pixels: i32,
  stride: i32,
  lines: i32,
  windows: i32,
  weights: i32,
  taps: i32,
  output: i32,
  width: i32,
): void {
  const half = i32x4.splat(1 << (precisionBits - 1));
  for (let y: i32 = 0; y < lines; y++) {
    const line = pixels + y * stride;
    for (let x: i32 = 0; x < width; x++) {
      let pixel = line + (load<i32>(windows + (x << 3)) << 2);
      const end = pixel + (load<i32>(windows + (x << 3) + 4) << 2);
      let weight = weights + ((x * taps) << 2);
      let sum = half;
      while (pixel < end) {
        const four = v128.load(pixel);
        const two = i16x8.extend_low_i8x16_u(four);
        const more = i16x8.extend_high_i8x16_u(four);
        sum = i32x4.add(sum, i32x4.mul(i32x4.extend_low_i16x8_u(two), v128.load_splat<i32>(weight)));
        sum = i32x4.add(sum, i32x4.mul(i32x4.extend_high_i16x8_u(two), v128.load_splat<i32>(weight + 4)));
        sum = i32x4.add(sum, i32x4.mul(i32x4.extend_low_i16x8_u(more), v128.load_splat<i32>(weight + 8)));
        sum = i32x4.add(sum, i32x4.mul(i32x4.extend_high_i16x8_u(more), v128.load_splat<i32>(weight + 12)));
        pixel += 16;
        weight += 16;
      }
      const shorts = i16x8.narrow_i32x4_s(i32x4.shr_s(sum, precisionBits), half);
      // Alpha's byte is the next pixel's first.
      v128.store_lane<i32>(output, i8x16.narrow_i16x8_u(shorts, shorts), 0);
      output += 3;
    }
  }
}
