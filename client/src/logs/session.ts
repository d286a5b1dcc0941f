/** The page of a log: reads the logs of containers, and sends the page the rows that it shows. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { pageMessage } from '../ui/failure-message.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { joinDetails } from '../ui/format.ts';
import { AddressOffer } from './address-offer.ts';
import { firstChoices, moreActions, rememberChoices } from './choices.ts';
import { jumpTo } from './jump.ts';
import { openLink, runMarkerAction, searchProblem } from './log-actions.ts';
import { LogReader } from './log-reader.ts';
import { LogRows } from './log-rows.ts';
import { logState } from './log-state.ts';
import { LogStore } from './log-store.ts';
import { LogView } from './log-view.ts';
import { LogWindow } from './log-window.ts';
import { laneNames, logName, projectOf } from './names.ts';
import { logsPage, type FromLogs, type LogChoices, type LogState, type MarkerAction, type ToLogs } from './page.ts'; // prettier-ignore
import { PageUpdates } from './page-updates.ts';
import { askRange, defaultRange, rangeChoices, rangeOf } from './ranges.ts';
import { saveLog } from './save.ts';
import { scrollMarks } from './scroll-marks.ts';
import { everything, type Selection } from './search.ts';
import { Searcher } from './searcher.ts';
import { levelChoices, logTexts, streamChoices } from './texts.ts';
import { WorkspaceLinks } from './workspace-links.ts';

export interface OpenLogsOptions {
  /** A value of `rangeChoices`. */
  readonly range?: string;
  readonly timestamps?: boolean;
  /** For tests: the bundle of search-worker.ts. */
  readonly searcher?: Searcher;
}

type LogTools = Pick<Tools, 'connectionState' | 'editor' | 'engine'>;

/** Those whose pages are open. */
const openSessions = new Set<LogSession>();

/**
 * Opens a page with the logs of these containers, merged by time. A page of the same single container that is open already is
 * shown instead, unless other options are requested than it has.
 */
