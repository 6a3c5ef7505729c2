import { Word } from './command';

/** Zeros, eight of them: a bias or residual of nothing. The start of memory stays so. */
export const nothing = 32;

/** A word of a command. */
export function word(command: i32, which: Word): i32 {
  return load<i32>(command + (which << 2));
}

/** Copies floats four at a time, up to three more than asked for; returns where the copy ends. */
export function copy(to: i32, from: i32, floats: i32): i32 {
  for (let i: i32 = 0, bytes = floats << 2; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
  return to + (floats << 2);
}

/** Likewise, zeros. */
export function clear(to: i32, floats: i32): i32 {
  const zero = f32x4.splat(0);
  for (let i: i32 = 0, bytes = floats << 2; i < bytes; i += 16) v128.store(to + i, zero);
  return to + (floats << 2);
}
