/** The page of a log: reads the logs of containers, and sends the page the rows that it shows. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { pageMessage } from '../ui/failure-message.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { formatSize, joinDetails } from '../ui/format.ts';
import { AddressOffer } from './address-offer.ts';
import { jumpTo } from './jump.ts';
import { LogReader } from './log-reader.ts';
import { LogRows } from './log-rows.ts';
import { LogStore } from './log-store.ts';
import { LogView } from './log-view.ts';
import { LogWindow } from './log-window.ts';
import { laneNames, laneState, factsOf, logName, projectOf } from './names.ts';
import { logsPage, type FromLogs, type LogChoices, type LogState, type MarkerAction, type ToLogs } from './page.ts'; // prettier-ignore
import { askRange, defaultRange, rangeChoices, rangeOf } from './ranges.ts';
import { saveLog } from './save.ts';
import { scrollMarks } from './scroll-marks.ts';
import { everything, type Selection } from './search.ts';
import { Searcher, SlowSearchError } from './searcher.ts';
import { countText, formatCount, levelChoices, logTexts, streamChoices } from './texts.ts';
import { WorkspaceLinks } from './workspace-links.ts';

export interface OpenLogsOptions {
  /** A value of `rangeChoices`. */
  readonly range?: string;
  readonly timestamps?: boolean;
  /** For tests: the bundle of search-worker.ts. */
  readonly searcher?: Searcher;
}

type LogTools = Pick<Tools, 'connectionState' | 'editor' | 'engine'>;

/** Changes within this time are sent together, in milliseconds. */
const batchDelay = 60;
/** Between two updates of the marks in the scroll bar. */
const marksDelay = 500;
/** From this many lines on, the thread that searches is started with the first look at the search. */
const key = 'logs.choices';

/** Opens a page with the logs of these containers, merged by time. */
export function openLogs(
  tools: LogTools,
  containers: readonly Container[],
  options: OpenLogsOptions = {},
): LogSession | undefined {
  // prettier-ignore
  return containers.length === 0 ? undefined : new LogSession(tools, containers, options);
}

export class LogSession {
  readonly #tools: LogTools;
  readonly #containers: readonly Container[];
  readonly #title: string;
  readonly #page: OpenPage<ToLogs>;
  readonly store = new LogStore();
  readonly view: LogView;
  readonly reader: LogReader;
  readonly #searcher: Searcher;
  readonly #rows: LogRows;
  readonly #window: LogWindow;
  #offers: readonly AddressOffer[];
  #choices: LogChoices;
  #hidden: ReadonlySet<number> = new Set();
  #searchProblem: string | undefined;
  #isReady = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #marksTimer: ReturnType<typeof setTimeout> | undefined;
  #sentState = '';