export function openLogs(
  tools: LogTools,
  containers: readonly Container[],
  options: OpenLogsOptions = {},
): LogSession | undefined {
  const open = [...openSessions].find((one) => one.shows(tools, containers, options));
  if (open !== undefined) open.reveal();
  return open ?? (containers.length === 0 ? undefined : new LogSession(tools, containers, options));
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
  readonly #updates: PageUpdates;
  #isClosed = false;
  /** Opened without options, such as by a double-click: what is chosen in the page since then does not matter. */
  readonly #isPlain: boolean;

  constructor(
    tools: LogTools,
    containers: readonly Container[],
    { range, timestamps, searcher }: OpenLogsOptions,
  ) {
    this.#isPlain = range === undefined && timestamps === undefined;
    this.#tools = tools;
    this.#containers = containers;
    this.#choices = firstChoices(tools.editor, { range, timestamps });
    this.#searcher = searcher ?? new Searcher();
    this.#offers = containers.map((container) => new AddressOffer(tools, container));
    const { store } = this;
    this.view = new LogView({
      store,
      searcher: this.#searcher,
      onChange: () => this.#changed(),
      onError: (error) => this.#onSearchError(error),
    });
    this.#updates = new PageUpdates({
      post: (message) => this.#page.post(message),
      state: () => this.#state(),
      marks: () => scrollMarks(store, this.view),
      sendRows: () => void this.#window.sendNew(),
    });
    this.#rows = new LogRows({ store, links: new WorkspaceLinks(tools.editor) });
    this.#window = new LogWindow({
      view: this.view,
      rows: this.#rows,
      searcher: this.#searcher,
      post: (message) => this.#updates.post(message),
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
      onHidden: () => this.#updates.stop(),
      onClosed: () => this.#close(),
    });
    openSessions.add(this);
    this.#read();
  }

  /** Whether its page has what these options request of the one container. */
  shows(
    tools: LogTools,
    [container, ...others]: readonly Container[],
    { range, timestamps }: OpenLogsOptions,
  ): boolean {
    // The log of one container goes on with the one that takes its place.
    const [own, ...more] = this.reader.lanes;
    if (tools.editor !== this.#tools.editor || own?.container.id !== container?.id) return false;
    if (others.length > 0 || more.length > 0) return false;
    if (this.#isPlain && range === undefined && timestamps === undefined) return true;
    const { range: shown, timestamps: hasTimes } = this.#choices;
    return shown === (range ?? defaultRange) && (timestamps ?? hasTimes) === hasTimes;
  }

  /** Brings its page to the front. */
  reveal(): void {
    this.#page.reveal();
  }

  #read(): void {
    this.store.clear();
    this.#rows.clear();
    this.view.restart();
    this.#window.restart();
    this.reader.start(rangeOf(this.#choices.range, Date.now()));
  }

  #close(): void {
    this.#isClosed = true;
    openSessions.delete(this);
    this.#updates.stop();
    this.reader.stop();
    this.#searcher.close();
  }

  /** To be called after each change of the lines or of the reader. */
  #changed(): void {
    if (this.#isClosed) return;
    this.view.advance();
    this.#updates.schedule();
  }

  #state(): LogState {
    const { store, view, reader } = this;
    return logState({
      store,
      view,
      reader,
      containers: this.#containers,
      hidden: this.#hidden,
      isLive: rangeOf(this.#choices.range, 0).until === undefined,
      searchProblem: this.#searchProblem,
    });
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
        this.#updates.start();
        this.#window.restart();
        this.#show();
        this.#updates.sendState();
        this.#updates.sendMarks();
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
      case 'link':
        return openLink(editor, this.#rows, message);
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
        if (target !== undefined) this.#updates.post({ kind: 'go', ...target });
      }
    }
  }

  #show(): void {
    this.#updates.post({
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
    await rememberChoices(this.#tools.editor, this.#choices);
    if (choices.range === 'custom') this.#updates.post({ kind: 'choices', choices: this.#choices, ranges: rangeChoices(this.#choices.range) }); // prettier-ignore
    const changed = (...names: readonly (keyof LogChoices)[]): boolean =>
      names.some((name) => before[name] !== this.#choices[name]);
    if (changed('query', 'matchesCase', 'isExpression', 'hidesOthers')) this.#search(before);
    if (changed('levels', 'stream')) this.#select();
    if (changed('range')) this.#read();
    this.#updates.sendState();
  }

  #search(before: LogChoices): void {
    const { query: text, matchesCase, isExpression, hidesOthers } = this.#choices;
    this.#searchProblem = undefined;
    try {
      this.view.search({ text, matchesCase, isExpression }, hidesOthers);
    } catch (error) {
      this.#searchProblem = searchProblem(error);
    }
    const wasFiltered = before.hidesOthers && before.query !== '';
    if (wasFiltered || (hidesOthers && text !== '')) this.#window.restart();
    else void this.#window.sendAll();
    this.#changed();
  }

  #onSearchError(error: unknown): void {
    this.#searchProblem = searchProblem(error);
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
    const source = this.#rows.sourceOf(line);
    const container = source === undefined ? undefined : this.reader.lanes[source]?.container;
    if (name === 'save') await this.#save();
    else if (container !== undefined) await runMarkerAction(this.#tools.editor, name, container);
  }

  async #save(): Promise<void> {
    const { store, view, reader } = this;
    await saveLog(this.#tools, { name: logName(this.#containers), lanes: reader.lanes, store, view }); // prettier-ignore
  }

  /** The actions that a narrow page has no room for. */
  async #more(): Promise<void> {
    const actions = moreActions(this.#choices, {
      save: () => this.#save(),
      set: (change) => this.#set(change),
      readAgain: () => this.#read(),
    });
    const chosen = await this.#tools.editor.pick(this.#title, actions);
    await chosen?.();
  }

  async #set(change: Partial<LogChoices>): Promise<void> {
    const choices = { ...this.#choices, ...change };
    await this.#choose(choices);
    this.#updates.post({ kind: 'choices', choices, ranges: rangeChoices(choices.range) });
  }
}
