import { describe, expect, it } from 'vitest';
import { hashOf, viewOf } from './route';

describe('a view as a link', () => {
  it('comes back as it was', () => {
    for (const view of [
      { step: 'data', run: null, tab: null },
      { step: 'results', run: 'a/b #1', tab: null },
      { step: 'results', run: 'run-1', tab: 'map' },
      { step: 'results', run: null, tab: 'labels' },
    ] as const)
      expect(viewOf(hashOf(view))).toEqual(view);
    expect(hashOf({ step: 'results', run: null, tab: null })).toBe('#results');
  });

  it('is nothing where the hash is of something else, or damaged', () => {
    expect(viewOf('')).toBeNull();
    expect(viewOf('#replay')).toBeNull();
    expect(viewOf('#__proto__')).toBeNull();
    expect(viewOf('#results/%E0%A4%A')).toEqual({ step: 'results', run: null, tab: null });
  });
});