  constructor(
    tools: LogTools,
    containers: readonly Container[],
    { range, timestamps, searcher }: OpenLogsOptions,
  ) {
    // prettier-ignore
    this.#tools = tools;
    this.#containers = containers;
    this.#choices = firstChoices(tools, { range, timestamps });
    this.#searcher = searcher ?? new Searcher();
    this.#offers = containers.map((container) => new AddressOffer(tools, container));
    const { store } = this;
    this.view = new LogView({
      store,
      searcher: this.#searcher,
      onChange: () => this.#changed(),
      onError: (error) => this.#onSearchError(error),
    });
    this.#rows = new LogRows({ store, links: new WorkspaceLinks(tools.editor) });
    this.#window = new LogWindow({
      view: this.view,
      rows: this.#rows,
      searcher: this.#searcher,
      post: (message) => this.#post(message),
    });
    this.reader = new LogReader({
      engine: tools.engine,
      containers,
      project: projectOf(containers),
      onLines: (source, batch, from, to) => {
        store.append(batch, source, from, to);
        this.#offers[source]?.read(batch, from, to);
        this.#changed();
      },
      onMarker: (source, marker) => {
        const seconds = Math.floor(marker.time / 1000);
        const { isRestart } = marker;
        const text = joinDetails(marker.title, marker.detail);
        this.#rows.addMarker(store.appendMarker(text, source, { seconds, isRestart }), marker);
        this.#changed();
      },
      onChange: () => this.#changed(),
    });
    this.#title = t('{0}: logs', logName(containers));
    this.#page = tools.editor.openPage<ToLogs, FromLogs>(logsPage, this.#title, {
      onMessage: (message) => void this.#onMessage(message),
      onHidden: () => this.#hide(),
      onClosed: () => this.#close(),
    });
    this.#read();
  }

  #read(): void {
    this.store.clear();
    this.#rows.clear();
    this.view.restart();
    this.#window.restart();
    this.reader.start(rangeOf(this.#choices.range, Date.now()));
  }

  #hide(): void {
    this.#isReady = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#marksTimer);
    this.#timer = undefined;
    this.#marksTimer = undefined;
  }

  #close(): void {
    this.#isClosed = true;
    this.#hide();
    this.reader.stop();
    this.#searcher.close();
  }

  #post(message: ToLogs): void {
    if (this.#isReady) this.#page.post(message);
  }

  /** To be called after each change of the lines or of the reader. */
  #changed(): void {
    if (this.#isClosed) return;
    this.view.advance();
    if (!this.#isReady) return;
    this.#timer ??= setTimeout(() => this.#send(), batchDelay);
    this.#marksTimer ??= setTimeout(() => this.#sendMarks(), marksDelay);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#state();
    const text = JSON.stringify(state);
    if (text !== this.#sentState) this.#post({ kind: 'state', state });
    this.#sentState = text;
    this.#window.sendNew();
  }

  #sendMarks(): void {
    clearTimeout(this.#marksTimer);
    this.#marksTimer = undefined;
    this.#post({ kind: 'marks', ...scrollMarks(this.store, this.view) });
  }

  #state(): LogState {
    const { store, view, reader } = this;
    const { lanes, problem } = reader;
    const names = laneNames(lanes);
    const count = store.end - store.first;
    const { matches } = view;
    const dropped = store.dropped === 0 ? undefined : t('{0} earlier lines not kept', formatCount(store.dropped)); // prettier-ignore
    const lines = count === 1 ? t('1 line') : t('{0} lines', formatCount(count));
    return {
      first: view.first,
      end: view.end,
      sources: lanes.map((lane, index) => ({
        name: names[index] ?? '',
        color: index,
        isHidden: this.#hidden.has(index),
        state: laneState(lane),
      })),
      facts: factsOf(lanes, this.#containers),
      size: joinDetails(lines, t('{0} in memory', formatSize(store.bytes)), dropped),
      errors: countText('errors', store.errors.count),
      warnings: countText('warnings', store.warnings.count),
      restarts: countText('restarts', store.restarts.count),
      ...(matches && { matches: matches.count }),
      isSearching: view.query !== undefined && view.isBusy,
      isReading: reader.isReading,
      isLive: rangeOf(this.#choices.range, 0).until === undefined,
      ...(problem !== undefined && { problem }),
      ...(this.#searchProblem !== undefined && { searchProblem: this.#searchProblem }),
    };
  }

  async #onMessage(message: FromLogs): Promise<void> {
    try {
      await this.#handle(message);
    } catch (error) {
      const text = pageMessage(error);
      if (text !== t('Cancelled')) void this.#tools.editor.showError(text);
    }
  }

  async #handle(message: FromLogs): Promise<void> {
    const { editor } = this.#tools;
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#sentState = '';
        this.#window.restart();
        this.#show();
        this.#send();
        this.#sendMarks();
        return;
      case 'window':
        return this.#window.request(message);
      case 'choose':
        return this.#choose(message.choices);
      case 'toggle-source':
        this.#toggle(message.source);
        return;
      case 'open':
        this.#rows.open(message.line, message.open);
        return this.#window.sendLines([message.line]);
      case 'link': {
        const link = this.#rows.linksOf(message.line)[message.link];
        const file = link && this.#rows.fileOf(link.path);
        if (file !== undefined && link !== undefined) await editor.showLine(file, Math.max(0, link.line - 1)); // prettier-ignore
        return;
      }
      case 'act':
        return this.#act(message.line, message.name);
      case 'copy':
        await editor.copyToClipboard(this.#window.textOf(message.first, message.last, laneNames(this.reader.lanes))); // prettier-ignore
        return;
      case 'save':
        return this.#save();
      case 'more':
        return this.#more();
      case 'jump': {
        const target = jumpTo(this.store, this.view, message);
        if (target !== undefined) this.#post({ kind: 'go', ...target });
      }
    }
  }

  #show(): void {
    this.#post({
      kind: 'show',
      texts: logTexts(this.#title),
      ranges: rangeChoices(this.#choices.range),
      levels: levelChoices(),
      streams: streamChoices(),
      choices: this.#choices,
    });
  }

  async #choose(choices: LogChoices): Promise<void> {
    const before = this.#choices;
    const range = choices.range === 'custom' ? await askRange(this.#tools.editor) : choices.range;
    this.#choices = { ...choices, range: range ?? before.range };
    await remember(this.#tools, this.#choices);
    if (choices.range === 'custom') this.#post({ kind: 'choices', choices: this.#choices, ranges: rangeChoices(this.#choices.range) }); // prettier-ignore
    const changed = (...names: readonly (keyof LogChoices)[]): boolean =>
      names.some((name) => before[name] !== this.#choices[name]);
    if (changed('query', 'matchesCase', 'isExpression', 'hidesOthers')) this.#search(before);
    if (changed('levels', 'stream')) this.#select();
    if (changed('range')) this.#read();
    this.#send();
  }

  #search(before: LogChoices): void {
    const { query: text, matchesCase, isExpression, hidesOthers } = this.#choices;
    this.#searchProblem = undefined;
    try {
      this.view.search({ text, matchesCase, isExpression }, hidesOthers);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error); // prettier-ignore
      this.#searchProblem = t('The regular expression is invalid: {0}', reason);
    }
    const wasFiltered = before.hidesOthers && before.query !== '';
    if (wasFiltered || (hidesOthers && text !== '')) this.#window.restart();
    else void this.#window.sendAll();
    this.#changed();
  }

  #onSearchError(error: unknown): void {
    this.#searchProblem =
      error instanceof SlowSearchError
        ? t('The regular expression takes too long on these lines. Use a simpler one.')
        : t('The search failed: {0}', pageMessage(error));
    this.#window.restart();
    this.#changed();
  }

  #select(): void {
    const lowest = Number(this.#choices.levels);
    const stream = this.#choices.stream as Selection['stream'];
    const levels = lowest > 0 ? [0, 1, 2, 3, 4, 5, 6].map((level) => level >= lowest) : [];
    this.view.select({ ...everything, levels, hidden: this.#hidden, stream });
    this.#window.restart();
    this.#changed();
  }

  #toggle(source: number): void {
    const hidden = new Set(this.#hidden);
    if (!hidden.delete(source)) hidden.add(source);
    this.#hidden = hidden;
    this.#select();
  }

  async #act(line: number, name: MarkerAction): Promise<void> {
    if (name === 'save') return this.#save();
    const source = this.#rows.sourceOf(line);
    const container = source === undefined ? undefined : this.reader.lanes[source]?.container;
    if (container === undefined) return;
    const id = name === 'limits' ? 'containers.update' : 'containers.inspect';
    await this.#tools.editor.runCommand(id, { subject: container });
  }

  async #save(): Promise<void> {
    const { store, view, reader } = this;
    await saveLog(this.#tools, { name: logName(this.#containers), lanes: reader.lanes, store, view }); // prettier-ignore
  }

  /** The actions that a narrow page has no room for. */
  async #more(): Promise<void> {
    const { wraps, timestamps } = this.#choices;
    const chosen = await this.#tools.editor.pick<() => unknown>(this.#title, [
      { label: t('Save Log…'), icon: 'save', value: () => this.#save() },
      { label: wraps ? t('Do Not Wrap Lines') : t('Wrap Lines'), icon: 'word-wrap', value: () => this.#set({ wraps: !wraps }) }, // prettier-ignore
      { label: timestamps ? t('Hide Timestamps') : t('Show Timestamps'), icon: 'history', value: () => this.#set({ timestamps: !timestamps }) }, // prettier-ignore
      ...streamChoices().map(({ value, label }) => ({ label: t('Show: {0}', label), icon: this.#choices.stream === value ? 'check' : 'blank', value: () => this.#set({ stream: value }) })), // prettier-ignore
      { label: t('Read Again'), icon: 'refresh', value: () => this.#read() },
    ]);
    await chosen?.();
  }

  async #set(change: Partial<LogChoices>): Promise<void> {
    const choices = { ...this.#choices, ...change };
    await this.#choose(choices);
    this.#post({ kind: 'choices', choices, ranges: rangeChoices(choices.range) });
  }
}

/** As in the last page; the search starts empty. */
function firstChoices(
  { editor }: Pick<Tools, 'editor'>,
  {
    range = defaultRange,
    timestamps,
  }: { readonly range: string | undefined; readonly timestamps: boolean | undefined },
): LogChoices {
  // prettier-ignore
  const [shows = '1', wraps = '0'] = (editor.getState(key) ?? '').split(' ');
  return {
    range,
    levels: '0',
    stream: 'both',
    query: '',
    matchesCase: false,
    isExpression: false,
    hidesOthers: false,
    timestamps: timestamps ?? shows !== '0',
    wraps: wraps === '1',
  };
}

async function remember(
  { editor }: Pick<Tools, 'editor'>,
  { timestamps, wraps }: LogChoices,
): Promise<void> {
  // prettier-ignore
  const value = `${timestamps ? '1' : '0'} ${wraps ? '1' : '0'}`;
  if (editor.getState(key) !== value) await editor.setState(key, value);
}
