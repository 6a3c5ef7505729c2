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

/**
 * The one base that this worker holds on its backend; another base, backend or weight file takes its place. Beside it
 * the last one with other weights, which a run has trained or was made with: pictures are tried on the same run again
 * and again. There are never more than these two.
 */
export class ResidentBase {
  #key = '';
  #resident: Promise<Resident> | null = null;
  #other: { readonly key: string; readonly frozen: FrozenBase } | null = null;
  /** Settles when nobody works with the other one: it is exchanged between two pieces of work, never during one. */
  #turn: Promise<unknown> = Promise.resolve();

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
    return this.#inTurn(async () => work(await this.#withDigest(base, weightsDigest)));
  }

  /** Makes room, for work that needs memory for more than a picture. */
  dropOther(): Promise<void> {
    return this.#inTurn(() => this.#disposeOther());
  }

  #inTurn<T>(work: () => Promise<T> | T): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #withDigest(base: BaseRequest['base'], digest: string): Promise<FrozenBase> {
    const key = JSON.stringify([base, digest]);
    if (this.#other?.key !== key) {
      this.#disposeOther();
      const { loadKeptBase } = await import('../../engine/bases/base');
      this.#other = { key, frozen: await loadKeptBase(base, this.storage, digest) };
    }
    return this.#other.frozen;
  }

  #disposeOther(): void {
    this.#other?.frozen.dispose();
    this.#other = null;
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
    await this.dropOther();
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
      onNote: (note) => onEvent({ type: 'note', note }),
    });
    const { kernelsRun } = await import('../../engine/runtime/support');
    if (inUse.id === 'wasm' && frozen.kernels === 'tfjs' && kernelsRun())
      onEvent({
        type: 'note',
        note: {
          code: 'plain-kernels',
          text: 'The faster kernels did not start; TensorFlow.js computes instead.',
        },
      });
    return { frozen, backend: inUse };
  }
}
