import type { BrowserContext } from 'playwright';
import type { BenchOptions } from './options.ts';
import type { Machine } from './results.ts';

/** What every section measures with. */
export interface BenchContext {
  readonly options: BenchOptions;
  /** The project's folder, ending in a slash. */
  readonly root: string;
  readonly browser: BrowserContext;
  readonly machine: Machine;
  /** The built page's files. */
  readonly distFolder: string;
  /** The built page, and a server of single modules. Both end in a slash. */
  readonly pageUrl: string;
  readonly modulesUrl: string;
}
