/** The logs of several containers in one terminal: what was said before in the order of its time, then as it comes. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { beyond, merged, moved, timedLines, type Line, type Mark } from './log-lines.ts';
import type { LogOptions } from './log-lines.ts';

export interface Together {
  readonly engine: Engine;
  readonly options: LogOptions;
  readonly print: (text: string) => void;
  /** Hears what each says. */
  readonly heard: (container: Container, text: string) => void;
  readonly signal: AbortSignal;
}

/** Follows all until all have ended; one that cannot be read says so and does not keep the others. */
export async function printTogether(
  containers: readonly Container[],
  together: Together,
): Promise<void> {
  const { engine, options, print, heard, signal } = together;
  const names = prefixes(containers);
  const marks = new Map<Container, Mark>();
  const failed = new Set<Container>();
  const fail = (container: Container, error: unknown): void => {
    if (signal.aborted) return;
    failed.add(container);
    print(`${names(container)}\u001B[31m${messageOf(error)}\u001B[0m\n`);
  };
  const say = (container: Container, lines: readonly Line[]): void => {
    if (lines.length === 0) return;
    print(lines.map((line) => `${names(container)}${shown(line, options)}\n`).join(''));
    heard(container, lines.map(({ text }) => `${text}\n`).join(''));
  };
  async function* before(container: Container): AsyncGenerator<readonly Line[], void, undefined> {
    const asked = { follow: false, tail: options.tail, timestamps: true };
    try {
      yield* timedLines(engine.logs(container.id, asked, signal));
    } catch (error) {
      fail(container, error);
    }
  }
  const sources = containers.map((source) => ({ source, lines: before(source) }));
  if (options.tail > 0) {
    for await (const { source, line } of merged(sources)) {
      marks.set(source, moved(marks.get(source), line));
      say(source, [line]);
    }
  }
  const follow = async (container: Container): Promise<void> => {
    const mark = marks.get(container);
    const fresh = beyond(mark);
    const tail = options.tail === 0 ? 0 : Infinity;
    const since = mark && Math.floor(Date.parse(mark.time) / 1000);
    const asked = { follow: true, tail, timestamps: true, ...(since !== undefined && { since }) };
    try {
      for await (const lines of timedLines(engine.logs(container.id, asked, signal)))
        say(container, fresh(lines));
      if (!signal.aborted)
        print(`${names(container)}\u001B[2m${t('{0} writes no more.', container.name)}\u001B[0m\n`);
    } catch (error) {
      fail(container, error);
    }
  };
  await Promise.all(containers.filter((one) => !failed.has(one)).map(follow));
}

function messageOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return t('Its log cannot be read: {0}', said);
}

/** Told apart on dark and light: cyan, green, yellow, magenta, blue, and the bright ones. */
const colours = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

/** The name before each line, all of one width, each in its colour. */
function prefixes(containers: readonly Container[]): (container: Container) => string {
  const width = Math.max(...containers.map(({ name }) => name.length));
  const made = new Map(
    containers.map((container, at) => [
      container,
      `\u001B[${String(colours[at % colours.length])}m${container.name.padEnd(width)} |\u001B[0m `,
    ]),
  );
  return (container) => made.get(container) ?? '';
}

/** Everything that moves the cursor or the window: among lines of others only colours make sense. */
const moves = /\u001B(?:\[[0-?]*[ -/]*[@-ln-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[^[\]])/g;

/** A line as it looks once it is whole: of a counter that writes over itself, the last word. */
function shown({ time, text }: Line, { timestamps }: LogOptions): string {
  const whole = text.replace(/\r+$/, '');
  const last = whole.slice(whole.lastIndexOf('\r') + 1);
  const plain = last.includes('\u001B') ? `${last.replace(moves, '')}\u001B[0m` : last;
  return timestamps ? `\u001B[2m${time}\u001B[0m ${plain}` : plain;
}
