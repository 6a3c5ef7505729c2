import { strToU8 } from 'fflate';
import type { JobControl, Progress } from '../job';
import { ProgressMeter } from '../job';
import { certificateFiles, type Certificate, type Expects, type Tolerance } from './certificate';
import { isHeadFormat, type ExportFormat, type PackageOptions } from './formats';
import { labelsText } from './labels';
import { packageMetadata, type HeadExport } from './metadata';
import type { FormatParts, PackageFile } from './model';
import { readme } from './readme';
import { scriptFiles } from './scripts';
import { ZipWriter, type Sink, type WrittenFile } from './zip';

export interface Package {
  readonly model: HeadExport;
  readonly format: ExportFormat;
  readonly options: PackageOptions;
  readonly parts: FormatParts;
  /** The layer of the model whose output are the features. */
  readonly features: string;
  readonly certificate: Certificate;
  /** Bytes of all files before they are packed, about; what progress counts. */
  readonly bytes: number;
}

/**
 * Writes a package: the model, and everything that is needed to use it and to see that it predicts what Headway
 * predicts. One zip, as a stream; all names are fixed, so that no label can become a path. The same input gives the same
 * bytes.
 * @throws RangeError where the head has another number of outputs than the run has classes.
 */
export async function writePackage(
  { model, format, options, parts, features, certificate, bytes }: Package,
  sink: Sink,
  control: JobControl,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const { run, head } = model;
  if (head.classes !== run.classes.length)
    throw new RangeError(`${head.classes} outputs for ${run.classes.length} classes`);
  const expects = expectedInput(format, options);
  const meter = new ProgressMeter(bytes, 'bytes');
  const zip = new ZipWriter(sink, control, (added) => {
    // The size is an estimate: the bar may arrive early, and never runs over.
    onProgress(meter.add(Math.min(added, bytes - meter.progress.done)));
  });
  const written: WrittenFile[] = [];
  const files: PackageFile[] = [
    text('README.md', readme({ model, format, parts, certificate })),
    text('labels.txt', labelsText(run.classes)),
    ...parts.files,
    ...scriptFiles(parts),
    ...(await certificateFiles(model, certificate, expects, toleranceOf(format, options))),
  ];
  for (const file of files) written.push(await zip.add(file));
  const metadata = packageMetadata(model, { format, expects, weights: options.weights, features });
  const checks = Object.fromEntries(written.map(({ name, ...rest }) => [name, rest]));
  await zip.add(text('metadata.json', JSON.stringify({ ...metadata, files: checks }, null, 2)));
  await zip.end();
}

function expectedInput(format: ExportFormat, { preprocessing }: PackageOptions): Expects {
  if (isHeadFormat(format)) return 'features';
  return preprocessing === 'inside' ? 'rgb' : 'preprocessed';
}

/** Float32 sums in another order differ in the sixth digit; float16 weights in the fourth. */
function toleranceOf(format: ExportFormat, { weights }: PackageOptions): Tolerance {
  if (weights === 'float16') return { features: 2e-2, probabilities: 1e-2 };
  return { features: 1e-4, probabilities: format === 'onnx' ? 1e-3 : 1e-4 };
}

function text(name: string, content: string): PackageFile {
  return { name, chunks: [strToU8(content)], deflate: true };
}
