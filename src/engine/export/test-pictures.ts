import { Random } from '../random';

/** An RGB picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly rgb: Uint8Array;
}

/** Landscape, portrait and square; larger than any base's input, smaller, and much larger on one side only. */
const sizes = [
  [320, 240],
  [90, 120],
  [480, 180],
  [64, 64],
  [260, 300],
] as const;

/**
 * Five pictures that are nobody's: a shaded ground, fine rings (which show every mistake in a resize) and plain discs.
 * The same each time.
 */
export function generatedPictures(): Picture[] {
  return sizes.map(([width, height], i) => draw(width, height, new Random(i, 'test picture')));
}

function draw(width: number, height: number, random: Random): Picture {
  const colour = () => [0, 1, 2].map(() => random.below(256));
  const [from, to] = [colour(), colour()];
  const rings = { x: random.uniform() * width, y: random.uniform() * height, pitch: 60 + random.below(200) };
  const discs = Array.from({ length: 6 }, () => ({
    x: random.uniform() * width,
    y: random.uniform() * height,
    radius: (0.06 + 0.16 * random.uniform()) * Math.max(width, height),
    colour: colour(),
  }));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, o = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const disc = discs.findLast((one) => Math.hypot(x - one.x, y - one.y) < one.radius);
      const shade = (x / width + y / height) / 2;
      const ring = Math.cos(((x - rings.x) ** 2 + (y - rings.y) ** 2) / rings.pitch) > 0.4 ? 40 : 0;
      for (let c = 0; c < 3; c++) {
        const ground = from[c]! + (to[c]! - from[c]!) * shade;
        rgb[o++] = Math.min(255, Math.round(disc?.colour[c] ?? ground) + ring);
      }
    }
  return { width, height, rgb };
}
