/**
 * A script drives a terminal of ours and one of `docker exec -it`, and both must show the same: sizes, wide characters, much
 * output in order, Ctrl+C, vi and exit codes.
 */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shellTerminal } from '../../client/src/shell/open-shell.ts';
import { openSession } from '../../client/src/shell/terminal-session.ts';
import { recordingEditor } from '../recording-editor.ts';
import { waitUntil, type EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { connectEngines, describeEngines } from './two-engines.ts';

const run = promisify(execFile);
const docker = await run('docker', ['--version']).then(
  () => true,
  () => false,
);
const engines = docker ? (await connectEngines()).filter(({ isDocker }) => isDocker) : [];

/** One terminal with a shell of the container. */
interface Driven {
  input(keys: string): void;
  resize(columns: number, rows: number): Promise<void>;
  readonly screen: Shown;
  /** Resolves to the exit code of the shell. */
  readonly exit: Promise<number>;
}

// The CLI reads the size of its terminal, which `script` provides.
describeEngines('compared with docker exec -it of', engines, (connected) => {
  let fixture: EngineFixture;
  let id: string;
  beforeAll(async () => {
    fixture = await createFixture(connected);
    id = await fixture.create();
  });
  afterAll(async () => {
    await fixture.close();
  });

  const steps: Readonly<Record<string, (terminal: Driven) => Promise<void>>> = {
    'sizes and changes of the size': async (terminal) => {
      await type(terminal, 'stty size', /^33 111$/m);
      // The shell draws its line again if the size changes while it waits for input.
      const wait = 'while [ "$(stty size)" != "41 97" ]; do :; done';
      const loop = `echo wai""ting; ${wait}; echo chan""ged\r`;
      await send(terminal, loop, (end) => end.endsWith('waiting\n'));
      await terminal.resize(97, 41);
      await waitUntil(() =>
        Promise.resolve(plain(terminal.screen.since(0)).endsWith('changed\n> ')),
      );
      await type(terminal, 'stty size', /^41 97$/m);
    },
    'wide, combined and right-to-left characters': async (terminal) => {
      await type(terminal, "echo '漢字 e\u0301 👩‍💻 עברית end'", /^漢字.*end$/m);
    },
    'ten megabytes of output': async (terminal) => {
      await type(terminal, 'busybox seq 1000001 2200000 | cat; echo do""ne', /^done$/m);
      const numbers = terminal.screen.all().match(/^\d{7}(?=\r)/gm) ?? [];
      expect(numbers).toHaveLength(1_200_000);
      expect(numbers.every((text, index) => Number(text) === index + 1_000_001)).toBe(true);
    },
    'Ctrl+C': async (terminal) => {
      await send(terminal, `sh -c 'echo wai""ting; exec sleep 1000'\r`, (end) =>
        end.endsWith('waiting\n'),
      );
      await send(terminal, '\x03', (end) => end.endsWith('> '));
      await type(terminal, 'echo code=$?', /^code=130$/m);
    },
    vi: async (terminal) => {
      await send(terminal, 'rm -f /tmp/t; busybox vi /tmp/t\r', (end) => /- \/tmp\/t/.test(end));
      await send(terminal, 'ihello from vi', (end) => /hello from vi/.test(end));
      // Keys that follow an escape at once would belong to it.
      await send(terminal, '\x1B', (end) => /- \/tmp\/t/.test(end));
      await send(terminal, ':wq\r', (end) => end.endsWith('> '));
      await type(terminal, 'cat /tmp/t', /^hello from vi$/m);
    },
    'the exit code of a command': async (terminal) => {
      await type(terminal, 'sh -c "exit 42"; echo code=$?', /^code=42$/m);
    },
  };

  test.each(Object.entries(steps))('%s are equal', async (_, step) => {
    const [ours, theirs] = await Promise.all([
      openOurs(fixture, id),
      openTheirs(connected.address.url, id),
    ]);
    for (const terminal of [ours, theirs]) {
      // What is typed before the terminal is in raw mode may be discarded.
      await waitUntil(() => Promise.resolve(/[#$] $/.test(plain(terminal.screen.all()))));
      // A prompt without the time or a name that differs.
      await type(terminal, "PS1='> '; stty size; echo rea''dy", /^ready$/m);
      await step(terminal);
      terminal.input('exit 7\r');
      expect(await terminal.exit).toBe(7);
    }
    const [mine, other] = [ours, theirs].map((terminal) => afterReady(terminal.screen.all()));
    expect(mine?.length).toBe(other?.length);
    expect(mine).toBe(other);
  });
});

/** Types a line, and waits until its output and the next prompt have appeared. */
function type(terminal: Driven, line: string, expected: RegExp): Promise<void> {
  return send(terminal, `${line}\r`, (end) => expected.test(end) && end.endsWith('\n> '));
}

/** Sends keys, and waits until the output since then ends as expected. */
async function send(
  terminal: Driven,
  keys: string,
  isExpected: (end: string) => boolean,
): Promise<void> {
  const before = terminal.screen.length;
  terminal.input(keys);
  // The end is enough, and quick to search in much output.
  const end = (): string => plain(terminal.screen.since(before));
  await waitUntil(() => Promise.resolve(isExpected(end())));
}

/** Without carriage returns and escape sequences: the shell asks for the place of the cursor after its prompt. */
function plain(text: string): string {
  return text.replace(/\r|\x1B\[[\d;?]*[A-Za-z]/g, '');
}

/** What follows the preparation, without the messages at the end. */
function afterReady(text: string): string {
  const begin = text.lastIndexOf('\nready\r\n');
  return text.slice(begin, text.lastIndexOf('exit 7'));
}

async function openOurs({ engine }: EngineFixture, id: string): Promise<Driven> {
  const container = (await engine.containers()).find((one) => one.id === id);
  if (container === undefined) throw new Error('The container was removed.');
  const { editor } = recordingEditor();
  const terminal = await shellTerminal(container, { engine, editor });
  if (terminal === undefined) throw new Error('The container has no shell.');
  const screen = new Shown();
  let exit: (code: number) => void = () => undefined;
  const session = openSession(
    {
      ...terminal,
      describeEnd: (code) => {
        exit(code ?? -1);
        return Promise.resolve(undefined);
      },
    },
    {
      write: (text) => {
        // A terminal answers questions about its modes, and shows nothing for them.
        const [question, mode = ''] = /\x1B\[\?(\d+)\$p/.exec(text) ?? [];
        if (question === undefined) screen.add(text);
        else queueMicrotask(() => session.input(`\x1B[?${mode};0$y`));
      },
      rename: () => undefined,
      close: () => undefined,
    },
  );
  session.open({ columns: 111, rows: 33 });
  await session.started;
  return {
    input: (keys) => session.input(keys),
    resize: (columns, rows) => {
      session.resize({ columns, rows });
      return Promise.resolve();
    },
    screen,
    exit: new Promise((resolve) => (exit = resolve)),
  };
}

/** The docker command in a terminal of `script`, whose size `stty` sets. */
async function openTheirs(host: string, id: string): Promise<Driven> {
  const command = `tty; stty rows 33 cols 111; exec docker exec -it ${id} ash`;
  const env = { ...process.env, DOCKER_HOST: host };
  const child = spawn('script', ['-qfec', command, '/dev/null'], { env });
  const screen = new Shown();
  child.stdout.setEncoding('utf8').on('data', (text: string) => screen.add(text));
  const exit = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  await waitUntil(() => Promise.resolve(/^\/dev\/pts\/\d+/m.test(screen.all())));
  const device = /^\/dev\/pts\/\d+/m.exec(screen.all())?.[0] ?? '';
  return {
    input: (keys) => void child.stdin.write(keys),
    // The kernel then notifies the docker command.
    resize: async (columns, rows) => {
      await run('stty', ['-F', device, 'rows', String(rows), 'cols', String(columns)]);
    },
    screen,
    exit,
  };
}

/** What a terminal has shown. Much text is not joined for each look. */
class Shown {
  readonly #parts: string[] = [];
  length = 0;

  add(text: string): void {
    this.#parts.push(text);
    this.length += text.length;
  }

  all(): string {
    return this.#parts.join('');
  }

  /** The end of the text from this place, at least 20,000 characters if there are so many. */
  since(place: number): string {
    let begin = this.length;
    let at = this.#parts.length;
    while (at > 0 && begin > place && begin > this.length - 20_000)
      begin -= this.#parts[--at]?.length ?? 0;
    return this.#parts
      .slice(at)
      .join('')
      .slice(Math.max(0, place - begin));
  }
}
