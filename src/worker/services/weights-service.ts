import { keepMirrorUrl, mirrorUrl } from '../../engine/bases/mirror-url';
import { ownWeights, removeOwnWeights } from '../../engine/bases/own-source';
import type { Storage } from '../../engine/storage';
import type { WeightsApi } from '../api';

/** Where weights come from, as far as the user decides it. */
export function weightsService(storage: Storage): WeightsApi {
  return {
    weightsChoice: async () => ({
      ownWeights: await ownWeights(storage),
      mirrorUrl: await mirrorUrl(storage),
    }),

    async setOwnWeights(base, files, name) {
      const { setOwnWeights } = await import('../../engine/bases/own-weights');
      return setOwnWeights(storage, base, files, name);
    },

    removeOwnWeights: (base) => removeOwnWeights(storage, base),

    setMirrorUrl: (url) => keepMirrorUrl(storage, url),
  };
}
