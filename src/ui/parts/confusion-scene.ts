import {
  cellCount,
  cellLook,
  shadeColour,
  shadeInk,
  shadeOf,
  supports,
  type MatrixMode,
} from '../evaluation-view';
import type { RunReport } from '../../engine/results/report';
import { textWidth } from './chart-scene';
import { path, text, type Shape } from './chart-shapes';
import { words } from '../words';

export interface MatrixDrawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const shortened = (label: string): string => (label.length > 18 ? `${label.slice(0, 17)}…` : label);

/** The matrix as a picture: rows are the true classes, columns what they were called. */
export function confusionScene(
  { classes, confusion }: Pick<RunReport, 'classes' | 'confusion'>,
  mode: MatrixMode,
): MatrixDrawing {
  const n = classes.length;
  const side = n <= 6 ? 72 : n <= 12 ? 48 : n <= 24 ? 32 : 16;
  const left = 28 + Math.max(40, ...classes.map((label) => textWidth(shortened(label))));
  const rows = supports(confusion);
  const most = Math.max(...confusion.counts);
  const shapes: Shape[] = [text(left, 12, words.confusion.predicted)];
  for (const [row, label] of classes.entries()) {
    const y = 34 + row * side;
    shapes.push(text(left - 8, y + side / 2 + 4, `${shortened(label)} ${row + 1}`, 'end', 'var(--ink)'));
    if (side > 16 || row % 5 === 4)
      shapes.push(text(left + (row + 0.5) * side, 28, String(row + 1), 'middle', 'var(--ink)'));
    for (let column = 0; column < n; column++) {
      const value = cellCount(confusion, { row, column });
      const look = cellLook(value, rows[row]!, most, mode);
      const shade = shadeOf(look.share);
      const x = left + column * side;
      shapes.push(path(`M${x} ${y}h${side}v${side}h${-side}z`, 'var(--line)', 0.5, '', shadeColour(shade)));
      if (side >= 32) shapes.push(text(x + side / 2, y + side / 2 + 4, look.text, 'middle', shadeInk(shade)));
    }
  }
  return { width: left + n * side + 12, height: 34 + n * side + 12, shapes };
}
