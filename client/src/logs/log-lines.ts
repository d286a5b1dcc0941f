/** Reads log lines with timestamps, and merges the logs of several containers in the order of time. */

export interface LogLine {
  /** In the format of the engine, RFC 3339. */
  readonly time: string;
  readonly text: string;
}

export interface LogOptions {
  /** Number of existing lines to include. */
  readonly tail: number;
  readonly timestamps: boolean;
}

/** Reads the lines of a log that was requested with timestamps. Yields all lines that have arrived; the last line can be incomplete. */
export async function* timedLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly LogLine[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const whole = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = whole.pop() ?? '';
    if (whole.length > 0) yield whole.map(lineOf);
  }
  if (rest !== '') yield [lineOf(rest)];
}

function lineOf(text: string): LogLine {
  const space = text.indexOf(' ');
  return space < 0 ? { time: text, text: '' } : { time: text.slice(0, space), text: text.slice(space + 1) }; // prettier-ignore
}

/** A source and its current lines; those before the index `at` were already yielded. */
interface LogHead<S> {
  readonly source: S;
  readonly rest: AsyncIterator<readonly LogLine[]>;
  lines: readonly LogLine[];
  at: number;
}

/** Merges logs that end, the earliest line first. Reads no more of each log than necessary. */
export async function* mergeLogs<S>(
  sources: readonly { readonly source: S; readonly lines: AsyncIterable<readonly LogLine[]> }[],
): AsyncGenerator<{ readonly source: S; readonly line: LogLine }, void, undefined> {
  const heads: LogHead<S>[] = sources.map(({ source, lines }) => ({
    source,
    rest: lines[Symbol.asyncIterator](),
    lines: [],
    at: 0,
  }));
  try {
    await Promise.all(heads.map(readNext));
    for (;;) {
      const head = earliest(heads);
      const line = head?.lines[head.at];
      if (head === undefined || line === undefined) return;
      yield { source: head.source, line };
      head.at++;
      if (head.at === head.lines.length) await readNext(head);
    }
  } finally {
    for (const { rest } of heads) await rest.return?.();
  }
}

/** Reads the next lines; `lines` is empty at the end of the log. */
async function readNext<S>(head: LogHead<S>): Promise<void> {
  const next = await head.rest.next();
  head.lines = next.done === true ? [] : next.value;
  head.at = 0;
}

function earliest<S>(heads: readonly LogHead<S>[]): LogHead<S> | undefined {
  let first: LogHead<S> | undefined;
  for (const head of heads) {
    if (head.at >= head.lines.length) continue;
    if (first === undefined || isBefore(timeOf(head), timeOf(first))) first = head;
  }
  return first;
}

function timeOf<S>({ lines, at }: LogHead<S>): string {
  return lines[at]?.time ?? '';
}

/** Compares the text if the milliseconds are equal, because engines write nanoseconds. Some use their own time zone. */
function isBefore(a: string, b: string): boolean {
  const difference = Date.parse(a) - Date.parse(b);
  return difference < 0 || (difference === 0 && a < b);
}

/** The position up to which a log was read, so that reading can continue there. */
export interface LogPosition {
  readonly time: string;
  /** Number of lines with this time that were read. */
  readonly lines: number;
}

/** The position after one more line. */
export function advancePosition(position: LogPosition | undefined, { time }: LogLine): LogPosition {
  return { time, lines: position?.time === time ? position.lines + 1 : 1 };
}

/** Removes lines that were already read from a log that is read again from the second of its position. */
export function skipRead(
  position: LogPosition | undefined,
): (lines: readonly LogLine[]) => readonly LogLine[] {
  if (position === undefined) return (lines) => lines;
  let remaining = position.lines;
  let passed = false;
  return (lines) => {
    if (passed) return lines;
    const from = lines.findIndex(({ time }) => {
      if (time === position.time) return remaining-- <= 0;
      return !isBefore(time, position.time);
    });
    passed = from >= 0;
    return passed ? lines.slice(from) : [];
  };
}
