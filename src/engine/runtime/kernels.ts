import { outOfMemory } from '../backend/device-lost';
import code from './kernels/index.ts?wasm-kernels';
import type { TransformKernel } from './pack';

/** What `kernels/index.ts` exports. */
export interface Kernels {
  run(program: number, commands: number, threads: number, scratch: number): void;
  readonly transformKernel: TransformKernel;
  /** Places are bytes in the memory. */
  resampleLines(
    pixels: number,
    stride: number,
    lines: number,
    windows: number,
    weights: number,
    taps: number,
    output: number,
    width: number,
  ): void;
}

const page = 65536;
/** As the kernels are compiled with. */
const mostPages = 32768;

let compiled: Promise<WebAssembly.Module> | null = null;

export function compileKernels(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)));
  return compiled;
}

export async function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as Kernels;
}

/** Throws `out-of-memory`. */
export function newMemory(bytes: number, most: number): WebAssembly.Memory {
  const text = `${Math.round(bytes / 2 ** 20)} MB for weights`;
  if (bytes > most) throw outOfMemory(text);
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / page), maximum: mostPages, shared: true });
  } catch {
    throw outOfMemory(text);
  }
}
