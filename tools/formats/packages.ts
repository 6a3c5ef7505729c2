/** Whole packages, as the page writes them, with a certificate of what our own engine makes of the test pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { toSquare } from '../../src/engine/data/resize.ts';
import type { CertificateTest } from '../../src/engine/export/certificate.ts';
import { defaultPackageOptions, isHeadFormat, type ExportFormat } from '../../src/engine/export/formats.ts';
import { generatedPictures, type Picture } from '../../src/engine/export/test-pictures.ts';
import { writeRun, type HeadOnlyExport, type WholeExport } from '../../src/engine/export/write-run.ts';
import { Job } from '../../src/engine/job.ts';
import type { BaseId } from '../../src/engine/nets/index.ts';
import { hidden, linear } from './cases.ts';
import { featuresOf, headReference, reference } from './reference.ts';

/** A package of ResNet50 under a linear head, or of another head alone, unpacked into a new folder. */
export async function writeVerifiable(
  folder: string,
  format: Exclude<ExportFormat, 'demo'>,
  base: BaseId = 'resnet50',
): Promise<void> {
  if (isHeadFormat(format)) {
    const { model } = headReference(hidden, 40);
    await unpacked(folder, { format, model }, []);
  } else await unpacked(folder, { format, model: (await reference(base, linear)).model }, await tests(base));
}

async function tests(base: BaseId): Promise<CertificateTest[]> {
  const { model } = await reference(base, linear);
  const pictures = generatedPictures();
  const squares = new Uint8Array(pictures.length * 3 * model.input.size ** 2);
  for (const [i, picture] of pictures.entries()) {
    const { width, height } = picture;
    squares.set(toSquare(opaque(picture), width, height, model.input), i * 3 * model.input.size ** 2);
  }
  const features = await featuresOf(base, model.weights, squares, pictures.length);
  const width = features.length / pictures.length;
  return pictures.map((picture, i) => ({
    picture,
    features: features.subarray(i * width, (i + 1) * width),
  }));
}

async function unpacked(
  folder: string,
  what: WholeExport | HeadOnlyExport,
  tests: readonly CertificateTest[],
): Promise<void> {
  const zip: Uint8Array[] = [];
  await writeRun(
    what,
    defaultPackageOptions,
    { source: 'generated', tests },
    (bytes) => void zip.push(bytes),
    new Job(),
    () => undefined,
  );
  for (const [name, bytes] of Object.entries(unzipSync(Buffer.concat(zip)))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

function opaque({ rgb, width, height }: Picture): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) for (let c = 0; c < 3; c++) rgba[4 * at + c] = rgb[3 * at + c]!;
  return rgba;
}
