/** The output of a step: its first and last lines, in bounded memory. */

/** Lines from the beginning that are kept. */
const headLines = 200;
/** Lines from the end that are kept. */
const tailLines = 5000;
/** Characters of a line that are kept. */
const lineLength = 2000;
/** The tail is shortened when it has this many lines more than are kept, so that most lines move nothing. */
const slack = 5000;

/** Lines that follow each other; numbers start at 0. */
export interface LogPart {
  readonly first: number;
  readonly lines: readonly string[];
}

type Stream = 'stdout' | 'stderr';

interface OpenLine {
  text: string;
  /** A carriage return was the last character: the next one decides whether it ends the line. */
  atStart: boolean;
}

/** Collects output that arrives in pieces. A carriage return replaces the line, as progress bars expect. */
export class StepLog {
  readonly #head: string[] = [];
  #tail: string[] = [];
  /** Complete lines until now. */
  #count = 0;
  /** A line of one stream can be interrupted by the other. */
  readonly #open: Readonly<Record<Stream, OpenLine>> = {
    stdout: { text: '', atStart: false },
    stderr: { text: '', atStart: false },
  };
  /** The stream that has written last. */
  #last: Stream = 'stdout';

  append(text: string, stream: Stream = 'stdout'): void {
    const line = this.#open[stream];
    this.#last = stream;
    let from = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      extend(line, end < 0 ? text.slice(from) : text.slice(from, end));
      if (end < 0) return;
      this.#add(line.text);
      line.text = '';
      line.atStart = false;
      from = end + 1;
    }
  }

  /** The number of complete lines, also of those that are not kept. */
  get count(): number {
    return this.#count;
  }

  /** The line that has no end yet, of the stream that has written last; empty if there is none. */
  get unfinished(): string {
    return this.#open[this.#last].text || this.#other.text;
  }

  get #other(): OpenLine {
    return this.#open[this.#last === 'stdout' ? 'stderr' : 'stdout'];
  }

  /** The first lines. */
  get head(): LogPart {
    return { first: 0, lines: this.#head };
  }

  /** At most `most` of the last complete lines, from number `from` on; without those of the head. */
  tail(from: number, most: number): LogPart {
    const kept = Math.min(this.#tail.length, tailLines);
    const first = Math.max(from, this.#count - kept, this.#count - most, this.#head.length);
    return { first, lines: this.#tail.slice(this.#tail.length - (this.#count - first)) };
  }

  /** All that is kept, as lines; `gap` formats the number of lines that are left out. */
  text(gap: (lines: number) => string): string {
    const { first, lines } = this.tail(0, Infinity);
    const omitted = first - this.#head.length;
    return [
      ...this.#head,
      ...(omitted > 0 ? [gap(omitted)] : []),
      ...lines,
      ...[this.#other.text, this.#open[this.#last].text].filter((line) => line !== ''),
    ].join('\n');
  }

  #add(line: string): void {
    this.#count += 1;
    if (this.#head.length < headLines) {
      this.#head.push(line);
      return;
    }
    this.#tail.push(line);
    if (this.#tail.length > tailLines + slack) this.#tail = this.#tail.slice(-tailLines);
  }
}

function extend(line: OpenLine, piece: string): void {
  if (piece === '') return;
  const ended = piece.endsWith('\r');
  const body = ended ? piece.replace(/\r+$/, '') : piece;
  const restart = body.lastIndexOf('\r');
  if (restart >= 0) line.text = body.slice(restart + 1, restart + 1 + lineLength);
  else if (line.atStart && body !== '') line.text = body.slice(0, lineLength);
  else if (line.text.length < lineLength) line.text += body.slice(0, lineLength - line.text.length);
  if (body !== '') line.atStart = false;
  line.atStart ||= ended;
}
