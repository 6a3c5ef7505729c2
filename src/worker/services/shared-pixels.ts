import { wrap } from 'comlink';
import { afterAwake } from '../../engine/awake';
import type { ImageId } from '../../engine/data/records';
import { HeadwayError } from '../../engine/errors';
import type { SquaresApi } from '../api';

type Squares = (ids: readonly ImageId[]) => Promise<Uint8Array>;

/** Far longer than a batch of the largest pictures takes: nobody tells a port that its other end is gone. */
const usualPatience = 30_000;

/** Squares from the shared decoder, and once that is silent or broken from `own`, for good. */
export function sharedPixels(port: MessagePort, own: Squares, patience = usualPatience): Squares {
  const remote = wrap<SquaresApi>(port);
  let isServed = true;
  return async (ids) => {
    if (!isServed) return own(ids);
    let callOff!: () => void;
    const silence = new Promise<null>((resolve) => (callOff = afterAwake(patience, () => resolve(null))));
    try {
      const squares = await Promise.race([remote.squares(ids), silence]);
      if (squares !== null) return squares;
    } catch (error) {
      // An image that cannot be read here cannot be read there.
      if (error instanceof HeadwayError && error.code !== 'internal') throw error;
    } finally {
      callOff();
    }
    isServed = false;
    port.close();
    return own(ids);
  };
}
