/** Lines of several logs, each with its time, in one order. */

export interface Line {
  /** As the engine writes it, RFC 3339. */
  readonly time: string;
  readonly text: string;
}

export interface LogOptions {
  /** How many lines of what was said before. */
  readonly tail: number;
  readonly timestamps: boolean;
}

/** The lines of a log that was asked for with times, as many at once as have come; the last may lack its end. */
export async function* timedLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Line[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const whole = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = whole.pop() ?? '';
    if (whole.length > 0) yield whole.map(lineOf);
  }
  if (rest !== '') yield [lineOf(rest)];
}

function lineOf(text: string): Line {
  const blank = text.indexOf(' ');
  return blank < 0 ? { time: text, text: '' } : { time: text.slice(0, blank), text: text.slice(blank + 1) }; // prettier-ignore
}

/** A source and its next lines, of which those before `at` are done with. */
interface Head<S> {
  readonly source: S;
  readonly rest: AsyncIterator<readonly Line[]>;
  lines: readonly Line[];
  at: number;
}

/** All lines of logs that end, the earliest first; of each log no more is read than is needed. */
export async function* merged<S>(
  sources: readonly { readonly source: S; readonly lines: AsyncIterable<readonly Line[]> }[],
): AsyncGenerator<{ readonly source: S; readonly line: Line }, void, undefined> {
  const heads: Head<S>[] = sources.map(({ source, lines }) => ({
    source,
    rest: lines[Symbol.asyncIterator](),
    lines: [],
    at: 0,
  }));
  try {
    await Promise.all(heads.map(filled));
    for (;;) {
      const head = earliest(heads);
      const line = head?.lines[head.at];
      if (head === undefined || line === undefined) return;
      yield { source: head.source, line };
      head.at++;
      if (head.at === head.lines.length) await filled(head);
    }
  } finally {
    for (const { rest } of heads) await rest.return?.();
  }
}

/** Reads on; without lines where there are no more. */
async function filled<S>(head: Head<S>): Promise<void> {
  const next = await head.rest.next();
  head.lines = next.done === true ? [] : next.value;
  head.at = 0;
}

function earliest<S>(heads: readonly Head<S>[]): Head<S> | undefined {
  let first: Head<S> | undefined;
  for (const head of heads) {
    if (head.at >= head.lines.length) continue;
    if (first === undefined || isBefore(timeOf(head), timeOf(first))) first = head;
  }
  return first;
}

function timeOf<S>({ lines, at }: Head<S>): string {
  return lines[at]?.time ?? '';
}

/** Engines write all digits, and some of them in their own time zone. */
function isBefore(a: string, b: string): boolean {
  const difference = Date.parse(a) - Date.parse(b);
  return difference < 0 || (difference === 0 && a < b);
}

/** How far a log was read, so that it can be read on from there. */
export interface Mark {
  readonly time: string;
  /** How many lines carry this time. */
  readonly lines: number;
}

/** The mark after one more line. */
export function moved(mark: Mark | undefined, { time }: Line): Mark {
  return { time, lines: mark?.time === time ? mark.lines + 1 : 1 };
}

/** Leaves out what was read before, of a log that is read again from the second of its mark. */
export function beyond(mark: Mark | undefined): (lines: readonly Line[]) => readonly Line[] {
  if (mark === undefined) return (lines) => lines;
  let same = mark.lines;
  let through = false;
  return (lines) => {
    if (through) return lines;
    const from = lines.findIndex(({ time }) => {
      if (time === mark.time) return same-- <= 0;
      return !isBefore(time, mark.time);
    });
    through = from >= 0;
    return through ? lines.slice(from) : [];
  };
}
