import type { Page } from '@playwright/test';

export interface Killing {
  /** The workers of the page by their names, the latest of each. */
  readonly workers: ReadonlyMap<string, Worker>;
  /** A worker that is ended like this sends no event, as one that the system has ended. */
  readonly kill: (name: string) => void;
}
/** The property of `window` that has it. */
export const killing = 'killing';

/** To be called before the page is loaded. */
export async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript((key) => {
    const workers = new Map<string, Worker>();
    const kill = (name: string) => workers.get(name)!.terminate();
    Object.assign(window, { [key]: { workers, kill } satisfies Killing });
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.set(options?.name ?? '', this);
      }
    };
  }, killing);
}
