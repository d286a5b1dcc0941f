/** The last lines of output that arrives in parts, with bounded memory. */

/** Characters of one line that are kept. */
const longestLine = 4000;

export class LineTail {
  readonly #most: number;
  #lines: string[] = [];
  /** By the stream: a line of one can be interrupted by the other. */
  readonly #unfinished = new Map<string, string>();

  constructor(most: number) {
    this.#most = most;
  }

  add(text: string, stream = 'stdout'): void {
    const lines = `${this.#unfinished.get(stream) ?? ''}${text}`.split('\n');
    this.#unfinished.set(stream, (lines.pop() ?? '').slice(-longestLine));
    for (const line of lines) this.#lines.push(line.slice(0, longestLine));
    // Removed in blocks, so that each line costs the same.
    if (this.#lines.length > 2 * this.#most) this.#lines = this.#lines.slice(-this.#most);
  }

  /** Also unfinished last lines. */
  get lines(): readonly string[] {
    const all = [...this.#lines, ...[...this.#unfinished.values()].filter((one) => one !== '')];
    return all.slice(-this.#most).map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '');
  }
}
