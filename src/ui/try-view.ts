import type { ImageFile } from '../engine/data/records';
import type { ErrorData } from '../engine/errors';
import type { RunResult } from '../engine/run';
import type { BatchRow } from '../session/predict-many';
import type { ChartTable } from './parts/chart-export';
import { words } from './words';
import { en } from './words/en';

const pictureName = /\.(jpe?g|png|gif|webp|avif|bmp|tiff?|heic|heif|svg)$/i;

/** Those of many files that may be pictures; hidden files and what lies beside pictures in a folder are not. */
export function picturesAmong(files: readonly ImageFile[]): ImageFile[] {
  return files.filter(({ path, blob }) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return !name.startsWith('.') && (blob.type.startsWith('image/') || pictureName.test(name));
  });
}

/** The label that an answer comes to under a threshold; null: none of these. */
export function answerUnder(label: string, probability: number, threshold: number): string | null {
  // Probabilities are float32, the slider's steps are not.
  return probability >= threshold - 1e-7 ? label : null;
}

/** One row a picture; of each run its answer, how sure it is, and the probability of every class. */
export function batchTable(
  rows: readonly BatchRow[],
  runs: readonly RunResult[],
  names: ReadonlyMap<string, string>,
  threshold: number,
): ChartTable {
  const head = [
    'File',
    'Problem',
    ...runs.flatMap(({ runId, classes }) => {
      const name = names.get(runId) ?? runId;
      return [`${name}: answer`, `${name}: probability`, ...classes.map((label) => `${name}: ${label}`)];
    }),
  ];
  return {
    head,
    rows: rows.map(({ path, error, answers }) => [
      path,
      error?.message ?? null,
      ...runs.flatMap(({ runId, classes }) => {
        const answer = answers.find((one) => one.runId === runId);
        if (answer === undefined) return [null, null, ...classes.map(() => null)];
        const { label, probability, probabilities } = answer;
        const said = answerUnder(label, probability, threshold) ?? en.tryIt.noneOfThese;
        return [said, probability, ...probabilities];
      }),
    ]),
  };
}

/** Why there is no picture from the camera, and what to do, from what `getUserMedia` rejects with. */
export function cameraTrouble(error: unknown): Pick<ErrorData, 'message' | 'advice'> {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return words.camera.notFound;
    case 'NotAllowedError':
    case 'SecurityError':
      return words.camera.notAllowed;
    case 'NotReadableError':
    case 'AbortError':
      return words.camera.silent;
    case 'NoCamera':
      return words.camera.unreachable;
    default:
      return words.camera.trouble;
  }
}

/** Thrown where the browser offers no camera at all. */
export function noCamera(): Error {
  const error = new Error('navigator.mediaDevices is missing');
  error.name = 'NoCamera';
  return error;
}
