import { Job, type JobControl } from '../engine/job';
import type { JobId, JobsApi } from './api';

/** The jobs that run in this worker, so that messages can steer them. */
export class Jobs {
  readonly #running = new Map<JobId, Job>();

  readonly api: JobsApi = {
    cancel: (id) => this.#running.get(id)?.cancel(),
    pause: (id) => this.#running.get(id)?.pause(),
    resume: (id) => this.#running.get(id)?.resume(),
  };

  async run<T>(id: JobId, work: (control: JobControl) => Promise<T>): Promise<T> {
    const job = new Job();
    this.#running.set(id, job);
    try {
      return await work(job);
    } finally {
      this.#running.delete(id);
    }
  }
}
