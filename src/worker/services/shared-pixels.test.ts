import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { HeadwayError } from '../../engine/errors';
import type { SquaresApi } from '../api';
import { carryErrorData } from '../errors-on-the-wire';
import { sharedPixels } from './shared-pixels';

carryErrorData();

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

function served(squares: SquaresApi['squares'] | null, patience = 40) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  if (squares !== null) expose({ squares } satisfies SquaresApi, port1);
  const asked: (readonly string[])[] = [];
  const own = (ids: readonly string[]) => {
    asked.push(ids);
    return Promise.resolve(Uint8Array.of(9));
  };
  return { asked, pixels: sharedPixels(port2, own, patience) };
}

describe('sharedPixels', () => {
  it('takes them from the shared decoder', async () => {
    const { asked, pixels } = served((ids) => Promise.resolve(Uint8Array.from(ids, Number)));
    expect(await pixels(['1', '2'])).toEqual(Uint8Array.of(1, 2));
    expect(asked).toEqual([]);
  });

  it('decodes itself once the other end is silent, and does not ask again', async () => {
    const { asked, pixels } = served(null, 600);
    expect(await pixels(['1'])).toEqual(Uint8Array.of(9));
    const start = performance.now();
    await pixels(['2']);
    expect(performance.now() - start).toBeLessThan(300);
    expect(asked).toEqual([['1'], ['2']]);
  });

  it('passes on what is wrong with an image', async () => {
    const { asked, pixels } = served(() =>
      Promise.reject(new HeadwayError({ code: 'image-unreadable', message: 'No.', advice: 'Remove it.' })),
    );
    await expect(pixels(['1'])).rejects.toMatchObject({ code: 'image-unreadable' });
    expect(asked).toEqual([]);
  });

  it('decodes itself when the decoder breaks', async () => {
    const { pixels } = served(() => Promise.reject(new TypeError('broken')));
    expect(await pixels(['1'])).toEqual(Uint8Array.of(9));
  });
});
