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

  /** Works with the very weights that are asked for, be they those in use or not. */
  async withWeights<T>(request: BaseRequest, work: (base: FrozenBase) => Promise<T>): Promise<T> {
    const { base, weightsDigest } = request;
    const { frozen } = await this.get(request);
    if (weightsDigest === undefined || frozen.weightsDigest === weightsDigest) return work(frozen);
    // Beside the resident, which a run may be using.
    const { loadKeptBase } = await import('../../engine/bases/base');
    const other = await loadKeptBase(base, this.storage, weightsDigest);
    try {
      return await work(other);
    } finally {
      other.dispose();
    }
  }

  /** Does work with the base; after a failure that may have left it broken it is loaded anew next time. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const harmless =
        error instanceof HeadwayError &&
        ['cancelled', 'image-unreadable', 'weights-incompatible'].includes(error.code);
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
