import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { modelLayers } from '../../src/engine/export/layers.ts';
import { onnxChunks } from '../../src/engine/export/onnx.ts';
import { tfjsFiles } from '../../src/engine/export/tfjs.ts';
import { nets, type BaseId } from '../../src/engine/nets/index.ts';
import { exportModel, weightsOf } from '../formats/reference.ts';

/** A linear head of ten classes: next to nothing beside a base. */
const head = { kind: 'dense', hidden: [], dropout: 0, l2: 0 } as const;
const options = { weights: 'float32', preprocessing: 'outside' } as const;

/** Writes a base as we export it, for tfjs and for ONNX, into `folder`; what is there from earlier stays. */
export async function writeExported(base: BaseId, folder: string): Promise<void> {
  const done = `${folder}/done`;
  if (await readFile(done).catch(() => null)) return;
  await mkdir(folder, { recursive: true });
  const model = exportModel(base, head, await weightsOf(base), 'avg_pool', nets[base].features);
  const layers = modelLayers(model, options);
  const files = [
    ...tfjsFiles(layers, options.weights, model.appVersion),
    { name: 'model.onnx', chunks: onnxChunks(layers, model, options) },
  ];
  for (const { name, chunks } of files)
    await pipeline(Readable.from(chunks), createWriteStream(`${folder}/${name}`));
  await writeFile(done, 'yes');
}
