/** Runs engine operations and adds context to their errors. */
import { EngineError, isConnectionError, isEngineError } from '../engine/errors.ts';
import { reasonOf } from './engine-reasons.ts';

/** Adds `what` as a prefix to an error of the engine and says its reason in words, such as "Could not stop web"; connection errors need no prefix. */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isEngineFailure(error)
      ? new EngineError(error.kind, `${what}: ${sentenceOf(error)}`, error)
      : error;
  }
}

/** The reason in words; the message of the engine is its cause, for the log and for the buttons. */
function sentenceOf({ message }: EngineError): string {
  return reasonOf(message)?.sentence ?? message;
}

/** Runs the same operation on all subjects in parallel; failures do not stop the others and are reported together. */
export async function runForEach<T>(
  subjects: readonly T[],
  work: (subject: T) => Promise<unknown>,
): Promise<void> {
  const outcomes = await Promise.allSettled(subjects.map(work));
  const failures = outcomes.flatMap((outcome): readonly unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  const [first] = failures;
  if (failures.length === 0) return;
  const engineErrors = failures.filter(isEngineFailure);
  if (engineErrors.length < 2 || first !== engineErrors[0]) throw first;
  throw new EngineError('failed', engineErrors.map(({ message }) => message).join(' · '), first);
}

/** Whether the engine responded with an error. */
function isEngineFailure(error: unknown): error is EngineError {
  return isEngineError(error) && error.kind !== 'cancelled' && !isConnectionError(error);
}
