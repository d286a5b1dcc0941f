/** A tiny shell for fake containers: enough of `sh` to try terminals, probes and copies. */
import type { Duplex } from '../../client/src/engine/engine.ts';
import type { FakeFiles } from './files.ts';
import { Queue } from '../../client/src/engine/queue.ts';

export interface FakeProcess {
  readonly files: FakeFiles;
  readonly user: string;
  readonly workdir: string;
  readonly env: readonly string[];
  readonly tty: boolean;
  /** Programs of the container by their last name. */
  readonly programs: readonly string[];
}

interface Run extends FakeProcess {
  readonly output: Queue<Uint8Array>;
  readonly input: Queue<string>;
  size(): Promise<string>;
  readonly closed: Promise<void>;
}

/** Runs as an exec of the engine does: output, input, size and exit code. */
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
    output: thenTell(output, () => read.resolve(undefined)),
    write: (data) => {
      const text = new TextDecoder().decode(data);
      // A terminal shows what is typed.
      if (process.tty) say(run, text.replaceAll('\r', '\r\n'));
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
    // As with a real engine: the end stands behind the output.
    exit: read.promise.then(() => code),
  };
}

async function* thenTell<T>(items: AsyncIterable<T>, tell: () => void): AsyncGenerator<T> {
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
    say(
      run,
      `OCI runtime exec failed: exec failed: unable to start container process: ${reason}\n`,
    );
    return 126;
  }
  if (rest[0] === '-c' && rest[1] !== undefined) return script(rest[1], run);
  if (/^(?:ba|a)?sh$/.test(name.split('/').at(-1) ?? '')) return interactive(run);
  return (await command(argv, run)).code;
}

/** Reads lines of its input, as a shell without `-c` does. */
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

interface Done {
  readonly code: number;
  readonly exits?: boolean;
}

/** Commands joined by `;`, `&&` and new lines. */
async function commands(text: string, run: Run): Promise<Done> {
  let done: Done = { code: 0 };
  for (const part of text.split(/(?<=;|&&|\n)/)) {
    const words = wordsOf(part.replace(/(?:;|&&|\n)$/, ''), run.env);
    if (words.length > 0) done = await command(words, run);
    if (done.exits === true || (done.code !== 0 && part.endsWith('&&'))) return done;
  }
  return done;
}

function variable(name: string, env: readonly string[]): string {
  const pair = env.find((one) => one.startsWith(`${name}=`)) ?? '';
  return pair.slice(name.length + 1);
}

function wordsOf(text: string, env: readonly string[]): readonly string[] {
  const words = text.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g);
  return [...words].map(
    ([, single, double, bare]) =>
      single ??
      (double ?? bare ?? '').replace(/\$(\w+)/g, (_, name: string) => variable(name, env)),
  );
}

async function command(words: readonly string[], run: Run): Promise<Done> {
  const [name = '', ...args] = words;
  const act = acts[name];
  if (act) return act(args, run);
  say(run, `sh: ${name}: not found\n`);
  return { code: 127 };
}

type Act = (args: readonly string[], run: Run) => Done | Promise<Done>;

const acts: Readonly<Record<string, Act>> = {
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
      for await (const text of run.input) say(run, text);
      return { code: 0 };
    }
    const text = run.files.text(path);
    if (text !== undefined) return print(run, text);
    print(run, `cat: can't open '${path}': No such file or directory\n`);
    return { code: 1 };
  },
  command: ([, name = ''], run) => ({ code: run.programs.includes(name) ? 0 : 127 }),
};

function print(run: Run, text: string): Done {
  say(run, text);
  return { code: 0 };
}

function say(run: Run, text: string): void {
  // A terminal's line discipline puts a carriage return before each new line.
  run.output.push(new TextEncoder().encode(run.tty ? text.replace(/\r?\n/g, '\r\n') : text));
}

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
