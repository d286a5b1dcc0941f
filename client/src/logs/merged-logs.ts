/** Prints the logs of several containers in one terminal: existing lines in the order of time, then new lines as they arrive. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import {
  skipRead,
  mergeLogs,
  advancePosition,
  timedLines,
  type LogLine,
  type LogPosition,
} from './log-lines.ts';
import type { LogOptions } from './log-lines.ts';

export interface MergedLogsOptions {
  readonly engine: Engine;
  readonly options: LogOptions;
  readonly print: (text: string) => void;
  /** Called with the text of each container. */
  readonly onText: (container: Container, text: string) => void;
  readonly signal: AbortSignal;
}

/** Follows all logs until all have ended. A log that cannot be read is reported and does not stop the others. */
export async function printMergedLogs(
  containers: readonly Container[],
  mergedOptions: MergedLogsOptions,
): Promise<void> {
  const { engine, options, print, onText, signal } = mergedOptions;
  const prefix = createPrefixes(containers);
  const positions = new Map<Container, LogPosition>();
  const failed = new Set<Container>();
  const fail = (container: Container, error: unknown): void => {
    if (signal.aborted) return;
    failed.add(container);
    print(`${prefix(container)}\u001B[31m${failureMessage(error)}\u001B[0m\n`);
  };
  const printLines = (container: Container, lines: readonly LogLine[]): void => {
    if (lines.length === 0) return;
    print(lines.map((line) => `${prefix(container)}${formatLine(line, options)}\n`).join(''));
    onText(container, lines.map(({ text }) => `${text}\n`).join(''));
  };
  async function* existingLines(
    container: Container,
  ): AsyncGenerator<readonly LogLine[], void, undefined> {
    const logsOptions = { follow: false, tail: options.tail, timestamps: true };
    try {
      yield* timedLines(engine.logs(container.id, logsOptions, signal));
    } catch (error) {
      fail(container, error);
    }
  }
  const sources = containers.map((source) => ({ source, lines: existingLines(source) }));
  if (options.tail > 0) {
    for await (const { source, line } of mergeLogs(sources)) {
      positions.set(source, advancePosition(positions.get(source), line));
      printLines(source, [line]);
    }
  }
  const follow = async (container: Container): Promise<void> => {
    const position = positions.get(container);
    const withoutRead = skipRead(position);
    const tail = options.tail === 0 ? 0 : Infinity;
    const since = position && Math.floor(Date.parse(position.time) / 1000);
    const logsOptions = {
      follow: true,
      tail,
      timestamps: true,
      ...(since !== undefined && { since }),
    };
    try {
      for await (const lines of timedLines(engine.logs(container.id, logsOptions, signal)))
        printLines(container, withoutRead(lines));
      if (!signal.aborted)
        print(`${prefix(container)}\u001B[2m${t('Log stream ended.')}\u001B[0m\n`);
    } catch (error) {
      fail(container, error);
    }
  };
  await Promise.all(containers.filter((one) => !failed.has(one)).map(follow));
}

function failureMessage(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return t('Could not read the logs: {0}', reason);
}

/** ANSI colors that are readable on dark and light backgrounds: cyan, green, yellow, magenta, blue, and their bright variants. */
const colors = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

/** The name before each line, padded to the same width, in a color per container. */
function createPrefixes(containers: readonly Container[]): (container: Container) => string {
  const width = Math.max(...containers.map(({ name }) => name.length));
  const prefixOf = new Map(
    containers.map((container, at) => [
      container,
      `\u001B[${String(colors[at % colors.length])}m${container.name.padEnd(width)} |\u001B[0m `,
    ]),
  );
  return (container) => prefixOf.get(container) ?? '';
}

/** Control sequences except colors: in merged logs, a line must not move the cursor. */
const controlSequences =
  /\u001B(?:\[[0-?]*[ -/]*[@-ln-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[^[\]])/g;

/** Formats a line as a terminal finally shows it: of a line that overwrites itself, only the last state. */
function formatLine({ time, text }: LogLine, { timestamps }: LogOptions): string {
  const whole = text.replace(/\r+$/, '');
  const last = whole.slice(whole.lastIndexOf('\r') + 1);
  const plain = last.includes('\u001B') ? `${last.replace(controlSequences, '')}\u001B[0m` : last;
  return timestamps ? `\u001B[2m${time}\u001B[0m ${plain}` : plain;
}
