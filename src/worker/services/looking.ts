import { featureMapOf, mapStage, pooled } from '../../engine/analysis/feature-map';
import type { Look } from '../../engine/analysis/explanation';
import type { FrozenBase } from '../../engine/bases/frozen-base';
import { cutOf } from '../../engine/cuts';
import { squareOf, type PixelSource } from '../../engine/data/pixels';
import type { ImageId, InputSpec } from '../../engine/data/records';
import { HeadwayError, toErrorData, type ErrorData } from '../../engine/errors';
import { nets } from '../../engine/nets';
import type { BaseRequest } from '../../engine/run';
import type { Embedded } from '../api';

export const inputFor = ({ base, resize }: BaseRequest): InputSpec => ({
  size: nets[base].inputSize,
  resize,
});

const cutFor = ({ base, cut }: BaseRequest): string => cut ?? cutOf({}, base);

/** The square of a picture that is in the data set, or is not. */
export function squareFor(
  source: PixelSource,
  request: BaseRequest,
  image: Blob | ImageId,
): Promise<Uint8Array> {
  return image instanceof Blob
    ? squareOf(image, inputFor(request))
    : source.squares([image], inputFor(request));
}

/** One pass: the map at the request's cut, and its mean. */
export async function lookAt(base: FrozenBase, request: BaseRequest, square: Uint8Array): Promise<Look> {
  const side = inputFor(request).size;
  const stage = mapStage(base.net, cutFor(request));
  const [values] = await base.outputs(square, 1, [{ cut: stage, form: 'map' }]);
  const map = featureMapOf(base.net, stage, side, values!);
  return { side, square, map, vector: pooled(map) };
}

/** Pictures that cannot be read are told of, and hold the others not up. */
export async function embedAll(
  base: FrozenBase,
  request: BaseRequest,
  images: readonly Blob[],
): Promise<Embedded> {
  const failed: (ErrorData | null)[] = [];
  const squares: Uint8Array[] = [];
  for (const image of images)
    try {
      squares.push(await squareOf(image, inputFor(request)));
      failed.push(null);
    } catch (error) {
      const data = toErrorData(error);
      if (data.code !== 'image-unreadable' && data.code !== 'image-too-large') throw error;
      failed.push(data);
    }
  return { features: await featuresOf(base, cutFor(request), squares), failed };
}

/** [squares, channels]; fewer at once where memory does not suffice. */
async function featuresOf(
  base: FrozenBase,
  cut: string,
  squares: readonly Uint8Array[],
): Promise<Float32Array> {
  if (squares.length === 0) return new Float32Array();
  try {
    return await base.features(joined(squares), squares.length, { cut });
  } catch (error) {
    const isTooMany = error instanceof HeadwayError && error.code === 'out-of-memory' && squares.length > 1;
    if (!isTooMany) throw error;
  }
  const half = Math.ceil(squares.length / 2);
  const [first, second] = [
    await featuresOf(base, cut, squares.slice(0, half)),
    await featuresOf(base, cut, squares.slice(half)),
  ];
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts[0]!.length;
  const all = new Uint8Array(parts.length * length);
  for (const [i, part] of parts.entries()) all.set(part, i * length);
  return all;
}
