import type { Progress } from '../engine/job';
import type { OpenReport, ProjectSummary } from '../engine/project/read-project';
import type { SaveOptions } from '../engine/project/write-project';
import type { RunRequest } from '../engine/run';
import type { EngineClient } from '../worker/client';

export interface FollowOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What the session does around a project. */
export interface ProjectHost {
  request(): RunRequest;
  /** Whether there is neither image nor run. */
  isEmpty(): boolean;
  /** Forgets images, features and runs. */
  reset(): Promise<void>;
  /** Shows what is stored now, with the settings of the form where a project brought some. */
  reload(request: RunRequest | null): Promise<void>;
}

/** Everything of the page in one file, and back; a head alone, for another person's page. */
export class Projects {
  constructor(
    readonly client: EngineClient,
    readonly host: ProjectHost,
  ) {}

  async toBlob(options: SaveOptions, follow: FollowOptions = {}): Promise<Blob> {
    return (await this.#save(options, follow, null))!;
  }

  /** Writes the file into a stream as it is made; the stream is closed, or aborted where saving fails. */
  async toStream(
    options: SaveOptions,
    stream: WritableStream<Uint8Array>,
    follow: FollowOptions = {},
  ): Promise<void> {
    const writer = stream.getWriter();
    try {
      await this.#save(options, follow, (bytes) => writer.write(bytes));
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
      throw error;
    }
  }

  inspect(file: Blob): Promise<ProjectSummary> {
    return this.client.call((api) => api.inspectProject(file));
  }

  /**
   * Adds what a file holds to what is here, or puts it in its place. A file that cannot be read is found out before
   * anything is changed. Settings come along where there were none to keep.
   */
  async open(
    file: Blob,
    { replace, signal, onProgress }: FollowOptions & { readonly replace: boolean },
  ): Promise<OpenReport> {
    await this.inspect(file);
    if (replace) await this.host.reset();
    const wasEmpty = this.host.isEmpty();
    let settings: RunRequest | null = null;
    try {
      const report = await this.client.job(
        (api, job, listening) =>
          api.openProject(
            job,
            file,
            listening((progress) => onProgress?.(progress)),
          ),
        { signal },
      ).result;
      if (wasEmpty) settings = report.request;
      return report;
    } finally {
      await this.host.reload(settings);
    }
  }

  #save(
    options: SaveOptions,
    { signal, onProgress }: FollowOptions,
    onChunk: ((bytes: Uint8Array<ArrayBuffer>) => Promise<void>) | null,
  ): Promise<Blob | null> {
    const request = { options, request: this.host.request() };
    return this.client.job(
      (api, job, listening) =>
        api.saveProject(
          job,
          request,
          listening((progress) => onProgress?.(progress)),
          onChunk && listening(onChunk),
        ),
      { signal },
    ).result;
  }
}
