import { afterEach, expect, it, vi } from 'vitest';
import { imageId } from './digest';

afterEach(() => vi.unstubAllGlobals());

// FIPS 180-2, appendix B.1.
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

it('is SHA-256, with and without a secure context', async () => {
  const bytes = new TextEncoder().encode('abc');
  expect(await imageId(bytes)).toBe(abc);
  vi.stubGlobal('crypto', {});
  expect(await imageId(bytes)).toBe(abc);
});
