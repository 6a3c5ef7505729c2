/** Byte arrays to be used again, up to `capacity` bytes of them. */
export class SpareArrays {
  readonly #buffers: ArrayBuffer[] = [];
  #bytes = 0;

  constructor(readonly capacity: number) {}

  /** What is in it is left over from earlier. */
  take(length: number): Uint8ClampedArray<ArrayBuffer> {
    const index = this.#buffers.findIndex(({ byteLength }) => byteLength >= length);
    if (index < 0) return new Uint8ClampedArray(length);
    const [buffer] = this.#buffers.splice(index, 1);
    this.#bytes -= buffer!.byteLength;
    return new Uint8ClampedArray(buffer!, 0, length);
  }

  /** Gives an array back, which nobody may look at any more. */
  give({ buffer }: Uint8ClampedArray<ArrayBuffer>): void {
    this.#buffers.push(buffer);
    this.#bytes += buffer.byteLength;
    // The smallest serve the fewest.
    this.#buffers.sort((a, b) => a.byteLength - b.byteLength);
    while (this.#bytes > this.capacity) this.#bytes -= this.#buffers.shift()!.byteLength;
  }
}
