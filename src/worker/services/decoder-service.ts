import { expose, transfer } from 'comlink';
import { ImageStore } from '../../engine/data/image-store';
import { PixelSource } from '../../engine/data/pixels';
import { SharedSquares, type SquareLane } from '../../engine/data/shared-squares';
import type { Storage } from '../../engine/storage';
import type { DecoderApi, SquaresApi } from '../api';

/** Decodes each image once for all bases of a run, which ask through ports of their own: no pixel passes the page. */
export function decoderService(storage: Storage): DecoderApi {
  const source = new PixelSource(new ImageStore(storage));
  const shared = new SharedSquares((id, specs) => source.squaresOf(id, specs));
  const lanes = new Map<number, SquareLane>();

  return {
    serveSquares(id, port, spec) {
      const lane = shared.join(spec);
      lanes.set(id, lane);
      const api: SquaresApi = {
        async squares(ids) {
          const squares = await lane.squares(ids);
          return transfer(squares, [squares.buffer]);
        },
      };
      expose(api, port);
    },

    endSquares(id) {
      lanes.get(id)?.close();
      lanes.delete(id);
    },
  };
}
