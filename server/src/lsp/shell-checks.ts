/** ShellCheck in the background: what is known is there at once, what is not comes when typing has stopped. */
import type { Document } from '../model/document.ts';
import type { Finding, LintConfig } from '../lint/rule.ts';
import { checker, type Checker, type ShellCheck } from '../shellcheck/checker.ts';
import { findingsOf } from '../shellcheck/findings.ts';
import { scriptsIn, type ShellScript } from '../shellcheck/scripts.ts';
import { Kept } from '../text/kept.ts';

/** Finds the program that a setting asks for. */
export type FindShellCheck = (
  asked: string,
  complain: (message: string) => void,
) => Promise<ShellCheck | undefined>;

export interface ShellChecks {
  /** What is known of a document; the same array until more is. What is missing is asked for. */
  of(document: Document, wanted: Wanted): readonly Finding[];
  /** Nobody waits any more for what is asked about a document. */
  close(uri: string): void;
  /** Programs that were not there are looked for again; settings may be others. */
  forget(): void;
}

export interface Wanted {
  /** `off`, `auto` or a path. */
  readonly program: string;
  readonly config: LintConfig;
}

export interface ShellMeans {
  /** Undefined where no program can be run, as in a browser. */
  readonly find: FindShellCheck | undefined;
  readonly warn: (message: string) => void;
  /** Told when more is known of a document. */
  readonly found: (uri: string) => void;
}

/** Milliseconds without a change after which the program is asked. */
const pause = 300;

const none: readonly Finding[] = [];

interface Known extends Wanted {
  readonly stamp: number;
  readonly findings: readonly Finding[];
}

/** With nothing asked yet. */
export function shellChecks({ find, warn, found }: ShellMeans): ShellChecks {
  const programs = checkers(find, warn);
  const asking = new Map<string, { readonly document: Document; readonly stop: () => void }>();
  const remembered = new Kept<Document, Known>();
  let stamp = 0;
  const ask = (document: Document, program: string): void => {
    const { uri } = document;
    if (asking.get(uri)?.document === document) return;
    asking.get(uri)?.stop();
    const stop = later(warn, async (signal) => {
      const some = scriptsOf(document);
      if (some.length === 0) return;
      const one = await programs.find(program);
      if (signal.aborted || (await one?.ask(some, signal)) !== true) return;
      stamp++;
      found(uri);
    });
    asking.set(uri, { document, stop });
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
        // Nothing can be known: the scripts are looked for when typing has stopped.
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
      asking.get(uri)?.stop();
      asking.delete(uri);
    },
    forget: () => {
      programs.forget();
      stamp++;
      for (const { stop } of asking.values()) stop();
      asking.clear();
    },
  };
}

const scripts = new Kept<Document, readonly ShellScript[]>();

function scriptsOf(document: Document): readonly ShellScript[] {
  const some = scripts.get(document) ?? scriptsIn(document.model);
  scripts.set(document, some);
  return some;
}

/** Works after a pause; gives what stops it, before or while it works. */
function later(warn: ShellMeans['warn'], work: (signal: AbortSignal) => Promise<void>): () => void {
  // Most are stopped before they begin, and to abort makes an error with its stack.
  let giveUp: AbortController | undefined;
  const timer = setTimeout(() => {
    giveUp = new AbortController();
    work(giveUp.signal).catch((error: unknown) => warn(`ShellCheck failed: ${String(error)}`));
  }, pause);
  return () => {
    clearTimeout(timer);
    giveUp?.abort();
  };
}

interface Checkers {
  find(program: string): Promise<Checker | undefined>;
  /** As far as it has been looked for. */
  ready(program: string): Checker | undefined | 'not yet';
  forget(): void;
}

/** Each program is looked for once; what it has said stays known. */
function checkers(find: FindShellCheck | undefined, warn: ShellMeans['warn']): Checkers {
  const sought = new Map<string, Promise<Checker | undefined>>();
  const ready = new Map<string, Checker | undefined>();
  const seek = async (program: string): Promise<Checker | undefined> => {
    const port = await find?.(program, warn);
    const one = port && checker(port);
    ready.set(program, one);
    return one;
  };
  return {
    find: (program) => {
      const one = sought.get(program) ?? seek(program);
      sought.set(program, one);
      return one;
    },
    ready: (program) => (ready.has(program) ? ready.get(program) : 'not yet'),
    forget: () => {
      for (const [program, one] of ready) {
        if (one) continue;
        ready.delete(program);
        sought.delete(program);
      }
    },
  };
}
