/** Tries things on the engine and says what did not happen. */
import { EngineError, isEngineError } from '../engine/errors.ts';

/** Puts what did not happen before the engine's own fact; trouble with the connection speaks for itself. */
export async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isEngineError(error) && ['missing', 'conflict', 'failed'].includes(error.kind)
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
  const engineErrors = failures.filter(isEngineError);
  if (
    engineErrors.length < 2 ||
    !['missing', 'conflict', 'failed'].includes(engineErrors[0]?.kind ?? '')
  ) {
    throw first;
  }
  throw new EngineError('failed', engineErrors.map(({ message }) => message).join(' · '), first);
}
