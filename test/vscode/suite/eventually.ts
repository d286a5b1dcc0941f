import type { Disposable, Event } from 'vscode';

/** Resolves with the first result of `ask` that is not undefined; calls it immediately and after each event. */
export function eventually<T>(event: Event<unknown>, ask: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    let subscription: Disposable | undefined;
    const look = () => {
      const answer = ask();
      if (answer === undefined) return false;
      subscription?.dispose();
      resolve(answer);
      return true;
    };
    if (!look()) subscription = event(look);
  });
}
