/** A minimal shell for fake containers: enough of `sh` to test terminals, probes and copies. */
import type { Duplex } from '../../client/src/engine/engine.ts';
import type { FakeFiles } from './files.ts';
import { Queue } from '../../client/src/engine/queue.ts';

export interface FakeProcess {
  readonly files: FakeFiles;
  readonly user: string;
  readonly workdir: string;
  readonly env: readonly string[];
  readonly tty: boolean;
  /** Names of the programs in the container, without directories. */
  readonly programs: readonly string[];
}

interface Run extends FakeProcess {
  readonly output: Queue<Uint8Array>;
  readonly input: Queue<string>;
  size(): Promise<string>;
  readonly closed: Promise<void>;
}

/** Runs a process like exec of the engine: with output, input, size and exit code. */
export function fakeExec(argv: readonly string[], process: FakeProcess): Duplex {
  const output = new Queue<Uint8Array>();
  const input = new Queue<string>();
  const size = deferred<string>();
  const closed = deferred<undefined>();
  let current = '';
  const run: Run = {
    ...process,
    output,
    input,
    size: async () => (current === '' ? size.promise : current),
    closed: closed.promise,
  };
  const code = program(argv, run).finally(() => output.end());
  const read = deferred<undefined>();
  return {
    output: notifyAtEnd(output, () => read.resolve(undefined)),
    write: (data) => {
      const text = new TextDecoder().decode(data);
      // A terminal echoes its input.
      if (process.tty) writeOutput(run, text.replaceAll('\r', '\r\n'));
      input.push(process.tty ? text.replaceAll('\r', '\n') : text);
    },
    end: () => input.end(),
    // eslint-disable-next-line @typescript-eslint/require-await
    resize: async (columns, rows) => {
      current = `${rows} ${columns}`;
      size.resolve(current);
    },
    close: () => {
      input.end();
      closed.resolve(undefined);
      size.resolve('0 0');
      output.end();
      read.resolve(undefined);
    },
    // Like in a real engine, the exit code is available after the output was read.
    exit: read.promise.then(() => code),
  };
}

async function* notifyAtEnd<T>(items: AsyncIterable<T>, tell: () => void): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    tell();
  }
}

async function program(argv: readonly string[], run: Run): Promise<number> {
  const [name = '', ...rest] = argv;
  if (!run.programs.includes(name.split('/').at(-1) ?? '')) {
    const reason = `exec: "${name}": executable file not found in $PATH: unknown`;
    writeOutput(
      run,
      `OCI runtime exec failed: exec failed: unable to start container process: ${reason}\n`,
    );
    return 126;
  }
  if (rest[0] === '-c' && rest[1] !== undefined) return script(rest[1], run);
  if (/^(?:ba|a)?sh$/.test(name.split('/').at(-1) ?? '')) return interactive(run);
  return (await command(argv, run)).code;
}

/** Reads commands from the input, like a shell without `-c`. */
async function interactive(run: Run): Promise<number> {
  let pending = '';
  let code = 0;
  for await (const text of run.input) {
    const lines = `${pending}${text}`.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const done = await commands(line, run);
      code = done.code;
      if (done.exits) return code;
    }
  }
  return code;
}

async function script(text: string, run: Run): Promise<number> {
  return (await commands(text, run)).code;
}

interface CommandResult {
  readonly code: number;
  readonly exits?: boolean;
}

/** Runs commands separated by `;`, `&&` and line breaks. */
async function commands(text: string, run: Run): Promise<CommandResult> {
  let done: CommandResult = { code: 0 };
  for (const part of text.split(/(?<=;|&&|\n)/)) {
    const words = splitWords(part.replace(/(?:;|&&|\n)$/, ''), run.env);
    if (words.length > 0) done = await command(words, run);
    if (done.exits === true || (done.code !== 0 && part.endsWith('&&'))) return done;
  }
  return done;
}

function variable(name: string, env: readonly string[]): string {
  const pair = env.find((one) => one.startsWith(`${name}=`)) ?? '';
  return pair.slice(name.length + 1);
}

function splitWords(text: string, env: readonly string[]): readonly string[] {
  const words = text.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g);
  return [...words].map(
    ([, single, double, bare]) =>
      single ??
      (double ?? bare ?? '').replace(/\$(\w+)/g, (_, name: string) => variable(name, env)),
  );
}

async function command(words: readonly string[], run: Run): Promise<CommandResult> {
  const [name = '', ...args] = words;
  const act = builtins[name];
  if (act) return act(args, run);
  writeOutput(run, `sh: ${name}: not found\n`);
  return { code: 127 };
}

type Builtin = (args: readonly string[], run: Run) => CommandResult | Promise<CommandResult>;

const builtins: Readonly<Record<string, Builtin>> = {
  echo: (args, run) => print(run, `${args.join(' ')}\n`),
  printf: (args, run) => print(run, (args[0] ?? '').replaceAll('\\n', '\n')),
  pwd: (_, run) => print(run, `${run.workdir}\n`),
  id: (_, run) => print(run, `${run.user}\n`),
  true: () => ({ code: 0 }),
  false: () => ({ code: 1 }),
  exit: ([code]) => ({ code: Number(code ?? 0), exits: true }),
  stty: async (_, run) => print(run, `${await run.size()}\n`),
  sleep: async (_, run) => {
    await run.closed;
    return { code: 137 };
  },
  cat: async ([path], run) => {
    if (path === undefined) {
      for await (const text of run.input) writeOutput(run, text);
      return { code: 0 };
    }
    const text = run.files.text(path);
    if (text !== undefined) return print(run, text);
    print(run, `cat: can't open '${path}': No such file or directory\n`);
    return { code: 1 };
  },
  command: ([, name = ''], run) => ({ code: run.programs.includes(name) ? 0 : 127 }),
};

function print(run: Run, text: string): CommandResult {
  writeOutput(run, text);
  return { code: 0 };
}

function writeOutput(run: Run, text: string): void {
  // The line discipline of a terminal adds a carriage return before each line feed.
  run.output.push(new TextEncoder().encode(run.tty ? text.replace(/\r?\n/g, '\r\n') : text));
}

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
