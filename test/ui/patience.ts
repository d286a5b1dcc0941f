/** How long is waited for what a person would see. */

/** Milliseconds after which what is waited for will not come; a machine may be very busy. */
export const patience = 120_000;

/** Milliseconds after which a person would try again. */
export const moment = 10_000;

/** Does what VS Code may undo while it is done, again and again, as a person would; what stood in the way last is told. */
export async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
