/** Which lines of a log are shown, in which places, and which of them match the search. */
import { LineNumbers } from './line-numbers.ts';
import type { LogChunk } from './log-chunk.ts';
import type { LogStore } from './log-store.ts';
import { everything, isEverything, Matcher, selectLines, type Query, type Selection } from './search.ts'; // prettier-ignore
import type { Searcher } from './searcher.ts';

/** Milliseconds of work before other work of the extension host gets its turn. */
const turn = 8;

export interface LogViewOptions {
  readonly store: LogStore;
  readonly searcher: Searcher;
  /** More lines were selected or found, or the search has ended. */
  readonly onChange: () => void;
  /** The search failed, and was ended. */
  readonly onError: (error: unknown) => void;
}

export class LogView {
  readonly #options: LogViewOptions;
  #selection: Selection = everything;
  #query: Query | undefined;
  #matcher: Matcher | undefined;
  #hidesOthers = false;
  /** The selected lines; undefined if all lines are selected, or those that match. */
  #selected: LineNumbers | undefined;
  #matches: LineNumbers | undefined;
  /** The first line that was not looked at. */
  #next = 0;
  #run = 0;
  #isRunning = false;

  constructor(options: LogViewOptions) {
    this.#options = options;
  }

  get selection(): Selection {
    return this.#selection;
  }

  get query(): Query | undefined {
    return this.#query;
  }

  /** The lines that match the query; undefined without a query. */
  get matches(): LineNumbers | undefined {
    return this.#matches;
  }

  /** Whether lines are still searched. */
  get isBusy(): boolean {
    return this.#isRunning;
  }

  /** The place of the first line that is shown. Places keep their meaning when lines are added or dropped. */
  get first(): number {
    return this.#shown?.first ?? this.#options.store.first;
  }

  /** The place after the last line. */
  get end(): number {
    return this.#shown?.end ?? this.#options.store.end;
  }

  /** The number of the line in a place. */
  lineAt(place: number): number | undefined {
    return this.#shown === undefined ? place : this.#shown.at(place);
  }

  /** The place of a line, or of the next one that is shown. */
  placeOf(line: number): number {
    return this.#shown === undefined ? line : this.#shown.placeOf(line);
  }

  shows(line: number): boolean {
    return this.#shown === undefined || this.#shown.has(line);
  }

  select(selection: Selection): void {
    this.#selection = selection;
    this.restart();
  }

  /** `hidesOthers`: only lines that match are shown. Throws SyntaxError for an invalid expression; the query is then removed. */
  search(query: Query | undefined, hidesOthers: boolean): void {
    this.#query = undefined;
    this.#matcher = undefined;
    this.#hidesOthers = hidesOthers;
    try {
      if (query !== undefined && query.text !== '') {
        this.#matcher = new Matcher(query);
        this.#query = query;
      }
    } finally {
      this.restart();
    }
  }

  /** Looks at all lines again. */
  restart(): void {
    this.#run += 1;
    this.#isRunning = false;
    this.#next = this.#options.store.first;
    const isAll = isEverything(this.#selection);
    this.#matches = this.#query && new LineNumbers();
    this.#selected = isAll || this.#onlyMatches ? undefined : new LineNumbers();
    this.advance();
  }

  /** To be called when lines were added or dropped. */
  advance(): void {
    const { first } = this.#options.store;
    this.#selected?.dropBefore(first);
    this.#matches?.dropBefore(first);
    if (this.#selected === undefined && this.#matches === undefined) return;
    if (!this.#isRunning && this.#next < this.#options.store.end) void this.#look(this.#run);
  }

  get #onlyMatches(): boolean {
    return this.#hidesOthers && this.#query !== undefined;
  }

  get #shown(): LineNumbers | undefined {
    return this.#onlyMatches ? this.#matches : this.#selected;
  }

  /** Looks at lines until all were looked at, or the query has changed. */
  async #look(run: number): Promise<void> {
    const { store, onChange, onError } = this.#options;
    this.#isRunning = true;
    let began = performance.now();
    try {
      while (run === this.#run && this.#next < store.end) {
        this.#next = Math.max(this.#next, store.first);
        const chunk = store.chunks[store.chunkAt(this.#next)];
        if (chunk === undefined) break;
        const range = [this.#next - chunk.first, chunk.count] as const;
        const matches = this.#query && (await this.#find(chunk, range));
        if (!this.#isCurrent(run)) return;
        if (matches !== undefined) this.#matches?.pushAll(matches);
        this.#selected?.pushAll(selectLines(chunk, range, this.#selection));
        this.#next = chunk.first + range[1];
        if (performance.now() - began < turn) continue;
        onChange();
        await new Promise<void>((next) => setImmediate(next));
        began = performance.now();
      }
    } catch (error) {
      if (!this.#isCurrent(run)) return;
      this.search(undefined, this.#hidesOthers);
      onError(error);
      return;
    }
    if (!this.#isCurrent(run)) return;
    this.#isRunning = false;
    onChange();
  }

  /** A method, because TypeScript assumes that the field does not change during an await. */
  #isCurrent(run: number): boolean {
    return run === this.#run;
  }

  /** Texts are found here, in linear time; expressions in a thread of their own. */
  #find(
    chunk: LogChunk,
    range: readonly [number, number],
  ): Uint32Array | Promise<Uint32Array> | undefined {
    const selection = this.#selection;
    if (this.#query?.isExpression !== true)
      return this.#matcher?.findLines(chunk, range, selection);
    return this.#options.searcher.findLines(chunk, this.#query, { range, selection });
  }
}
