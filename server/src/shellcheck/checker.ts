/** Checks scripts with ShellCheck: each text once, a few at a time. */
import type { CheckedScript } from './findings.ts';
import type { Remark } from './report.ts';
import type { Shell, ShellScript } from './scripts.ts';

/** The port to the program. */
export interface ShellCheck {
  /** The remarks on a script; undefined if the program failed or was cancelled by the signal. */
  check(text: string, shell: Shell, signal?: AbortSignal): Promise<readonly Remark[] | undefined>;
}

export interface Checker {
  /** The remarks that are known already. */
  known(scripts: readonly ShellScript[]): readonly CheckedScript[];
  /** Whether one of the scripts has not been checked. */
  lacks(scripts: readonly ShellScript[]): boolean;
  /** Checks the scripts that have not been checked. Resolves with whether there are new remarks, or when cancelled. */
  ask(scripts: readonly ShellScript[], signal?: AbortSignal): Promise<boolean>;
}

/** The number of processes that run at the same time. */
const mostProcesses = 2;
/** The number of scripts to remember; the oldest are dropped first. */
const mostScripts = 2000;

export function checker(program: ShellCheck): Checker {
  const remembered = new Map<string, readonly Remark[]>();
  const lacking = (scripts: readonly ShellScript[]): readonly ShellScript[] =>
    scripts.filter((script) => !remembered.has(keyOf(script)));
  const put = (key: string, remarks: readonly Remark[]): void => {
    const [oldest] = remembered.size >= mostScripts ? remembered.keys() : [];
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, remarks);
  };
  const limited = limit(mostProcesses);
  const askOne = async (script: ShellScript, signal?: AbortSignal): Promise<void> => {
    const key = keyOf(script);
    if (remembered.has(key) || signal?.aborted) return;
    const remarks = await program.check(script.text, script.shell, signal);
    // A cancelled check is repeated; a failed one is not, since it would fail each time.
    if (remarks !== undefined || !signal?.aborted) put(key, remarks ?? []);
  };
  return {
    known: (scripts) =>
      scripts.map((script) => ({ script, remarks: remembered.get(keyOf(script)) ?? [] })),
    lacks: (scripts) => lacking(scripts).length > 0,
    ask: async (scripts, signal) => {
      const each = new Map(lacking(scripts).map((script) => [keyOf(script), script]));
      await Promise.all([...each.values()].map((one) => limited(() => askOne(one, signal))));
      return [...each.keys()].some((key) => (remembered.get(key) ?? []).length > 0);
    },
  };
}

function keyOf({ shell, text }: ShellScript): string {
  return `${shell}\n${text}`;
}

/** Runs up to `count` functions at the same time; the others wait. */
function limit(count: number): (work: () => Promise<void>) => Promise<void> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      await work();
    } finally {
      // Start the next one, if any.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
