import { cancelled, HeadwayError, invalidRequest } from '../engine/errors';
import {
  checkFormat,
  defaultPackageOptions,
  exportFormats,
  type ExportFormat,
  type PackageOptions,
} from '../engine/export/formats';
import type { Progress } from '../engine/job';
import type { RunResult } from '../engine/run';
import type { ExportRequest, TestedPicture } from '../worker/files-api';
import type { EngineClient } from '../worker/client';
import type { ExportOptions } from './headway';
import { baseRequestOf } from './looks';
import type { Action } from './reducer';
import type { Workers } from './run-lane';
import type { ExportState } from './state';

/**
 * Runs as files. The test pictures of a package go through the run's base as any picture does, and then a worker of
 * its own writes the package; it ends with the export, and gives the memory back.
 */
export class Exports {
  #abort: AbortController | null = null;

  constructor(
    readonly client: EngineClient,
    readonly workers: Pick<Workers, 'base' | 'residency'>,
    readonly results: () => readonly RunResult[],
    readonly dispatch: (action: Action) => void,
  ) {}

  /** The package as a Blob. */
  async toBlob(runId: string, format: ExportFormat, options: ExportOptions = {}): Promise<Blob> {
    return (await this.#export(runId, format, options, null))!;
  }

  /** Writes the package into a stream as it is made; the stream is closed, or aborted where the export fails. */
  async toStream(
    runId: string,
    format: ExportFormat,
    stream: WritableStream<Uint8Array>,
    options: ExportOptions = {},
  ): Promise<void> {
    const writer = stream.getWriter();
    try {
      await this.#export(runId, format, options, (bytes) => writer.write(bytes));
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
      throw error;
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  async #export(
    runId: string,
    format: ExportFormat,
    { signal, onProgress, ...given }: ExportOptions,
    onChunk: ((bytes: Uint8Array<ArrayBuffer>) => Promise<void>) | null,
  ): Promise<Blob | null> {
    const options = checked(format, given);
    const run = this.results().find((result) => result.runId === runId);
    if (run !== undefined) checkFormat(run, format);
    if (this.#abort !== null)
      throw invalidRequest('An export is going on already.', 'Wait for it to end, or cancel it.', {
        code: 'busy',
        with: 'export',
      });
    const abort = (this.#abort = new AbortController());
    const follow = () => abort.abort();
    signal?.addEventListener('abort', follow);
    if (signal?.aborted) follow();
    const show = (exporting: ExportState) => this.dispatch({ type: 'exporting', exporting });
    try {
      show({ runId, format, progress: null });
      const pictures = await this.#tested(runId, format, options.pictures, abort.signal);
      const request: ExportRequest = { runId, format, options, pictures };
      const tell = (progress: Progress) => {
        show({ runId, format, progress });
        onProgress?.(progress);
      };
      return await this.client.job(
        (api, job, listening) => api.exportRun(job, request, listening(tell), onChunk && listening(onChunk)),
        abort,
      ).result;
    } finally {
      signal?.removeEventListener('abort', follow);
      this.#abort = null;
      this.client.terminate();
      this.dispatch({ type: 'exporting', exporting: null });
    }
  }

  /** The certificate's pictures with what the base makes of them; none where only the head is left of a run. */
  async #tested(
    runId: string,
    format: ExportFormat,
    source: PackageOptions['pictures'],
    signal: AbortSignal,
  ): Promise<TestedPicture[]> {
    const pngs = await this.client.call((api) => api.testPictures(runId, format, source));
    checkpoint(signal);
    const run = this.results().find((result) => result.runId === runId);
    if (pngs === null || run === undefined) return [];
    const { base, residency } = this.workers;
    const { features, failed } = await residency.use(
      run.base,
      () => base(run.base).call((api) => api.embed(baseRequestOf(run), pngs)),
      { wait: false },
    );
    checkpoint(signal);
    const reason = failed.find((error) => error !== null);
    if (reason) throw new HeadwayError(reason);
    const width = features.length / pngs.length;
    return pngs.map((png, i) => ({ png, features: features.slice(i * width, (i + 1) * width) }));
  }
}

function checkpoint(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Options as a script may have given them. */
function checked(format: ExportFormat, given: Partial<PackageOptions>): PackageOptions {
  if (!exportFormats.includes(format))
    throw invalidRequest(
      `There is no export format ${format as string}.`,
      `Choose among ${exportFormats.join(', ')}.`,
    );
  const options = { ...defaultPackageOptions, ...given };
  const choices: { readonly [K in keyof PackageOptions]: readonly PackageOptions[K][] } = {
    weights: ['float32', 'float16'],
    preprocessing: ['inside', 'outside'],
    pictures: ['generated', 'validation'],
  };
  for (const key of Object.keys(choices) as (keyof PackageOptions)[])
    if (!(choices[key] as readonly string[]).includes(options[key]))
      throw invalidRequest(
        `${key} cannot be ${options[key] as string}.`,
        `Choose ${choices[key].join(' or ')}.`,
      );
  return options;
}
