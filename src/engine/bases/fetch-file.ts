import { afterAwake } from '../awake';
import { cancelled } from '../errors';
import { sha256Hex } from './digest';
import type { WeightFile } from './sources';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Patience, in milliseconds of a machine that is awake. */
export interface Patience {
  /** Until the first answer. */
  readonly connect: number;
  /** For every `stallBytes`, once the answer has begun. */
  readonly stall: number;
  /** Before the second try; doubled before the third. */
  readonly backoff: number;
}

export const usualPatience: Patience = { connect: 15_000, stall: 20_000, backoff: 500 };

const tries = 3;
/** A server that gives less than this within the patience above (0.8 kB/s) is as good as silent. */
export const stallBytes = 16_384;
/** For files whose length is not known beforehand. */
const mostBytes = 64 * 2 ** 20;

/** Why one host could not give one file. */
export class FetchFailure extends Error {
  constructor(
    message: string,
    /** Whether the same request may fare better. */
    readonly again: boolean,
    /** The host did not answer at all. */
    readonly silent = false,
  ) {
    super(message);
  }
}

export interface FetchFileOptions {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  /** Bytes as they come; negative when a try is given up and its bytes are taken back. */
  readonly onBytes: (bytes: number) => void;
  readonly patience: Patience;
}

/**
 * Fetches one file whole and checks its length and SHA-256; three tries where that may help. Rejects with a
 * `FetchFailure`, or with `cancelled` once the signal has fired.
 */
export async function fetchFile(
  url: string,
  file: WeightFile,
  options: FetchFileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { signal, patience } = options;
  for (let attempt = 1; ; attempt++) {
    let received = 0;
    const onBytes = (bytes: number) => {
      received += bytes;
      options.onBytes(bytes);
    };
    try {
      const bytes = await fetchOnce(url, file, attempt, { ...options, onBytes });
      await check(file, bytes);
      return bytes;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      options.onBytes(-received);
      const failure = error instanceof FetchFailure ? error : networkFailure(error, received);
      if (!failure.again || attempt === tries) throw failure;
      await sleep(patience.backoff * 2 ** (attempt - 1), signal);
    }
  }
}

/** What fetch itself throws is a TypeError that tells no script whether nobody answered or CORS forbade to look. */
function networkFailure(error: unknown, received: number): FetchFailure {
  return received === 0
    ? new FetchFailure(`no answer that this page may read (${String(error)})`, true, true)
    : new FetchFailure(`the connection broke after ${received} bytes (${String(error)})`, true);
}

async function fetchOnce(
  url: string,
  file: WeightFile,
  attempt: number,
  { fetch, signal, onBytes, patience }: FetchFileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const stop = new AbortController();
  let callOff: () => void = () => undefined;
  const expect = (ms: number, failure: FetchFailure) => {
    callOff();
    callOff = afterAwake(ms, () => stop.abort(failure));
  };
  const cancel = () => stop.abort(cancelled());
  signal.addEventListener('abort', cancel);
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error));
  });
  stopped.catch(() => undefined);
  if (signal.aborted) cancel();
  try {
    // Silence is an answer, too: another quarter of a minute of it would not tell more.
    expect(patience.connect, new FetchFailure(`no answer within ${patience.connect / 1000} s`, false, true));
    const init: RequestInit = {
      signal: stop.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // We keep our own copy; and a second try must not be given the same broken bytes again.
      cache: attempt === 1 ? 'no-store' : 'reload',
    };
    const response = await Promise.race([fetch(url, init), stopped]);
    if (!response.ok || response.body === null) {
      const again = response.status >= 500 || response.status === 408 || response.status === 429;
      void response.body?.cancel().catch(() => undefined);
      throw new FetchFailure(`HTTP ${response.status}`, again);
    }
    const stall = new FetchFailure(`less than ${stallBytes / 1024} kB in ${patience.stall / 1000} s`, true);
    expect(patience.stall, stall);
    let sinceThen = 0;
    const reader = response.body.getReader();
    try {
      return await readAll(file, onBytes, async () => {
        const chunk = await Promise.race([reader.read(), stopped]);
        sinceThen += chunk.value?.length ?? 0;
        if (sinceThen >= stallBytes) {
          expect(patience.stall, stall);
          sinceThen = 0;
        }
        return chunk;
      });
    } finally {
      void reader.cancel().catch(() => undefined);
    }
  } finally {
    callOff();
    signal.removeEventListener('abort', cancel);
    // Lets go of the connection if the body was left in the middle.
    stop.abort();
  }
}

async function readAll(
  { bytes: expected }: WeightFile,
  onBytes: (bytes: number) => void,
  read: () => Promise<ReadableStreamReadResult<Uint8Array>>,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(expected ?? 2 ** 20);
  let length = 0;
  for (;;) {
    const { done, value } = await read();
    if (done) break;
    const end = length + value.length;
    if (end > (expected ?? mostBytes))
      throw new FetchFailure(`more than ${expected ?? mostBytes} bytes`, true);
    if (end > bytes.length) {
      const larger = new Uint8Array(Math.max(2 * bytes.length, end));
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(value, length);
    length = end;
    onBytes(value.length);
  }
  if (expected !== null && length !== expected)
    throw new FetchFailure(`${length} of ${expected} bytes`, true);
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

async function check({ sha256 }: WeightFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (sha256 === null) return;
  const actual = await sha256Hex(bytes);
  if (actual !== sha256) throw new FetchFailure(`wrong checksum: ${actual} instead of ${sha256}`, true);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(cancelled());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
