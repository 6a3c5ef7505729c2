import type { Page } from 'playwright';
import type { BaseId } from '../../src/engine/nets/index.ts';
import type { RunRequest, RunResult } from '../../src/engine/run.ts';
import type { Failure, PageGlobals } from './browser.ts';

/** Loads the article's images, unless an earlier session has; `limit` of each side. Returns how many there are. */
export async function loadImages(page: Page, limit: number | null): Promise<number> {
  const wanted = 2 * Math.min(limit ?? 2000, 2000);
  return page.evaluate(
    async ({ limit, wanted }) => {
      const { headway } = globalThis as PageGlobals;
      if (headway.snapshot().dataset.images > wanted) await headway.reset();
      if (headway.snapshot().dataset.images < wanted) {
        console.log('study: downloading CIFAR-10 …');
        const report = await headway.addCifar10('article', limit === null ? {} : { limit });
        console.log(`study: ${report.added} images added, ${report.leftOut.length} left out`);
      }
      return headway.snapshot().dataset.images;
    },
    { limit, wanted },
  );
}

/** What the study keeps of a run. */
export type Measured = Pick<RunResult, 'history' | 'timing' | 'weights' | 'weightsDigest' | 'backend'> & {
  readonly trainImages: number;
  readonly validationImages: number;
};

/** One run of one base in the page, with a line of progress every half a minute. */
export async function measure(page: Page, base: BaseId, request: RunRequest): Promise<Measured | Failure> {
  return page.evaluate(
    async ({ base, request }) => {
      const { headway } = globalThis as PageGlobals;
      let last = 0;
      try {
        const [result] = await headway.run(request, {
          onEvent(event) {
            if (event.type !== 'progress' || event.phase === 'train' || Date.now() - last < 30_000) return;
            last = Date.now();
            const { done, total, unit, perSecond } = event.progress;
            const rate = perSecond === null ? '' : `, ${perSecond.toFixed(2)} a second`;
            console.log(`study: ${base} ${event.phase}: ${done} of ${total} ${unit}${rate}`);
          },
        });
        const { history, timing, weights, weightsDigest, backend, split } = result!;
        const [trainImages, validationImages] = [split.train.length, split.validation.length];
        return { history, timing, weights, weightsDigest, backend, trainImages, validationImages };
      } catch (error) {
        const { code = 'unknown', message } = error as { code?: string; message: string };
        return { code, message };
      }
    },
    { base, request },
  );
}

export async function describeBackend(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { backend } = (globalThis as PageGlobals).headway.snapshot();
    return `${backend!.chosen}: ${backend!.description}`;
  });
}
