/** What a stored value takes: its arrays, files and texts; everything else is small. */
export function byteSize(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (value instanceof Blob) return value.size;
  if (typeof value === 'string') return value.length;
  if (value instanceof Map) return byteSize([...(value as Map<unknown, unknown>)]);
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((total, part) => total + byteSize(part), 0);
}
