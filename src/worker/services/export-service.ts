import { ImageStore } from '../../engine/data/image-store';
import type { Certificate } from '../../engine/export/certificate';
import { checkFormat, isHeadFormat, type ExportFormat } from '../../engine/export/formats';
import type { HeadOnlyExport, WholeExport } from '../../engine/export/write-run';
import { nets } from '../../engine/nets';
import { RunStore } from '../../engine/results/run-store';
import type { Storage } from '../../engine/storage';
import { appVersion } from '../../engine/version';
import type { ExportApi, TestedPicture } from '../files-api';
import type { Jobs } from '../jobs';
import { byteSink } from './byte-sink';

/** What users take away. Meant for a worker of its own, which ends when the export does, and its memory with it. */
export function exportService(storage: Storage, jobs: Jobs): ExportApi {
  const runs = new RunStore(storage);
  const images = new ImageStore(storage);

  async function contents(runId: string, format: ExportFormat): Promise<WholeExport | HeadOnlyExport> {
    const { result, head, spec } = await runs.get(runId);
    const input = { size: spec.inputSize, resize: spec.resize };
    const model = { run: result, head, net: nets[result.base], cut: spec.cut, input, appVersion };
    checkFormat(result, format);
    if (isHeadFormat(format)) return { format, model };
    const { loadKeptWeights, weightsBefore } = await import('../../engine/bases/base');
    const weights = await loadKeptWeights(result.base, storage, result.weightsDigest);
    const before = await weightsBefore(storage, result.weightsDigest);
    return { format, model: { ...model, weights, weightsBefore: before } };
  }

  return {
    async testPictures(runId, format, source) {
      const { keptWeightsHere } = await import('../../engine/bases/base');
      const { testPictures } = await import('../../engine/export/run-pictures');
      const { result } = await runs.get(runId);
      checkFormat(result, format);
      if (!(await keptWeightsHere(result.base, storage, result.weightsDigest, !isHeadFormat(format))))
        return null;
      return (await testPictures(result, images, source)).map(
        (png) => new Blob([png], { type: 'image/png' }),
      );
    },

    exportRun: (job, { runId, format, options, pictures }, onProgress, onChunk) =>
      jobs.run(job, async (control) => {
        const { writeRun } = await import('../../engine/export/write-run');
        const certificate = await certified(pictures, options.pictures);
        const whole = await contents(runId, format);
        await control.checkpoint();
        const { sink, finish } = byteSink(onChunk);
        await writeRun(whole, options, certificate, sink, control, onProgress);
        return finish();
      }),
  };
}

async function certified(
  pictures: readonly TestedPicture[],
  source: Certificate['source'],
): Promise<Certificate> {
  const { fromPng } = await import('../../engine/export/run-pictures');
  const tests = pictures.map(async ({ png, features }) => ({ picture: await fromPng(png), features }));
  return { source, tests: await Promise.all(tests) };
}
