import { transferHandlers } from 'comlink';
import { HeadwayError, toErrorData, type ErrorData } from '../engine/errors';

/** comlink flattens an error to name, message and stack; this carries our error data instead. Both ends call it. */
export function carryErrorData(): void {
  const original = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    canHandle: (value): value is { value: unknown } => original.canHandle(value),
    serialize: (thrown: { value: unknown }) => [toErrorData(thrown.value), []],
    deserialize: (data: ErrorData) => {
      throw new HeadwayError(data);
    },
  });
}
