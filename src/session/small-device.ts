import type { RunRequest } from '../engine/run';

/** What a browser tells of its device. */
export interface Device {
  /** Its main pointer is a finger. */
  readonly coarse: boolean;
  /** Of the screen's sides, in CSS pixels. */
  readonly shortSide: number;
  /** In GiB, of 0.25 to 8; undefined where the browser does not say. */
  readonly memory: number | undefined;
}

/** Settings to begin with where room and downloads are dear: the base of 24 MB instead of 94, and smaller steps. */
const small: Partial<RunRequest> = { bases: ['inception-v3'], batchSize: 32 };

/** What is set until the user sets something; nothing but on a phone. */
export function deviceDefaults({ coarse, shortSide, memory = 4 }: Device): Partial<RunRequest> {
  return coarse && shortSide < 600 && memory <= 4 ? small : {};
}

export function thisDevice(): Device {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    coarse: matchMedia('(pointer: coarse)').matches,
    shortSide: Math.min(screen.width, screen.height),
    memory: deviceMemory,
  };
}
