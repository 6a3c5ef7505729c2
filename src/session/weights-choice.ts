import { invalidRequest } from '../engine/errors';
import type { ImageFile } from '../engine/data/records';
import { baseIds, type BaseId } from '../engine/nets';
import type { EngineClient } from '../worker/client';
import type { Action } from './reducer';

/** What the user decides about where weights come from; storage is the truth, the state shows it. */
export class WeightsChoice {
  constructor(
    readonly data: EngineClient,
    readonly dispatch: (action: Action) => void,
    /** Whether a run goes on: its base must not change under it. */
    readonly isRunning: () => boolean,
    readonly onChanged: () => Promise<void>,
  ) {}

  /** Shows what is stored. */
  async read(): Promise<void> {
    this.dispatch({ type: 'weights', ...(await this.data.call((api) => api.weightsChoice())) });
  }

  /** The user's own weights for a base, once they are found to fit; null: the published ones again. */
  async use(base: BaseId, files: readonly ImageFile[] | null, name?: string): Promise<void> {
    if (!baseIds.includes(base))
      throw invalidRequest(`There is no base ${base}.`, `Choose among ${baseIds.join(', ')}.`);
    if (this.isRunning())
      throw invalidRequest(
        'A run is going on with the weights in use.',
        'Wait for it to end, or cancel it first.',
        {
          code: 'busy',
          with: 'weights',
        },
      );
    if (files === null) await this.data.call((api) => api.removeOwnWeights(base));
    else await this.data.call((api) => api.setOwnWeights(base, files, name));
    await this.#changed();
  }

  async mirror(url: string | null): Promise<void> {
    await this.data.call((api) => api.setMirrorUrl(url));
    await this.#changed();
  }

  async #changed(): Promise<void> {
    await this.read();
    await this.onChanged();
  }
}
