/** Sends the page the rows that it shows, with marked matches. */
import { textOf } from './line-parts.ts';
import type { LogRows } from './log-rows.ts';
import type { LogView } from './log-view.ts';
import { mostRows, type FromLogs, type LogRow, type Ranges, type ToLogs } from './page.ts';
import { Matcher } from './search.ts';
import type { Searcher } from './searcher.ts';

export interface LogWindowOptions {
  readonly view: LogView;
  readonly rows: LogRows;
  readonly searcher: Searcher;
  readonly post: (message: ToLogs) => void;
}

/** Lines that are copied at a time. */
const mostCopied = 100_000;

export class LogWindow {
  readonly #options: LogWindowOptions;
  #first = 0;
  #count = 0;
  /** Whether the page shows the last rows, also when more are added. */
  #isEnd = true;
  /** The place after the last row that was sent since the page shows the end. */
  #sentEnd = 0;
  /** Rows of an earlier view are not sent. */
  #run = 0;

  constructor(options: LogWindowOptions) {
    this.#options = options;
  }

  /** Other lines are shown: the page starts again at the end. */
  restart(): void {
    this.#run += 1;
    this.#isEnd = true;
    this.#sentEnd = 0;
    this.#options.post({ kind: 'restart' });
  }

  async request({ first, count, end }: Extract<FromLogs, { kind: 'window' }>): Promise<void> {
    this.#isEnd = end;
    this.#count = Math.max(0, Math.min(count, mostRows));
    this.#first = first;
    this.#sentEnd = 0;
    await (end ? this.sendNew() : this.#sendPlaces(first, first + this.#count));
  }

  /** Sends the last rows that the page does not have, if it shows them. */
  sendNew(): Promise<void> {
    const { view } = this.#options;
    if (!this.#isEnd || this.#count === 0) return Promise.resolve();
    const from = Math.max(view.first, view.end - this.#count, this.#sentEnd);
    this.#sentEnd = view.end;
    return from < view.end ? this.#sendPlaces(from, view.end) : Promise.resolve();
  }

  /** Sends all rows of the window again. */
  async sendAll(): Promise<void> {
    this.#sentEnd = 0;
    if (this.#isEnd) await this.sendNew();
    else await this.#sendPlaces(this.#first, this.#first + this.#count);
  }

  /** Sends rows again that have changed. */
  async sendLines(lines: readonly number[]): Promise<void> {
    const { view } = this.#options;
    const places = lines.filter((line) => view.shows(line)).map((line) => view.placeOf(line));
    await this.#sendRows(places.flatMap((place) => this.#rowAt(place) ?? []));
  }

  /** The text of rows, for the clipboard. */
  textOf(first: number, last: number, names: readonly string[]): string {
    const lines: string[] = [];
    const from = Math.max(first, this.#options.view.first);
    for (
      let place = from;
      place <= Math.min(last, from + mostCopied, this.#options.view.end - 1);
      place++
    ) {
      const row = this.#rowAt(place);
      if (row === undefined) continue;
      const text = row.kind === 'marker' ? row.title : this.#options.rows.textOf(row.line);
      const prefix = names.length > 1 ? `${names[row.source] ?? ''} | ` : '';
      lines.push(row.kind === 'marker' ? text : `${prefix}${text}`);
    }
    return lines.join('\n');
  }

  #rowAt(place: number): LogRow | undefined {
    const line = this.#options.view.lineAt(place);
    return line === undefined ? undefined : this.#options.rows.row(place, line);
  }

  async #sendPlaces(first: number, end: number): Promise<void> {
    const { view } = this.#options;
    const rows: LogRow[] = [];
    for (let place = Math.max(first, view.first); place < Math.min(end, view.end); place++) {
      const row = this.#rowAt(place);
      if (row !== undefined) rows.push(row);
    }
    await this.#sendRows(rows);
  }

  async #sendRows(rows: readonly LogRow[]): Promise<void> {
    if (rows.length === 0) return;
    const run = this.#run;
    const marked = await this.#withMarks(rows);
    if (run !== this.#run) return;
    this.#options.post({ kind: 'rows', rows: marked, replaces: false });
    await this.#findLinks(rows, run);
  }

  /** Marks the matches of the query; expressions are searched in their own thread. */
  async #withMarks(rows: readonly LogRow[]): Promise<readonly LogRow[]> {
    const { query } = this.#options.view;
    if (query === undefined) return rows;
    const texts = rows.flatMap(
      (row) =>
      row.kind === 'line' ? [textOf(row.parts), row.details === undefined ? '' : textOf(row.details)] : [], // prettier-ignore
    );
    const ranges = await this.#rangesOf(texts);
    let at = 0;
    return rows.map((row) => {
      if (row.kind !== 'line') return row;
      const marks = ranges[at] ?? [];
      const detailMarks = ranges[at + 1] ?? [];
      at += 2;
      return { ...row, marks, ...(row.details && { detailMarks }) };
    });
  }

  async #rangesOf(texts: readonly string[]): Promise<readonly Ranges[]> {
    const { view, searcher } = this.#options;
    const { query } = view;
    if (query === undefined) return [];
    try {
      if (query.isExpression) return await searcher.ranges(texts, query);
      const matcher = new Matcher(query);
      return texts.map((text) => matcher.ranges(text));
    } catch {
      // The view reports an expression that takes too long.
      return [];
    }
  }

  /** Looks up the files that the rows name, and sends the rows again that are links then. */
  async #findLinks(rows: readonly LogRow[], run: number): Promise<void> {
    const { rows: all } = this.#options;
    const named = rows.flatMap((row) => {
      const links = row.kind === 'line' ? all.linksOf(row.line) : [];
      return links.length > 0 ? [{ line: row.line, paths: links.map(({ path }) => path) }] : [];
    });
    const before = new Set(named.filter(({ paths }) => paths.some((path) => all.fileOf(path))));
    if (named.length === 0 || !(await all.findFiles(named.flatMap(({ paths }) => paths)))) return;
    if (run !== this.#run) return;
    const found = named.filter((one) => !before.has(one) && one.paths.some((path) => all.fileOf(path))); // prettier-ignore
    if (found.length > 0) await this.sendLines(found.map(({ line }) => line));
  }
}
