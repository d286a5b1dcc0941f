/** Asks the extension for rows, once for the same ones. */
import { mostRows, type FromLogs } from '../../src/logs/page.ts';

export class RowRequests {
  readonly #post: (message: FromLogs) => void;
  #last = '';

  constructor(post: (message: FromLogs) => void) {
    this.#post = post;
  }

  /** Other rows are shown: the next request is made in any case. */
  forget(): void {
    this.#last = '';
  }

  /** The last rows, and from then on new ones. */
  end(rows: number): void {
    const count = Math.min(mostRows, rows);
    this.#request(`end ${count}`, { kind: 'window', first: 0, count, end: true });
  }

  /** Rows from a place up to another one, if one of them is not known. */
  places(from: number, to: number, isKnown: (place: number) => boolean): void {
    let place = from;
    while (place < to && isKnown(place)) place += 1;
    if (place >= to) return;
    const count = Math.min(mostRows, to - from);
    this.#request(`${from} ${to}`, { kind: 'window', first: from, count, end: false });
  }

  #request(key: string, message: FromLogs): void {
    if (this.#last === key) return;
    this.#last = key;
    this.#post(message);
  }
}
