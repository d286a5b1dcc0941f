/** The rows of a log that were received, of which the latest and the drawn ones are remembered. */
import type { LogRow } from '../../src/logs/page.ts';

/** Rows that are remembered. */
const mostKept = 2000;

export class KnownRows {
  readonly #rows = new Map<number, LogRow>();

  get(place: number): LogRow | undefined {
    return this.#rows.get(place);
  }

  has(place: number): boolean {
    return this.#rows.has(place);
  }

  clear(): void {
    this.#rows.clear();
  }

  /** Returns whether the details of the row were opened by this. */
  add(row: LogRow): boolean {
    const before = this.#rows.get(row.place);
    this.#rows.set(row.place, row);
    return row.kind === 'line' && !!row.details && before?.kind === 'line' && !before.details;
  }

  /** Forgets the rows that were received first, except drawn ones. */
  trim(isDrawn: (place: number) => boolean): void {
    for (const place of this.#rows.keys()) {
      if (this.#rows.size <= mostKept) return;
      if (!isDrawn(place)) this.#rows.delete(place);
    }
  }
}
