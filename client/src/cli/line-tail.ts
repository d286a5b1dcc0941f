/** The last lines of a text that arrives in parts, with bounded memory. */

/** Characters of one line that are kept. */
const longestLine = 4000;

export class LineTail {
  readonly #most: number;
  #lines: string[] = [];
  #unfinished = '';

  constructor(most: number) {
    this.#most = most;
  }

  add(text: string): void {
    const lines = `${this.#unfinished}${text}`.split('\n');
    this.#unfinished = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) this.#lines.push(line.slice(0, longestLine));
    // Removed in blocks, so that each line costs the same.
    if (this.#lines.length > 2 * this.#most) this.#lines = this.#lines.slice(-this.#most);
  }

  /** Also an unfinished last line. */
  get lines(): readonly string[] {
    const all = this.#unfinished === '' ? this.#lines : [...this.#lines, this.#unfinished];
    return all.slice(-this.#most).map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '');
  }
}
