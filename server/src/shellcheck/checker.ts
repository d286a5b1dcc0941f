/** Asks ShellCheck about scripts: each text once, a few at a time, and nobody waits for it who does not want to. */
import type { Remarked } from './findings.ts';
import type { Remark } from './report.ts';
import type { Shell, ShellScript } from './scripts.ts';

/** The port to the program. */
export interface ShellCheck {
  /** What is said of a script; undefined where the program could not say anything. Given up with the signal. */
  check(text: string, shell: Shell, signal?: AbortSignal): Promise<readonly Remark[] | undefined>;
}

export interface Checker {
  /** What is known already. */
  known(scripts: readonly ShellScript[]): readonly Remarked[];
  /** Whether there is something to ask. */
  lacks(scripts: readonly ShellScript[]): boolean;
  /** Asks for what is not known; tells whether anything was said when all is, or when it is given up. */
  ask(scripts: readonly ShellScript[], signal?: AbortSignal): Promise<boolean>;
}

/** So many processes at once leave the machine to its owner. */
const atOnce = 2;
/** So many scripts are remembered; the oldest go first. */
const most = 2000;

export function checker(program: ShellCheck): Checker {
  const remembered = new Map<string, readonly Remark[]>();
  const lacking = (scripts: readonly ShellScript[]): readonly ShellScript[] =>
    scripts.filter((script) => !remembered.has(keyOf(script)));
  const put = (key: string, remarks: readonly Remark[]): void => {
    const [oldest] = remembered.size >= most ? remembered.keys() : [];
    if (oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, remarks);
  };
  const limited = limit(atOnce);
  const askOne = async (script: ShellScript, signal?: AbortSignal): Promise<void> => {
    const key = keyOf(script);
    if (remembered.has(key) || signal?.aborted) return;
    const remarks = await program.check(script.text, script.shell, signal);
    // What was given up is asked again; what can not be checked would fail each time.
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

/** Runs so many at once; the others wait for their turn. */
function limit(count: number): (work: () => Promise<void>) => Promise<void> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      await work();
    } finally {
      // The place goes to the next one, or is free.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
