/**
 * In the browser, served by the study's own server: trains heads on the VGG16 features that the article published,
 * with the page's own training loop. For machines where VGG16's weights cannot be had.
 */
import { useBackend } from '../../src/engine/backend/use.ts';
import { trainHead } from '../../src/engine/heads/train.ts';
import { Job } from '../../src/engine/job.ts';
import type { EpochMetrics, RunRequest } from '../../src/engine/run.ts';

export interface Trained {
  readonly history: readonly EpochMetrics[];
  readonly trainMs: number;
}

const folder = '/fixtures/article-2017';

/** The first `limit` images of a side, as the article has them. */
async function load(side: 'train' | 'validation', limit: number) {
  const read = async (name: string) => (await fetch(`${folder}/${name}`)).arrayBuffer();
  const labels = Uint16Array.from(new Uint8Array(await read(`${side}-labels.u8`))).subarray(0, limit);
  const features = new Float32Array(await read(`vgg16-${side}-features.f32`)).subarray(
    0,
    labels.length * 512,
  );
  return { features, labels, classes: 10 };
}

async function trainOnArticle(request: RunRequest, limit: number): Promise<Trained> {
  await useBackend('wasm');
  const [train, validation] = await Promise.all([load('train', limit), load('validation', limit)]);
  const epochs = trainHead(request.head, request, train, validation, new Job());
  for (;;) {
    const step = await epochs.next();
    if (step.done === true) return { history: step.value.history, trainMs: step.value.trainMs };
  }
}

Object.assign(globalThis, { trainOnArticle });

declare global {
  var trainOnArticle: (request: RunRequest, limit: number) => Promise<Trained>;
}
