/** The article's own VGG16 features, for browser tests; they skip where the fixtures are not beside the checkout. */
import type { Examples } from './examples';

export const hasArticle = Boolean(import.meta.env.HAS_FIXTURES);
export const articleFolder = '/fixtures/article-2017';
if (!hasArticle)
  console.info("Skipped: the article's features are not beside this checkout (fixtures/article-2017).");

/** 2,000 images, 512 features each, ten classes. */
export async function articleSide(side: 'train' | 'validation'): Promise<Examples> {
  const read = async (name: string) => (await fetch(`${articleFolder}/${name}`)).arrayBuffer();
  return {
    features: new Float32Array(await read(`vgg16-${side}-features.f32`)),
    labels: Uint16Array.from(new Uint8Array(await read(`${side}-labels.u8`))),
  };
}
