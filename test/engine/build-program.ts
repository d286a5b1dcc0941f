/** Runs `drydock build` as it is shipped, and reads what it prints. */
import { spawn } from 'node:child_process';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Run {
  /** Added to the environment of the tests. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Whether standard input stays open until the program ends. */
  readonly isInputOpen?: boolean;
  /** Called with both outputs so far until it sends a signal: a second one ends the process at once. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Runs it in a directory. */
export function runBuild(
  cwd: string,
  argv: readonly string[],
  { env, input = '', isInputOpen = false, onOutput }: Run = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'build', ...argv], {
      cwd,
      env: { ...process.env, ...env },
    });
    let [out, err] = ['', ''];
    let isKilled = false;
    const kill = (signal: NodeJS.Signals): void => {
      isKilled = true;
      child.kill(signal);
    };
    const changed = (): void => {
      if (!isKilled) onOutput?.(out + err, kill);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      changed();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      changed();
    });
    child.on('error', reject);
    child.on('spawn', changed);
    child.on('close', (code) => resolve({ code, out, err }));
    // The program may have ended without reading it.
    child.stdin.on('error', () => undefined);
    if (isInputOpen) child.stdin.write(input);
    else child.stdin.end(input);
  });
}

export interface JsonReport {
  readonly version: number;
  readonly image: {
    readonly id: string;
    readonly tags: readonly string[];
    readonly bytes: number;
  } | null;
  readonly context: { readonly bytesSent: number; readonly filesSent: number };
  readonly steps: readonly {
    readonly name: string;
    readonly stage: string | null;
    readonly line: number | null;
    readonly endLine: number | null;
    readonly state: string;
    readonly ms: number;
    readonly bytes: number | null;
  }[];
  readonly error: {
    readonly message: string;
    readonly exitCode: number | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly endLine: number | null;
    readonly endColumn: number | null;
    readonly log: readonly string[];
    readonly related: readonly {
      readonly path: string;
      readonly line: number;
      readonly message: string;
    }[];
  } | null;
}

/** What it printed with `--format json`. */
export function reportOf({ out, err }: Ran): JsonReport {
  try {
    return JSON.parse(out) as JsonReport;
  } catch (error) {
    throw new Error(`not a report:\n${out}\n${err}`, { cause: error });
  }
}

/** A command of a workflow as GitHub reads it. */
export interface Annotation {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The commands in an output: GitHub reads each line that begins with `::` after spaces (actions/runner, ActionCommand.cs). */
export function annotationsIn(output: string): readonly Annotation[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const [, command, list = '', message] = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (command === undefined || message === undefined) return [];
    const properties = list
      .split(',')
      .filter((one) => one !== '')
      .map((one): [string, string] => {
        const at = one.indexOf('=');
        return [one.slice(0, at), unescaped(one.slice(at + 1), propertyEscapes)];
      });
    return [
      {
        command,
        properties: Object.fromEntries(properties),
        message: unescaped(message, messageEscapes),
      },
    ];
  });
}

/** In the order in which GitHub replaces them: `%` is the last. */
const messageEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;

function unescaped(text: string, escapes: readonly (readonly [string, string])[]): string {
  return escapes.reduce((all, [from, to]) => all.replaceAll(from, to), text);
}
