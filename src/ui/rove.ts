/** Where a key moves the active item of a list (one column) or a grid; null: not a key of ours. */
export function rove(key: string, index: number, length: number, columns = 1): number | null {
  const page = 5 * columns;
  const move: Record<string, number> = {
    ArrowDown: index + columns <= length - 1 || columns === 1 ? index + columns : index,
    ArrowUp: index - columns >= 0 || columns === 1 ? index - columns : index,
    ArrowRight: columns === 1 ? Number.NaN : index + 1,
    ArrowLeft: columns === 1 ? Number.NaN : index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: length - 1,
  };
  const to = move[key];
  if (to === undefined || Number.isNaN(to) || length === 0) return null;
  return Math.min(length - 1, Math.max(0, to));
}
