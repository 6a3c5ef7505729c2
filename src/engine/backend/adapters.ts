/**
 * What GPUs there are, and whether they are real. A software GPU runs a base two orders of magnitude slower than
 * WASM does, so it is told from a real one by what the driver says of itself.
 */
export interface Adapter {
  readonly present: boolean;
  readonly software: boolean;
  /** As the driver names it, empty where it does not; or why there is none. */
  readonly name: string;
  /** Why there is none, for other languages. */
  readonly why?: AbsentReason;
}
export type AbsentReason = 'no-interface' | 'no-adapter' | 'no-float32' | 'failed';

/** In English. */
export const adapterName = ({ name }: Adapter): string => name || 'an unnamed adapter';

const softwareNames = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|software|\bwarp\b/i;

export function isSoftwareName(name: string): boolean {
  return softwareNames.test(name);
}

const absent = (why: AbsentReason, name: string): Adapter => ({ present: false, software: false, name, why });

/** Never rejects. */
export async function webgpuAdapter(): Promise<Adapter> {
  const gpu = (navigator as { gpu?: GPU }).gpu;
  if (gpu === undefined) return absent('no-interface', 'this browser has no WebGPU');
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) return absent('no-adapter', 'WebGPU found no adapter');
    const info = adapter.info as GPUAdapterInfo | undefined;
    const name = [info?.vendor, info?.architecture, info?.description].filter(Boolean).join(' ');
    // The flag moved from the adapter to its info; older browsers have it in the old place only.
    const flags = [info, adapter] as ({ isFallbackAdapter?: boolean } | undefined)[];
    const fallback = flags.some((holder) => holder?.isFallbackAdapter === true);
    return { present: true, software: fallback || isSoftwareName(name), name };
  } catch (error) {
    return absent('failed', `WebGPU failed: ${String(error)}`);
  }
}

/** Looks at WebGL2 through a context of its own, given back at once. Never throws. */
export function webglAdapter(): Adapter {
  if (typeof OffscreenCanvas === 'undefined')
    return absent('no-interface', 'this browser has no OffscreenCanvas');
  try {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    if (gl === null) return absent('no-interface', 'this browser has no WebGL2');
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const name = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
    // Without it, only half floats can be rendered to, or nothing at all.
    const float = gl.getExtension('EXT_color_buffer_float') !== null;
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    if (!float) return absent('no-float32', `${name} cannot render to float32 textures`);
    return { present: true, software: isSoftwareName(name), name };
  } catch (error) {
    return absent('failed', `WebGL failed: ${String(error)}`);
  }
}
