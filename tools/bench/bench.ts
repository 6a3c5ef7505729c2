import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type as systemType } from 'node:os';
import { openBrowser } from '../study/browser.ts';
import { writeFormatted } from '../study/files.ts';
import type { BenchContext } from './context.ts';
import { measureExtraction } from './extraction.ts';
import { measureHeads } from './head.ts';
import { measureBundle } from './bundle.ts';
import { parseOptions } from './options.ts';
import { measurePipeline } from './pipeline.ts';
import { report } from './report.ts';
import { measureScale } from './scale.ts';
import { replaceFigures, type BenchResults, type Figure, type Machine, type SectionId } from './results.ts';

export interface BenchSurroundings extends Pick<
  BenchContext,
  'root' | 'distFolder' | 'pageUrl' | 'modulesUrl'
> {
  readonly args: readonly string[];
  readonly chromium: string;
}

const measures: Readonly<Record<SectionId, (context: BenchContext) => Promise<readonly Figure[]>>> = {
  extraction: measureExtraction,
  head: measureHeads,
  pipeline: measurePipeline,
  scale: measureScale,
  bundle: measureBundle,
};

/** Measures section after section and writes what there is after each: nothing is lost when the next one fails. */
export async function bench({ args, chromium, ...surroundings }: BenchSurroundings): Promise<void> {
  const options = parseOptions(args);
  const { root } = surroundings;
  const folder = options.rehearsal ? `${root}.cache/bench/rehearsal` : `${root}docs/bench`;
  mkdirSync(folder, { recursive: true });
  const path = `${folder}/results.json`;
  let results = (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []) as BenchResults;
  if (!options.reportOnly) {
    const browser = await openBrowser(chromium, `${root}.cache/bench/profile`);
    const machine = describeMachine(browser.browser()?.version() ?? 'of unknown version');
    try {
      for (const section of options.sections) {
        console.log(section);
        const loadBefore = Number((loadavg()[0] ?? 0).toFixed(1));
        const figures = await measures[section]({ ...surroundings, options, browser, machine });
        const measuredOn = new Date().toISOString().slice(0, 10);
        results = replaceFigures(
          results,
          figures.map((figure) => ({ ...figure, measuredOn, loadBefore, machine })),
        );
        await writeFormatted(path, JSON.stringify(results));
      }
    } finally {
      await browser.close();
    }
  }
  const text = report(results);
  await writeFormatted(`${folder}/README.md`, text);
  console.log(text);
}

function describeMachine(browserVersion: string): Machine {
  return {
    system: systemType(),
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    browser: `Chromium ${browserVersion}`,
    node: process.versions.node,
  };
}
