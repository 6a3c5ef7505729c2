/** The numeric backends of tfjs that Headway runs on, best first. */
export type BackendId = 'webgpu' | 'webgl' | 'wasm' | 'cpu';
