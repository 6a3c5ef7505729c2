export interface GridShape {
  readonly width: number;
  readonly viewHeight: number;
  readonly scrollTop: number;
  readonly length: number;
  /** The least side of a cell, and the room between cells. */
  readonly cell: number;
  readonly gap: number;
}

export interface GridWindow {
  readonly columns: number;
  /** Side of a cell once the row is filled. */
  readonly side: number;
  readonly height: number;
  /** The cells worth having in the document: from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** Where the first of them begins. */
  readonly top: number;
}

/** Rows kept ready above and below the visible ones. */
const overscan = 2;

/** Which cells of a long grid are near the visible part. */
export function gridWindow(shape: GridShape): GridWindow {
  const { width, viewHeight, scrollTop, length, cell, gap } = shape;
  const columns = Math.max(1, Math.floor((width + gap) / (cell + gap)));
  const side = Math.max(0, (width - gap * (columns - 1)) / columns);
  const row = side + gap;
  const rows = Math.ceil(length / columns);
  const firstRow = Math.max(0, Math.floor(scrollTop / row) - overscan);
  const endRow = Math.min(rows, Math.ceil((scrollTop + viewHeight) / row) + overscan);
  return {
    columns,
    side,
    height: Math.max(0, rows * row - gap),
    first: Math.min(firstRow * columns, length),
    end: Math.min(endRow * columns, length),
    top: firstRow * row,
  };
}

/** The scroll position that shows the cell `index`, moving as little as possible. */
export function scrollTo(index: number, shape: GridShape): number {
  const { columns, side } = gridWindow(shape);
  const top = Math.floor(index / columns) * (side + shape.gap);
  if (top < shape.scrollTop) return top;
  return Math.max(shape.scrollTop, top + side - shape.viewHeight);
}
