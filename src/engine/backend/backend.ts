/** The numeric backends of tfjs that Headway runs on, best first. */
export type BackendId = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** The backend that tfjs now runs on. */
export interface BackendInUse {
  readonly id: BackendId;
  /** For people: `WASM, SIMD, 2 threads`. */
  readonly description: string;
  /** CPU threads that compute; 1 on a GPU. */
  readonly threads: number;
  /** Bits of a floating-point number on the device. 16 is a poor WebGL: features differ in the third digit. */
  readonly precision: 16 | 32;
}
