import { FeatureChecker, type FeatureCheck } from '../../engine/audit/feature-check';
import type { ImageId, ImageRecord } from '../../engine/data/records';
import { Job } from '../../engine/job';
import type { Storage } from '../../engine/storage';

/** One check at a time: whoever asks about the same images shares it, and other images end it. */
export class FeatureChecks {
  readonly #checker: FeatureChecker;
  #going: { readonly ids: string; readonly job: Job; readonly check: Promise<FeatureCheck | null> } | null =
    null;

  constructor(storage: Storage) {
    this.#checker = new FeatureChecker(storage);
  }

  /** Rejects with `cancelled` once it is asked about other images. */
  of(records: readonly ImageRecord[], groups: readonly (readonly ImageId[])[]): Promise<FeatureCheck | null> {
    const ids = records.map(({ id }) => id).join();
    if (this.#going?.ids === ids) return this.#going.check;
    this.#going?.job.cancel();
    const job = new Job();
    const check = this.#checker.check(records, groups, job).finally(() => {
      // What a run stores from now on is for the next check to see.
      if (this.#going?.job === job) this.#going = null;
    });
    this.#going = { ids, job, check };
    return check;
  }
}
