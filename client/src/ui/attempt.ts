/** Tries things on the engine and says what did not happen. */
import { EngineError, isConnectionTrouble, isEngineError } from '../engine/errors.ts';

/** Puts what did not happen before the engine's own fact; trouble with the connection speaks for itself. */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isRefusal(error)
      ? new EngineError(error.kind, `${what}: ${error.message}`, error)
      : error;
  }
}

/** Does the same to each at once; what fails does not keep the others, and all failures are told together. */
export async function each<T>(
  subjects: readonly T[],
  work: (subject: T) => Promise<unknown>,
): Promise<void> {
  const outcomes = await Promise.allSettled(subjects.map(work));
  const failures = outcomes.flatMap((outcome): readonly unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  const [first] = failures;
  if (failures.length === 0) return;
  const refusals = failures.filter(isRefusal);
  if (refusals.length < 2 || first !== refusals[0]) throw first;
  throw new EngineError('failed', refusals.map(({ message }) => message).join(' · '), first);
}

/** The engine answered and said no. */
function isRefusal(error: unknown): error is EngineError {
  return isEngineError(error) && error.kind !== 'cancelled' && !isConnectionTrouble(error);
}
