import { Word } from './command';
import { word } from './memory';

/** Max or average over windows; a task is one line of one image's output. */
export function pool(command: i32, task: i32, average: bool): void {
  const height = word(command, Word.Height);
  const width = word(command, Word.Width);
  const channels = word(command, Word.Channels);
  const outputWidth = word(command, Word.OutputWidth);
  const outputHeight = word(command, Word.OutputHeight);
  const stride = word(command, Word.Stride);
  const zeros = word(command, Word.ZeroPadding) != 0;
  const step = word(command, Word.InputStep) << 2;
  const outputStep = word(command, Word.OutputStep) << 2;
  const image = task / outputHeight;
  const input = word(command, Word.Input) + image * height * width * step;
  let output = word(command, Word.Output) + task * outputWidth * outputStep;
  const windowTop = (task % outputHeight) * stride - word(command, Word.Top);
  const top = max(windowTop, 0);
  const bottom = min(windowTop + word(command, Word.WindowHeight), height);
  for (let column = 0; column < outputWidth; column++) {
    const windowLeft = column * stride - word(command, Word.Left);
    const left = max(windowLeft, 0);
    const right = min(windowLeft + word(command, Word.WindowWidth), width);
    const seen = (bottom - top) * (right - left);
    const whole = seen == word(command, Word.WindowHeight) * word(command, Word.WindowWidth);
    const start = f32x4.splat(average || (zeros && !whole) ? 0 : -f32.MAX_VALUE);
    const share = f32x4.splat(1 / <f32>seen);
    for (let channel: i32 = 0; channel < channels << 2; channel += 16) {
      let value = start;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) {
          const entry = v128.load(input + (y * width + x) * step + channel);
          value = average ? f32x4.add(value, entry) : f32x4.max(value, entry);
        }
      v128.store(output + channel, average ? f32x4.mul(value, share) : value);
    }
    output += outputStep;
  }
}

/** The mean of each channel over a whole map; a task is an image. Summed line by line, for the sake of the last digits. */
export function mean(command: i32, image: i32): void {
  const height = word(command, Word.Height);
  const width = word(command, Word.Width);
  const step = word(command, Word.InputStep) << 2;
  const input = word(command, Word.Input) + image * height * width * step;
  const output = word(command, Word.Output) + ((image * word(command, Word.OutputStep)) << 2);
  const share = f32x4.splat(1 / <f32>(height * width));
  for (let channel: i32 = 0; channel < word(command, Word.Channels) << 2; channel += 16) {
    let sum = f32x4.splat(0);
    for (let y = 0; y < height; y++) {
      let line = f32x4.splat(0);
      for (let x = 0; x < width; x++)
        line = f32x4.add(line, v128.load(input + (y * width + x) * step + channel));
      sum = f32x4.add(sum, line);
    }
    v128.store(output + channel, f32x4.mul(sum, share));
  }
}
