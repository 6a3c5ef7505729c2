import type { Reason } from './reason';

/**
 * Errors are data: a stable code, what happened, what the user can do. The code is what programs match on; the
 * text is for people only. They cross the worker boundary as `ErrorData` and are rebuilt on the other side.
 */
export type ErrorCode =
  | 'cancelled'
  | 'too-few-classes'
  | 'too-few-images'
  | 'image-unreadable'
  | 'image-too-large'
  | 'archive-unreadable'
  | 'dataset-unreachable'
  | 'dataset-corrupt'
  | 'weights-unreachable'
  | 'weights-corrupt'
  | 'weights-incompatible'
  | 'backend-unavailable'
  | 'device-lost'
  | 'out-of-memory'
  | 'storage-full'
  | 'memory-full'
  | 'memory-lost'
  | 'storage-unavailable'
  | 'storage-newer'
  | 'features-missing'
  | 'read-only'
  | 'training-diverged'
  | 'invalid-request'
  | 'split-overlap'
  | 'project-unreadable'
  | 'unknown-run'
  | 'evaluation-missing'
  | 'not-comparable'
  | 'worker-crashed'
  | 'internal';

export interface ErrorData {
  readonly code: ErrorCode;
  /** What happened, one sentence. */
  readonly message: string;
  /** What the user can do about it, one sentence. */
  readonly advice: string;
  /** Facts for a bug report: URLs, sizes, the underlying message. */
  readonly details?: string;
  /** Which of the code's cases it is, for other languages. */
  readonly why?: Reason;
}

export class HeadwayError extends Error {
  readonly code: ErrorCode;
  readonly advice: string;
  readonly details?: string;
  readonly why?: Reason;

  constructor(data: ErrorData, options?: ErrorOptions) {
    super(data.message, options);
    this.name = 'HeadwayError';
    this.code = data.code;
    this.advice = data.advice;
    if (data.details !== undefined) this.details = data.details;
    if (data.why !== undefined) this.why = data.why;
  }

  toData(): ErrorData {
    const { code, message, advice, details, why } = this;
    return {
      code,
      message,
      advice,
      ...(details === undefined ? {} : { details }),
      ...(why === undefined ? {} : { why }),
    };
  }
}

/** The error that ends a job whose `AbortSignal` fired. */
export function cancelled(): HeadwayError {
  return new HeadwayError({
    code: 'cancelled',
    message: 'The job was cancelled.',
    advice: 'What was finished is kept; start it again to go on from there.',
  });
}

/** What a script or a screen asked for that cannot be. */
export function invalidRequest(message: string, advice: string, why?: Reason): HeadwayError {
  return new HeadwayError({ code: 'invalid-request', message, advice, ...(why && { why }) });
}

export function storageFull(details: string): HeadwayError {
  return new HeadwayError({
    code: 'storage-full',
    message: 'The browser has no room left for this page.',
    advice: 'Free space here, or on the disk, and start again: nothing that was stored is lost.',
    details,
  });
}

/** Any thrown value as error data; unknown errors keep their text as details. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof HeadwayError) return error.toData();
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return storageFull(text).toData();
  if (error instanceof DOMException && error.name === 'AbortError') return cancelled().toData();
  return {
    code: 'internal',
    message: 'Something went wrong inside Headway.',
    advice:
      'Reload the page; stored images and features are kept. If it happens again, please report the details.',
    details: text,
  };
}
