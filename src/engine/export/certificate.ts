import { strToU8 } from 'fflate';
import { sha256 } from 'hash-wasm';
import { toSquare } from '../data/resize';
import { headLogits, softmax } from '../heads/head';
import { preprocess } from '../nets/preprocess';
import { Random } from '../random';
import type { HeadExport } from './metadata';
import type { PackageFile } from './model';
import { toPng } from './run-pictures';
import type { Picture } from './test-pictures';

/** What the model's input is, as `metadata.json` says it. */
export type Expects = 'rgb' | 'preprocessed' | 'features';

/** A picture, and what the page's own base made of it. */
export interface CertificateTest {
  readonly picture: Picture;
  /** [features] */
  readonly features: Float32Array;
}

/** Where a certificate's pictures come from. Generated ones are nobody's, and may go wherever the package goes. */
export type PictureSource = 'generated' | 'validation';

export interface Certificate {
  readonly source: PictureSource;
  /** Empty where the base is not at hand: then only the head can be tested, on features that are made up. */
  readonly tests: readonly CertificateTest[];
}

/** How far apart results may be. Features: as a share of the largest one expected. */
export interface Tolerance {
  readonly features: number;
  readonly probabilities: number;
}

const madeUpTests = 5;

/** `certificate/certificate.json` and the pictures that it names. */
export async function certificateFiles(
  model: HeadExport,
  { source, tests }: Certificate,
  expects: Expects,
  tolerance: Tolerance,
): Promise<PackageFile[]> {
  const files: PackageFile[] = [];
  const png = (name: string, picture: Picture) => {
    files.push({ name, chunks: [toPng(picture)], deflate: false });
    return name;
  };
  const described: object[] = [];
  for (const [i, { picture, features }] of tests.entries()) {
    const { size } = model.input;
    const square = toSquare(rgbaOf(picture), picture.width, picture.height, model.input);
    const input = expects === 'rgb' ? Float32Array.from(square) : preprocess(model.net.preprocessing, square);
    described.push({
      picture: png(`certificate/picture-${i + 1}.png`, picture),
      square: png(`certificate/square-${i + 1}.png`, { width: size, height: size, rgb: square }),
      squareSha256: await sha256(square),
      inputSha256: await sha256(new Uint8Array(input.buffer)),
      ...expected(model, features),
    });
  }
  if (tests.length === 0)
    for (const features of madeUpFeatures(model.head.inputs)) described.push(expected(model, features));
  const certificate = {
    format: 'headway-certificate',
    formatVersion: 1,
    pictures: tests.length === 0 ? 'none' : source,
    tolerance,
    tests: described,
  };
  return [
    { name: 'certificate/certificate.json', chunks: [strToU8(JSON.stringify(certificate))], deflate: true },
    ...files,
  ];
}

function expected({ head }: HeadExport, features: Float32Array): object {
  const probabilities = softmax(headLogits(head, features, 1), head.classes);
  return { features: numbers(features), probabilities: numbers(probabilities) };
}

/** Nine digits tell every float32 from its neighbours. */
const numbers = (values: Float32Array): number[] =>
  Array.from(values, (value) => Number(value.toPrecision(9)));

/** Like bottlenecks: none negative, half of them zero. */
function madeUpFeatures(length: number): Float32Array[] {
  return Array.from({ length: madeUpTests }, (_, i) => {
    const random = new Random(i, 'test features');
    return Float32Array.from({ length }, () => Math.max(0, random.normal()));
  });
}

function rgbaOf({ width, height, rgb }: Picture): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0, o = 0; i < rgb.length; i += 3, o += 4) rgba.set(rgb.subarray(i, i + 3), o);
  return rgba;
}
