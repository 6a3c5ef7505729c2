import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h | 0;
}

/**
 * A stream of random numbers. Every purpose (the split, each layer's weights, the shuffle, dropout) has a stream of
 * its own drawn from the run's one seed, so that changing one of them leaves the others as they were.
 */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(seed: number, purpose: string) {
    this.#generator = xoroshiro128plus(hash(`${seed}/${purpose}`));
  }

  /** In [0, 1). */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return uniformInt(this.#generator, 0, n - 1);
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fisher–Yates, in place; returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}

/** A name that nobody else will draw: 64 random bits. (`crypto.randomUUID` is missing on plain http.) */
export function uniqueName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
}
