import type { Page } from '@playwright/test';
import type {} from '../../src/main';
import { Random } from '../../src/engine/random.ts';
import { imagesOf, problems } from './soak-records.ts';

export interface Picture {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface SoakOptions {
  readonly seed: number;
  readonly seconds: number;
  /** What may be added and asked about; labels are their folders. */
  readonly pictures: readonly Picture[];
  readonly log?: (line: string) => void;
}

export interface SoakReport {
  /** How often each action was done. */
  readonly done: Readonly<Record<string, number>>;
  /** Refusals by their codes; `cancelled` among them. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Refusals that belong to what is done; anything else is a fault. */
const expected = ['cancelled', 'too-few-images', 'too-few-classes', 'invalid-request', 'unknown-run'];
/** Early stages: what is tried is everything around a base, not its arithmetic. */
const cuts = ['conv1_relu', 'conv2_block1_out', 'conv2_block3_out'];
/** More would only make runs longer; of more classes each would have too few images for a run. */
const mostImages = 60;
const mostClasses = 3;

/**
 * Adds, runs, cancels, deletes, predicts, saves and reloads in random order, the same for the same seed, and looks
 * after each whether records, screen and memory are as they should be. Rejects with what was done when they are not.
 */
export async function soak(
  page: Page,
  { seed, seconds, pictures: given, log }: SoakOptions,
): Promise<SoakReport> {
  const random = new Random(seed, 'soak');
  const labelOf = ({ path }: Picture) => path.split('/').at(-2);
  const labels = [...new Set(given.map(labelOf))].slice(0, mostClasses);
  const pictures = given.filter((picture) => labels.includes(labelOf(picture)));
  const pick = <T>(items: readonly T[]): T => items[random.below(items.length)]!;
  const done: Record<string, number> = {};
  const refused: Record<string, number> = {};
  const weights: Record<string, number> = {};
  const ready = async () => {
    await page.waitForFunction(() => {
      const snapshot = (window as Partial<Window>).headway?.snapshot();
      return snapshot?.ready === true && snapshot.backend !== null;
    });
    await page.evaluate(tellCodes);
  };

  const actions: Record<string, () => Promise<unknown>> = {
    async add() {
      const count = 1 + random.below(10);
      const files = Array.from({ length: count }, () => pick(pictures));
      await page.evaluate(
        (list) =>
          window.headway.addImages(
            list.map(({ path, bytes }) => ({ path, blob: new Blob([new Uint8Array(bytes)]) })),
          ),
        files.map(({ path, bytes }) => ({ path, bytes: [...bytes] })),
      );
    },
    run: () => page.evaluate(run, { cut: pick(cuts), seed: random.below(100), cancelAfter: null }),
    cancel: () =>
      page.evaluate(run, { cut: pick(cuts), seed: random.below(100), cancelAfter: random.below(1500) }),
    predict: () =>
      page.evaluate(
        async (bytes) => {
          const answers = await window.headway.predict(new Blob([new Uint8Array(bytes)]));
          for (const { classes } of answers)
            if (Math.abs(classes.reduce((sum, { probability }) => sum + probability, 0) - 1) > 1e-3)
              throw new Error('probabilities do not add up');
        },
        [...pick(pictures).bytes],
      ),
    async remove() {
      const images = await imagesOf(page);
      const { label } = pick(images);
      const ids = images.filter((image) => image.label === label).map(({ id }) => id);
      const dropped = random.shuffle(ids).slice(0, 1 + random.below(ids.length));
      await page.evaluate((list) => window.headway.applyRemedy({ kind: 'drop', images: list }), dropped);
    },
    undo: () => page.evaluate(() => window.headway.undo()),
    free: () =>
      page.evaluate(async (at) => {
        const { headway } = window;
        const { entries } = await headway.storage();
        // Weights would be downloaded again and again, and without images there is little to do.
        const some = entries.filter(({ kind }) => kind !== 'weights' && (kind !== 'images' || at < 0.1));
        const entry = some[Math.floor(at * some.length)];
        if (entry !== undefined) await headway.free([entry.id]);
      }, random.uniform()),
    project: () =>
      page.evaluate(async () => {
        const { headway } = window;
        await headway.openProject(await headway.saveProject({ features: true }), { replace: true });
      }),
    async reload() {
      // In the middle of something, as tabs are closed.
      await page.evaluate(() => void window.headway.run({ epochs: 50 }).catch(() => undefined));
      await page.waitForTimeout(random.below(1500));
      await page.reload();
      await ready();
    },
  };
  const often = ['add', 'add', 'add', 'run', 'run', 'cancel', 'predict', 'predict', 'remove'];
  const names = [...often, ...Object.keys(actions)];

  await ready();
  const history: string[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const images = await page.evaluate(() => window.headway.snapshot().dataset.images);
    const name = images < 4 ? 'add' : images > mostImages ? 'remove' : pick(names);
    history.push(name);
    done[name] = (done[name] ?? 0) + 1;
    const code = await actions[name]!().then(() => null, codeOf);
    if (code !== null) refused[code] = (refused[code] ?? 0) + 1;
    const faults = [...(code === null || expected.includes(code) ? [] : [code]), ...(await problems(page))];
    const held = await page.evaluate(() => window.headway.held());
    for (const [worker, { tensors, memories }] of Object.entries(held)) {
      // Heads leave nothing; a base keeps its weights, once: as tensors, always as many, or in a memory of the kernels.
      if (worker !== 'head' && tensors > 0) weights[worker] ??= tensors;
      if (tensors !== 0 && tensors !== weights[worker]) faults.push(`${worker} holds ${tensors} tensors`);
      if (memories > (worker === 'head' || tensors > 0 ? 0 : 1))
        faults.push(`${worker} holds ${memories} memories beside ${tensors} tensors`);
    }
    log?.(`${name}${code === null ? '' : ` (${code})`}: ${images} images before, ${JSON.stringify(held)}`);
    if (faults.length > 0)
      throw new Error(`seed ${seed}, after ${history.join(', ')}:\n${faults.slice(0, 20).join('\n')}`);
  }
  return { done, refused };
}

/** In the page: codes get lost on the way out of it, messages do not. */
function tellCodes(): void {
  const surface = window.headway as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const [name, method] of Object.entries(surface)) {
    if (name === 'snapshot') continue;
    surface[name] = async (...values) => {
      try {
        return await method(...values);
      } catch (error) {
        const { code = 'none' } = error as { code?: string };
        throw new Error(`code:${code} ${String(error)}`, { cause: error });
      }
    };
  }
}

/** In the page. */
async function run(asked: { cut: string; seed: number; cancelAfter: number | null }): Promise<void> {
  const { cut, seed, cancelAfter } = asked;
  const signal = cancelAfter === null ? undefined : AbortSignal.timeout(cancelAfter);
  await window.headway.run({ cut, seed, epochs: 3, validationShare: 0.3 }, signal && { signal });
}

function codeOf(error: unknown): string {
  const text = String(error);
  const code = /code:([\w-]+)/.exec(text)?.[1];
  return code !== undefined && expected.includes(code) ? code : text;
}
