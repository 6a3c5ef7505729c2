import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type as systemType } from 'node:os';
import type { BrowserContext } from 'playwright';
import type { BaseId } from '../../src/engine/nets/index.ts';
import { openBrowser, openPage, type Failure } from './browser.ts';
import { chart } from './chart.ts';
import { headsFor, requestFor } from './heads.ts';
import { describeBackend, loadImages, measure, type Measured } from './measure.ts';
import { parseOptions, type StudyOptions } from './options.ts';
import { report } from './report.ts';
import { readResults, writeFormatted, writeResults } from './files.ts';
import {
  replaceBase,
  type Machine,
  type StudyFeatures,
  type StudyResults,
  type StudyRun,
} from './results.ts';

export interface StudySurroundings {
  readonly args: readonly string[];
  /** The project's folder, ending in a slash. */
  readonly root: string;
  readonly chromium: string;
  readonly pageUrl: string;
  readonly modulesUrl: string;
}

interface Study extends StudySurroundings {
  readonly options: StudyOptions;
  readonly context: BrowserContext;
  readonly machine: Machine;
}

/** Measures base after base and writes what there is after each, so that nothing is lost when the next one fails. */
export async function study(surroundings: StudySurroundings): Promise<void> {
  const { root } = surroundings;
  const options = parseOptions(surroundings.args);
  const name = options.limit === null ? 'all' : `${options.limit}`;
  const folder = options.limit === null ? `${root}docs/study` : `${root}.cache/study/rehearsal-${name}`;
  mkdirSync(folder, { recursive: true });
  if (options.reportOnly) {
    await write(folder, readResults(`${folder}/results.json`), options);
    return;
  }
  const context = await openBrowser(surroundings.chromium, `${root}.cache/study/profile-${name}`);
  try {
    const page = await openPage(context, surroundings.pageUrl);
    const images = await loadImages(page, options.limit);
    const machine = describeMachine(context, await describeBackend(page));
    await page.close();
    console.log(`${images} images; ${machine.browser}; ${machine.backend}`);
    for (const base of options.bases) {
      const { features, runs } = await studyBase({ ...surroundings, options, context, machine }, base);
      const results = replaceBase(readResults(`${folder}/results.json`), features, runs);
      await writeResults(`${folder}/results.json`, results);
      await write(folder, results, options);
    }
    console.log(`Written to ${folder}`);
  } finally {
    await context.close();
  }
}

async function write(folder: string, results: StudyResults, { limit }: StudyOptions): Promise<void> {
  await writeFormatted(`${folder}/README.md`, report(results, limit));
  writeFileSync(`${folder}/accuracy.svg`, chart(results));
}

interface BaseStudy {
  readonly features: StudyFeatures;
  readonly runs: readonly StudyRun[];
}

/** One base in a page of its own: its worker's memory is free again for the next. */
async function studyBase(study: Study, base: BaseId): Promise<BaseStudy> {
  console.log(base);
  const at = when(study);
  const page = await openPage(study.context, study.pageUrl);
  const runs: StudyRun[] = [];
  let measured: Measured | null = null;
  const extraction = new ExtractionLog(study, base);
  try {
    for (const head of headsFor(base))
      for (const seed of study.options.seeds) {
        const outcome = await measure(page, base, requestFor(base, head, seed));
        if ('code' in outcome) return await withoutWeights(study, base, outcome, at);
        extraction.add(outcome);
        measured = outcome;
        runs.push({ base, head, seed, history: outcome.history, trainMs: outcome.timing.trainMs });
        say(head.name, seed, outcome.history.at(-1)!.valAccuracy);
      }
  } finally {
    await page.close();
  }
  const { weights, weightsDigest, backend, trainImages, validationImages } = measured!;
  const own = { weights, weightsDigest, backend, trainImages, validationImages };
  const features = { ...own, base, from: 'page', extraction: extraction.total, reason: null } as const;
  return { features: { ...features, ...at }, runs };
}

/** Where a base's weights cannot be had: the article's own features, which exist for VGG16 only, or nothing. */
async function withoutWeights(
  study: Study,
  base: BaseId,
  { code, message }: Failure,
  at: Pick<StudyFeatures, 'measuredOn' | 'loadBefore' | 'machine'>,
): Promise<BaseStudy> {
  if (!code.startsWith('weights-')) throw new Error(`${base}: ${message} (${code})`);
  console.log(`  ${message} (${code})`);
  const count = study.options.limit ?? 2000;
  const none = { weights: null, weightsDigest: null, backend: null, extraction: null, ...at };
  const sides = { trainImages: count, validationImages: count };
  const isThere = existsSync(`${study.root}../shared/fixtures/article-2017/vgg16-train-features.f32`);
  if (base !== 'vgg16' || !isThere)
    return { features: { base, from: 'none', reason: message, ...sides, ...none }, runs: [] };
  const page = await study.context.newPage();
  await page.goto(`${study.modulesUrl}tools/study/article-features.html`);
  await page.waitForFunction(() => 'trainOnArticle' in globalThis);
  const runs: StudyRun[] = [];
  for (const head of headsFor(base))
    for (const seed of study.options.seeds) {
      const request = requestFor(base, head, seed);
      const trained = await page.evaluate(({ request, count }) => globalThis.trainOnArticle(request, count), {
        request,
        count,
      });
      runs.push({ base, head, seed, ...trained });
      say(head.name, seed, trained.history.at(-1)!.valAccuracy);
    }
  await page.close();
  return { features: { base, from: 'article', reason: message, ...sides, ...none }, runs };
}

/** Adds up what several sessions have extracted; what one was interrupted in is not counted. */
class ExtractionLog {
  readonly #path: string;
  #digest: string | null = null;
  #log: Record<string, { images: number; ms: number } | undefined>;

  constructor(
    { root, options }: Study,
    readonly base: BaseId,
  ) {
    this.#path = `${root}.cache/study/extraction-${options.limit ?? 'all'}.json`;
    this.#log = existsSync(this.#path)
      ? (JSON.parse(readFileSync(this.#path, 'utf8')) as Record<string, { images: number; ms: number }>)
      : {};
  }

  add({ weightsDigest, timing: { extractedImages, extractMs } }: Measured): void {
    this.#digest = `${this.base} ${weightsDigest}`;
    if (extractedImages === 0) return;
    const { images, ms } = this.#log[this.#digest] ?? { images: 0, ms: 0 };
    this.#log[this.#digest] = { images: images + extractedImages, ms: ms + extractMs };
    writeFileSync(this.#path, JSON.stringify(this.#log));
  }

  get total(): { images: number; ms: number } | null {
    return (this.#digest === null ? undefined : this.#log[this.#digest]) ?? null;
  }
}

function say(head: string, seed: number, valAccuracy: number): void {
  console.log(`  ${head}, seed ${seed}: validation ${valAccuracy.toFixed(4)}`);
}

function when({ machine }: Study): Pick<StudyFeatures, 'measuredOn' | 'loadBefore' | 'machine'> {
  const loadBefore = Number((loadavg()[0] ?? 0).toFixed(1));
  return { measuredOn: new Date().toISOString().slice(0, 10), loadBefore, machine };
}

function describeMachine(context: BrowserContext, backend: string): Machine {
  return {
    system: systemType(),
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    browser: `Chromium ${context.browser()?.version() ?? 'of unknown version'}`,
    backend,
    node: process.versions.node,
  };
}
