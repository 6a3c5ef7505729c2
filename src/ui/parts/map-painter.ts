import { markSize, type Placed } from '../map-view';
import { shareMark, type MarkGroup } from './map-scene';

export interface MapPicture {
  readonly groups: readonly MarkGroup[];
  /** Points with a ring around them. */
  readonly rings: readonly number[];
  readonly at: Placed;
}

/** Marks a frame: well below what a frame has room for on a slow machine. */
const atOnce = 4000;

/** Draws a map on a canvas: some thousand marks a frame, each a stamp that is drawn once. */
export class MapPainter {
  #frame = 0;

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  paint(canvas: HTMLCanvasElement, width: number, height: number, { groups, rings, at }: MapPicture): void {
    this.stop();
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d')!;
    context.scale(scale, scale);
    const half = markSize(at.drawn.length);
    const room = 2 * Math.ceil(half + 4);
    const stamp = (css: string, draw: (on: CanvasRenderingContext2D) => void): HTMLCanvasElement => {
      canvas.style.color = css;
      const { color } = getComputedStyle(canvas);
      const picture = document.createElement('canvas');
      picture.width = picture.height = Math.ceil(room * scale);
      const on = picture.getContext('2d')!;
      on.scale(scale, scale);
      on.fillStyle = on.strokeStyle = color;
      on.lineWidth = 1.5;
      draw(on);
      return picture;
    };
    const centre = room / 2;
    const stamps = groups.map(({ colour, share, points }) => ({
      points,
      picture: stamp(colour, (on) => {
        on.globalAlpha = 0.8;
        on.fill(new Path2D(shareMark(share, centre, centre, half)));
      }),
    }));
    const ring = stamp('var(--ink)', (on) => on.stroke(new Path2D(shareMark(0, centre, centre, half + 2.5))));
    const queue = [...stamps, { points: rings, picture: ring }].flatMap(({ points, picture }) =>
      Array.from({ length: Math.ceil(points.length / atOnce) }, (_, i) => ({
        picture,
        points: points.slice(i * atOnce, (i + 1) * atOnce),
      })),
    );
    const next = (): void => {
      let left = atOnce;
      while (left > 0 && queue.length > 0) {
        const { picture, points } = queue.shift()!;
        left -= points.length;
        for (const i of points) context.drawImage(picture, at.x[i]! - centre, at.y[i]! - centre, room, room);
      }
      if (queue.length > 0) this.#frame = requestAnimationFrame(next);
    };
    next();
  }
}
