/** Runs ShellCheck in the background: known findings are returned immediately, others when typing has stopped. */
import type { Document } from '../model/document.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { checker, type Checker, type ShellCheck } from '../shellcheck/checker.ts';
import { findingsOf } from '../shellcheck/findings.ts';
import { scriptsIn, type ShellScript } from '../shellcheck/scripts.ts';
import { ObjectCache } from '../text/object-cache.ts';

/** Finds the program by the value of the setting: `auto` or a path. */
export type FindShellCheck = (
  path: string,
  warn: (message: string) => void,
) => Promise<ShellCheck | undefined>;

export interface ShellChecks {
  /** The known findings of a document; the same array until there are more. Starts a check of unknown scripts. */
  of(document: Document, wanted: ShellSettings): readonly Finding[];
  /** Cancels the check of a document. */
  close(uri: string): void;
  /** Settings may have changed, and programs that were not found may have been installed. */
  forget(): void;
}

export interface ShellSettings {
  /** `off`, `auto` or a path. */
  readonly program: string;
  readonly config: LintConfig;
}

export interface ShellCheckOptions {
  /** Undefined if programs cannot be run, as in a browser. */
  readonly find: FindShellCheck | undefined;
  readonly warn: (message: string) => void;
  /** Called when a document has more findings. */
  readonly found: (uri: string) => void;
}

/** Milliseconds without a change after which the program is run. */
const pause = 300;

const none: readonly Finding[] = [];

interface Known extends ShellSettings {
  readonly stamp: number;
  readonly findings: readonly Finding[];
}

export function shellChecks({ find, warn, found }: ShellCheckOptions): ShellChecks {
  const programs = checkers(find, warn);
  const pauses = new Pauses();
  const pending = new Map<string, Pending>();
  const remembered = new ObjectCache<Document, Known>();
  let stamp = 0;
  const ask = (document: Document, program: string): void => {
    const { uri } = document;
    const before = pending.get(uri);
    if (before?.document === document) return;
    if (before?.program === program && before.work.postpone()) {
      before.document = document;
      return;
    }
    before?.work.stop();
    const work = later(pauses, warn, async (signal) => {
      const some = scriptsOf(asked.document);
      if (some.length === 0) return;
      const one = await programs.find(program);
      if (signal.aborted || (await one?.ask(some, signal)) !== true) return;
      stamp++;
      found(uri);
    });
    const asked: Pending = { document, program, work };
    pending.set(uri, asked);
  };
  return {
    of: (document, { program, config }) => {
      if (find === undefined || program === 'off') return none;
      const before = remembered.get(document);
      if (before?.stamp === stamp && before.config === config && before.program === program)
        return before.findings;
      const one = programs.ready(program);
      if (one === undefined) return none;
      if (one === 'not yet') {
        // No findings are known yet, so the scripts are collected when typing has stopped.
        ask(document, program);
        return none;
      }
      const some = scriptsOf(document);
      if (some.length > 0 && one.lacks(some)) ask(document, program);
      const findings = findingsOf(document.model, one.known(some), config);
      remembered.set(document, { stamp, program, config, findings });
      return findings;
    },
    close: (uri) => {
      pending.get(uri)?.work.stop();
      pending.delete(uri);
    },
    forget: () => {
      programs.forget();
      stamp++;
      for (const { work } of pending.values()) work.stop();
      pending.clear();
    },
  };
}

/** A check that is to begin, or has begun. */
interface Pending {
  /** What is checked when it begins. */
  document: Document;
  readonly program: string;
  readonly work: Delayed;
}

const scripts = new ObjectCache<Document, readonly ShellScript[]>();

function scriptsOf(document: Document): readonly ShellScript[] {
  const some = scripts.get(document) ?? scriptsIn(document.model);
  scripts.set(document, some);
  return some;
}

interface Delayed {
  /** Begins the pause again; false if the work has begun. */
  postpone(): boolean;
  /** Cancels the work, before or after it has begun. */
  stop(): void;
}

/** Work that begins when its time has come. */
interface Waiting {
  due: number;
  readonly begin: () => void;
}

/**
 * Begins work after pauses, with one timer for all documents, which is set for the rest when a pause has begun again: a timer
 * for each keystroke and for each file that is opened takes longer.
 */
class Pauses {
  readonly #waiting = new Set<Waiting>();
  #hasTimer = false;

  /** Begins the pause of some work, again if it is waiting already. */
  start(one: Waiting): void {
    one.due = performance.now() + pause;
    this.#waiting.add(one);
    if (!this.#hasTimer) this.#setTimer(pause);
  }
  /** The work does not begin any more. */
  cancel(one: Waiting): void {
    this.#waiting.delete(one);
  }
  has(one: Waiting): boolean {
    return this.#waiting.has(one);
  }
  #setTimer(milliseconds: number): void {
    this.#hasTimer = true;
    setTimeout(() => {
      this.#hasTimer = false;
      this.#beginDue();
    }, milliseconds);
  }
  #beginDue(): void {
    const now = performance.now();
    let next = Infinity;
    for (const one of this.#waiting) {
      if (one.due - now >= 1) {
        next = Math.min(next, one.due);
        continue;
      }
      this.#waiting.delete(one);
      one.begin();
    }
    if (next < Infinity && !this.#hasTimer) this.#setTimer(next - now);
  }
}

/** Begins work after a pause. */
function later(
  pauses: Pauses,
  warn: ShellCheckOptions['warn'],
  work: (signal: AbortSignal) => Promise<void>,
): Delayed {
  // Created late: most are cancelled before they start, and aborting creates an error with a stack.
  let cancellation: AbortController | undefined;
  const waiting: Waiting = {
    due: 0,
    begin: () => {
      cancellation = new AbortController();
      work(cancellation.signal).catch((error: unknown) => {
        warn(`ShellCheck failed: ${String(error)}`);
      });
    },
  };
  pauses.start(waiting);
  return {
    postpone: () => {
      const isWaiting = pauses.has(waiting);
      if (isWaiting) pauses.start(waiting);
      return isWaiting;
    },
    stop: () => {
      pauses.cancel(waiting);
      cancellation?.abort();
    },
  };
}

interface Checkers {
  find(program: string): Promise<Checker | undefined>;
  /** `not yet` if it has not been searched for. */
  ready(program: string): Checker | undefined | 'not yet';
  forget(): void;
}

/** Each program is searched for once, and its results are kept. */
function checkers(find: FindShellCheck | undefined, warn: ShellCheckOptions['warn']): Checkers {
  const searches = new Map<string, Promise<Checker | undefined>>();
  const ready = new Map<string, Checker | undefined>();
  const search = async (program: string): Promise<Checker | undefined> => {
    const port = await find?.(program, warn);
    const one = port && checker(port);
    ready.set(program, one);
    return one;
  };
  return {
    find: (program) => {
      const one = searches.get(program) ?? search(program);
      searches.set(program, one);
      return one;
    },
    ready: (program) => (ready.has(program) ? ready.get(program) : 'not yet'),
    forget: () => {
      for (const [program, one] of ready) {
        if (one) continue;
        ready.delete(program);
        searches.delete(program);
      }
    },
  };
}
