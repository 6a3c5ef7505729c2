import { blockFilters, blockRows, Word } from './command';
import { multiply } from './gemm';
import { clear, copy, nothing, word } from './memory';

/**
 * 3×3 convolution of stride 1 by F(4×4, 3×3) (Lavin and Gray, 2016): an output tile of 4×4 pixels comes from a tile of 6×6 by
 * 36 products a channel and filter instead of 144. Tiles and kernels are transformed, [6, 6] of them become 36
 * products of matrices [tiles, channels] · [channels, filters], and those are transformed back. Of 8 decimal digits it loses one.
 */
const points = 36;
const tile = 4;
const patch = 6;
/** Between the points of transformed tiles, so that 36 places which are used together lie in different cache sets. */
const gap: i32 = 64;

/** A task is `Block` tiles and `FilterBlock` filters. */
export function winograd(command: i32, task: i32, scratch: i32): void {
  const across = (word(command, Word.OutputWidth) + tile - 1) / tile;
  const tiles = word(command, Word.Images) * ((word(command, Word.OutputHeight) + tile - 1) / tile) * across;
  const block = word(command, Word.Block);
  const blocks = (tiles + block - 1) / block;
  const first = (task % blocks) * block;
  const last = min(first + block, tiles);
  const channels = word(command, Word.Channels);
  const filters = word(command, Word.Filters);
  const firstFilter = (task / blocks) * word(command, Word.FilterBlock);
  const lastFilter = min(firstFilter + word(command, Word.FilterBlock), filters);

  const row = channels << 2;
  const outRow = (lastFilter - firstFilter) << 2;
  const point = block * row + gap;
  const outPoint = block * outRow + gap;
  const products = scratch + points * point;
  const spare = products + points * outPoint;

  for (let i = first; i < last; i++) readTile(command, i, scratch + (i - first) * row, point, spare);
  const weights = word(command, Word.Weights);
  for (let p = 0; p < points; p++) {
    const a = scratch + p * point;
    const c = products + p * outPoint;
    for (let filter = firstFilter; filter < lastFilter; filter += blockFilters) {
      const panel = weights + (p * filters + filter) * row;
      const to = c + ((filter - firstFilter) << 2);
      for (let i: i32 = 0; i < last - first; i += blockRows)
        multiply(channels, a + i * row, row, panel, to + i * outRow, outRow, nothing, nothing, 0, false);
    }
  }
  for (let i = first; i < last; i++)
    writeTile(command, i, products + (i - first) * outRow, outPoint, firstFilter, lastFilter, spare);
}

/** Six places `step` bytes apart, transformed: Bᵀd. */
function forward(from: i32, step: i32, to: i32, toStep: i32): void {
  const d0 = v128.load(from);
  const d1 = v128.load((from += step));
  const d2 = v128.load((from += step));
  const d3 = v128.load((from += step));
  const d4 = v128.load((from += step));
  const d5 = v128.load(from + step);
  const two = f32x4.splat(2);
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  const even = f32x4.relaxed_nmadd(four, d2, d4);
  const odd = f32x4.relaxed_nmadd(four, d1, d3);
  const evens = f32x4.sub(d4, d2);
  const odds = f32x4.sub(d3, d1);
  v128.store(to, f32x4.relaxed_madd(four, d0, f32x4.relaxed_nmadd(five, d2, d4)));
  v128.store((to += toStep), f32x4.add(even, odd));
  v128.store((to += toStep), f32x4.sub(even, odd));
  v128.store((to += toStep), f32x4.relaxed_madd(two, odds, evens));
  v128.store((to += toStep), f32x4.relaxed_nmadd(two, odds, evens));
  v128.store(to + toStep, f32x4.relaxed_madd(four, d1, f32x4.relaxed_nmadd(five, d3, d5)));
}

/** Six places become four: Aᵀm. */
function back(from: i32, step: i32, to: i32, toStep: i32): void {
  const m0 = v128.load(from);
  const m1 = v128.load((from += step));
  const m2 = v128.load((from += step));
  const m3 = v128.load((from += step));
  const m4 = v128.load((from += step));
  const m5 = v128.load(from + step);
  const sum = f32x4.add(m1, m2);
  const difference = f32x4.sub(m1, m2);
  const sum2 = f32x4.add(m3, m4);
  const difference2 = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, sum), sum2));
  v128.store((to += toStep), f32x4.relaxed_madd(f32x4.splat(2), difference2, difference));
  v128.store((to += toStep), f32x4.relaxed_madd(f32x4.splat(4), sum2, sum));
  v128.store(to + toStep, f32x4.add(f32x4.relaxed_madd(f32x4.splat(8), difference2, difference), m5));
}

