import { ByteBuffer } from 'flatbuffers';
import { corrupt, MAX_TENSORS } from './checks';

export const format = 'tflite';
/** TF-slim's names have at most 90 characters. */
const MAX_NAME_BYTES = 1024;

/**
 * A table of a flatbuffer, read by field number. The flatbuffers runtime trusts its input and reads zeros beyond the
 * end; here every offset and length is checked against the file first, and `weights-corrupt` is thrown.
 */
export class Table {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  private constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = position;
    inside(buffer, position, 4);
    const vtable = position - buffer.readInt32(position);
    inside(buffer, vtable, 4);
    inside(buffer, vtable, Math.max(4, buffer.readUint16(vtable)));
  }

  /** The root table. `identifier`: the four letters behind the first offset. */
  static root(bytes: Uint8Array, identifier: string): Table {
    const buffer = new ByteBuffer(bytes);
    inside(buffer, 0, 8);
    if (!buffer.__has_identifier(identifier)) throw corrupt(format, `it does not begin with ${identifier}`);
    return Table.#at(buffer, 0);
  }

  static #at(buffer: ByteBuffer, offset: number): Table {
    inside(buffer, offset, 4);
    return new Table(buffer, buffer.__indirect(offset));
  }

  int8(field: number, absent = 0): number {
    const at = this.#field(field, 1);
    return at === 0 ? absent : this.#buffer.readInt8(at);
  }

  uint8(field: number, absent = 0): number {
    return this.int8(field, absent) & 0xff;
  }

  int32(field: number, absent = 0): number {
    const at = this.#field(field, 4);
    return at === 0 ? absent : this.#buffer.readInt32(at);
  }

  table(field: number): Table | null {
    const at = this.#field(field, 4);
    return at === 0 ? null : Table.#at(this.#buffer, at);
  }

  tables(field: number): Table[] {
    return this.#vector(field, 4, (at) => Table.#at(this.#buffer, at));
  }

  int32s(field: number): number[] {
    return this.#vector(field, 4, (at) => this.#buffer.readInt32(at));
  }

  float32s(field: number): number[] {
    return this.#vector(field, 4, (at) => this.#buffer.readFloat32(at));
  }

  int64s(field: number): number[] {
    return this.#vector(field, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  /** A view of the file, not a copy. */
  bytes(field: number): Uint8Array {
    const { start, length } = this.#range(field, 1);
    return this.#buffer.bytes().subarray(start, start + length);
  }

  string(field: number): string {
    const bytes = this.bytes(field);
    if (bytes.length > MAX_NAME_BYTES) throw corrupt(format, `a name in it has ${bytes.length} bytes`);
    return new TextDecoder().decode(bytes);
  }

  #vector<T>(field: number, stride: number, read: (at: number) => T): T[] {
    const { start, length } = this.#range(field, stride);
    if (length > MAX_TENSORS) throw corrupt(format, `a list in it has ${length} entries`);
    return Array.from({ length }, (_, i) => read(start + i * stride));
  }

  #range(field: number, stride: number): { start: number; length: number } {
    const at = this.#field(field, 4);
    if (at === 0) return { start: 0, length: 0 };
    const vector = this.#buffer.__indirect(at);
    inside(this.#buffer, vector, 4);
    const length = this.#buffer.readUint32(vector);
    inside(this.#buffer, vector + 4, length * stride);
    return { start: vector + 4, length };
  }

  /** Where a field of `size` bytes lies, or 0: absent, its default counts. */
  #field(field: number, size: number): number {
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * field);
    if (offset === 0) return 0;
    inside(this.#buffer, this.#position + offset, size);
    return this.#position + offset;
  }
}

function inside(buffer: ByteBuffer, at: number, size: number): void {
  if (at < 0 || at + size > buffer.capacity()) throw corrupt(format, 'an offset in it points outside');
}
