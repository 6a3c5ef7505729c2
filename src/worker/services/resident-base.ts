import type { BackendInUse } from '../../engine/backend/backend';
import type { FrozenBase } from '../../engine/bases/base';
import { ownSource } from '../../engine/bases/own-source';
import { HeadwayError } from '../../engine/errors';
import { Job, type JobControl } from '../../engine/job';
import type { BaseRequest } from '../../engine/run';
import type { Storage } from '../../engine/storage';
import type { BaseEvent } from '../api';

interface Resident {
  readonly frozen: FrozenBase;
  readonly backend: BackendInUse;
}

/** The one base that this worker holds on its backend; another base, backend or weight file takes its place. */
export class ResidentBase {
  #key = '';
  #resident: Promise<Resident> | null = null;

  constructor(readonly storage: Storage) {}

  async get(
    { base, backend }: BaseRequest,
    control: JobControl = new Job(),
    onEvent: (event: BaseEvent) => void = () => undefined,
  ): Promise<Resident> {
    // Weights that the user gave, or took away, since it was loaded make it another base.
    const own = await ownSource(this.storage, base);
    const key = JSON.stringify([base, backend, own]);
    if (this.#resident === null || this.#key !== key) {
      const dropped = this.drop();
      this.#key = key;
      // At once, so that whoever asks meanwhile gets the same.
      this.#resident = dropped.then(() => this.#load(base, backend, control, onEvent));
    }
    return this.#resident;
  }

  /** Does work with the base; after a failure that may have left it broken it is loaded anew next time. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const harmless =
        error instanceof HeadwayError && ['cancelled', 'image-unreadable'].includes(error.code);
      const loaded = await this.#resident?.then(
        () => true,
        () => false,
      );
      if (!harmless || loaded === false) await this.drop();
      throw error;
    }
  }

  async drop(): Promise<void> {
    const resident = this.#resident;
    this.#resident = null;
    await resident?.then(
      ({ frozen }) => frozen.dispose(),
      () => undefined,
    );
  }

  async #load(
    base: BaseRequest['base'],
    backend: BaseRequest['backend'],
    control: JobControl,
    onEvent: (event: BaseEvent) => void,
  ): Promise<Resident> {
    const { useBackend } = await import('../../engine/backend/use');
    const { probeBackends } = await import('../../engine/backend/probe');
    const { loadBase } = await import('../../engine/bases/base');
    const inUse = await useBackend(backend ?? (await probeBackends()).chosen);
    const frozen = await loadBase(base, this.storage, {
      control,
      onProgress: (progress) => onEvent({ type: 'progress', phase: 'download', progress }),
      onNote: (text) => onEvent({ type: 'note', text }),
    });
    return { frozen, backend: inUse };
  }
}
