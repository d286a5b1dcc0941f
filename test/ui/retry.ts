/** Timeouts and retries of the UI tests. */

/** Timeout in milliseconds, long enough for a busy machine. */
export const timeout = 120_000;

/** Milliseconds after which an action is tried again. */
export const retryTimeout = 10_000;

/** Repeats an action that VS Code may interrupt until it succeeds; rejects with the last error after the timeout. */
export async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
