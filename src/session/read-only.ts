import { HeadwayError } from '../engine/errors';
import type { SessionState } from './state';

/** Why this tab may not change what is stored; null: it may. */
export function refusal({ access = 'write' }: Pick<SessionState, 'access'>): HeadwayError | null {
  switch (access) {
    case 'write':
      return null;
    case 'read':
      return new HeadwayError({
        code: 'read-only',
        message: 'Another tab of this browser works on the same data set.',
        advice: 'Go on there, or close it: this tab then takes over by itself.',
      });
    case 'newer':
      return new HeadwayError({
        code: 'storage-newer',
        message: 'What is stored here was written by a newer version of Headway.',
        advice: 'Close every tab of this page and open it again, or clear everything.',
      });
  }
}

/** Lets `refuse` answer instead of the named methods wherever it has something to say. */
export function refusing<T extends object>(
  surface: T,
  names: readonly (keyof T)[],
  refuse: () => Promise<unknown> | null,
): T {
  for (const name of names) {
    const method = surface[name] as (...values: unknown[]) => unknown;
    surface[name] = ((...values: unknown[]) => refuse() ?? method(...values)) as T[keyof T];
  }
  return surface;
}
