import { blockFilters, blockRows, Word } from './command';
import { multiply } from './gemm';
import { clear, copy, nothing, word } from './memory';

/**
 * A convolution as a product of matrices: a row is what the window sees from one output pixel, [window height, window
 * width, channels], and the kernel [the same, filters] is the other matrix. A task is `Block` pixels by `FilterBlock` filters.
 * Rows are gathered into `scratch`, small enough to stay in the level 2 cache while all filters pass over them; 1×1
 * windows read the map itself. The last six rows may lie beyond the map: buffers have room for them, nobody reads them.
 */
export function conv(command: i32, task: i32, scratch: i32): void {
  const pixels =
    word(command, Word.Images) * word(command, Word.OutputHeight) * word(command, Word.OutputWidth);
  const block = word(command, Word.Block);
  const blocks = (pixels + block - 1) / block;
  const first = (task % blocks) * block;
  const last = min(first + block, pixels);
  const filters = word(command, Word.Filters);
  const firstFilter = (task / blocks) * word(command, Word.FilterBlock);
  const lastFilter = min(firstFilter + word(command, Word.FilterBlock), filters);

  const depth =
    word(command, Word.WindowHeight) * word(command, Word.WindowWidth) * word(command, Word.Channels);
  let rows = scratch;
  let step = depth << 2;
  if (word(command, Word.WindowHeight) * word(command, Word.WindowWidth) * word(command, Word.Stride) == 1) {
    step = word(command, Word.InputStep) << 2;
    rows = word(command, Word.Input) + first * step;
  } else gather(command, first, last, scratch);

  const weights = word(command, Word.Weights);
  const bias = word(command, Word.Bias);
  const output = word(command, Word.Output);
  const outputStep = word(command, Word.OutputStep) << 2;
  const residual = word(command, Word.Residual) == 0 ? nothing : word(command, Word.Residual);
  const residualStep = word(command, Word.ResidualStep) << 2;
  const relu = word(command, Word.Relu) != 0;
  for (let filter = firstFilter; filter < lastFilter; filter += blockFilters) {
    const at = filter << 2;
    const panel = weights + at * depth;
    for (let row = first; row < last; row += blockRows)
      multiply(
        depth,
        rows + (row - first) * step,
        step,
        panel,
        output + row * outputStep + at,
        outputStep,
        bias + at,
        residual == nothing ? nothing : residual + row * residualStep + at,
        residualStep,
        relu,
      );
  }
}

/** What the window sees from output pixels `first` to `last`, one row after the other, zeros where there is padding. */
function gather(command: i32, first: i32, last: i32, to: i32): void {
  const input = word(command, Word.Input);
  const height = word(command, Word.Height);
  const width = word(command, Word.Width);
  const channels = word(command, Word.Channels);
  const windowHeight = word(command, Word.WindowHeight);
  const windowWidth = word(command, Word.WindowWidth);
  const outputWidth = word(command, Word.OutputWidth);
  const outputPixels = outputWidth * word(command, Word.OutputHeight);
  const stride = word(command, Word.Stride);
  for (let pixel = first; pixel < last; pixel++) {
    const image = pixel / outputPixels;
    const row = (pixel % outputPixels) / outputWidth;
    const y = row * stride - word(command, Word.Top);
    const x = (pixel % outputWidth) * stride - word(command, Word.Left);
    // Columns of the window left of the map, in it, and right of it: the same in every line of the window.
    const before = min(max(-x, 0), windowWidth);
    const inside = max(min(x + windowWidth, width) - x - before, 0);
    const after = windowWidth - before - inside;
    for (let line = y; line < y + windowHeight; line++) {
      if (line < 0 || line >= height) {
        to = clear(to, windowWidth * channels);
        continue;
      }
      to = clear(to, before * channels);
      const start = ((image * height + line) * width + x + before) * channels;
      to = copy(to, input + (start << 2), inside * channels);
      to = clear(to, after * channels);
    }
  }
}