/** Tile `i` of the input, transformed: its channels at `to`, point after point. */
function readTile(command: i32, i: i32, to: i32, point: i32, spare: i32): void {
  const height = word(command, Word.Height);
  const width = word(command, Word.Width);
  const channels = word(command, Word.Channels);
  const across = (word(command, Word.OutputWidth) + tile - 1) / tile;
  const down = (word(command, Word.OutputHeight) + tile - 1) / tile;
  const image = i / (down * across);
  const y = ((i / across) % down) * tile - word(command, Word.Top);
  const x = (i % across) * tile - word(command, Word.Left);
  let column = word(command, Word.InputStep) << 2;
  let line = width * column;
  let from = word(command, Word.Input) + (image * height + y) * line + x * column;
  const between = spare;
  if (y < 0 || x < 0 || y + patch > height || x + patch > width) {
    // At the edge: a copy with zeros around it.
    let at = spare + 16 * points;
    const source = from;
    from = at;
    for (let r = 0; r < patch; r++)
      for (let c = 0; c < patch; c++)
        at =
          y + r < 0 || y + r >= height || x + c < 0 || x + c >= width
            ? clear(at, channels)
            : copy(at, source + r * line + c * column, channels);
    column = channels << 2;
    line = patch * column;
  }
  for (let channel = 0; channel < channels; channel += 4) {
    for (let c: i32 = 0; c < patch; c++) forward(from + c * column, line, between + 16 * c, 16 * patch);
    for (let r: i32 = 0; r < patch; r++) forward(between + 16 * patch * r, 16, to + patch * r * point, point);
    from += 16;
    to += 16;
  }
}

/** Tile `i` of the output out of its products, with bias and relu; what hangs over the edge is left out. */
function writeTile(
  command: i32,
  i: i32,
  from: i32,
  point: i32,
  firstFilter: i32,
  lastFilter: i32,
  spare: i32,
): void {
  const height = word(command, Word.OutputHeight);
  const width = word(command, Word.OutputWidth);
  const across = (width + tile - 1) / tile;
  const down = (height + tile - 1) / tile;
  const image = i / (down * across);
  const y = ((i / across) % down) * tile;
  const x = (i % across) * tile;
  const rows = min(tile, height - y);
  const columns = min(tile, width - x);
  const column = word(command, Word.OutputStep) << 2;
  const line = width * column;
  let output = word(command, Word.Output) + (image * height + y) * line + x * column + (firstFilter << 2);
  let bias = word(command, Word.Bias) + (firstFilter << 2);
  const least = f32x4.splat(word(command, Word.Relu) != 0 ? 0 : -f32.MAX_VALUE);
  const whole = spare + 16 * points;
  for (let filter = firstFilter; filter < lastFilter; filter += 4) {
    for (let c: i32 = 0; c < patch; c++) back(from + c * point, patch * point, spare + 16 * c, 16 * patch);
    for (let r: i32 = 0; r < tile; r++) back(spare + 16 * patch * r, 16, whole + 16 * tile * r, 16);
    const b = v128.load(bias);
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const value = f32x4.add(v128.load(whole + 16 * (tile * r + c)), b);
        v128.store(output + r * line + c * column, f32x4.max(value, least));
      }
    from += 16;
    output += 16;
    bias += 16;
  }
}

/** A kernel [3, 3, channels, filters] as 36 matrices [channels, filters], each packed 8 filters after 8 filters. Done once. */
export function transformKernel(from: i32, to: i32, channels: i32, filters: i32, spare: i32): void {
  const entry = (channels * filters) << 2;
  for (let filter = 0; filter < filters; filter += 4) {
    const panel = ((filter & ~7) * channels + (filter & 7)) << 2;
    for (let channel = 0; channel < channels; channel++) {
      const at = from + ((channel * filters + filter) << 2);
      const out = to + panel + (channel << 5);
      for (let c: i32 = 0; c < 3; c++) widen(at + c * entry, 3 * entry, spare + 16 * c, 48);
      for (let r: i32 = 0; r < patch; r++) widen(spare + 48 * r, 16, out + patch * r * entry, entry);
    }
  }
}

/** Three places become six: Gg. */
function widen(from: i32, step: i32, to: i32, toStep: i32): void {
  const g0 = v128.load(from);
  const g1 = v128.load(from + step);
  const g2 = v128.load(from + 2 * step);
  const minusSixth = f32x4.splat(-1 / 6.0);
  const twelfth = f32x4.splat(1 / 12.0);
  const outer = f32x4.mul(f32x4.add(g0, g2), minusSixth);
  const far = f32x4.sub(f32x4.mul(g0, f32x4.splat(1 / 24.0)), f32x4.mul(g2, minusSixth));
  v128.store(to, f32x4.mul(g0, f32x4.splat(0.25)));
  v128.store((to += toStep), f32x4.relaxed_madd(g1, minusSixth, outer));
  v128.store((to += toStep), f32x4.relaxed_nmadd(g1, minusSixth, outer));
  v128.store((to += toStep), f32x4.relaxed_madd(g1, twelfth, far));
  v128.store((to += toStep), f32x4.relaxed_nmadd(g1, twelfth, far));
  v128.store(to + toStep, g2);
}
