/** Draws the layers of an image. All texts arrive as data and are shown as text. */
import type { FromLayers, LayersTexts, LayersView, ToLayers } from '../../src/layers/page.ts';
import { icon, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { AnalysisStatus } from './analysis-status.ts';
import { FilesPane, type FilesState } from './files-pane.ts';
import { LayerTable, type Sort } from './layer-table.ts';
import { PathSearch } from './path-search.ts';
import { placesPane } from './places.ts';
import { partNodes } from './sentence.ts';
import { keyNode, segmentNodes } from './size-bar.ts';
import './layers.css';

/** State that is kept while the page is hidden. */
interface SavedState {
  readonly sort?: Sort;
  readonly selected?: number;
  readonly othersShown?: boolean;
  readonly files?: FilesState;
  readonly search?: string;
  readonly scroll?: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromLayers): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const vscode = acquireVsCodeApi();
const main = document.querySelector('main') ?? document.body;
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToLayers>) => {
  if (data.kind === 'texts') page = new Page(data.texts, data.title);
  else page?.onMessage(data);
});
vscode.postMessage({ kind: 'ready' });

const go = (line: number): void => vscode.postMessage({ kind: 'go', line });

class Page {
  readonly #texts: LayersTexts;
  readonly #title = element('h1');
  readonly #facts = element('div', { className: 'facts' });
  readonly #actions = element('div', { className: 'acts' });
  #again: HTMLElement | undefined;
  readonly #error = element('div', { className: 'wrapx', hidden: true });
  readonly #totals = element('div', { className: 'kpis' });
  readonly #bar = element('div', { className: 'stack' });
  readonly #key = element('div');
  readonly #status: AnalysisStatus;
  readonly #notes = element('div', { className: 'wrapx notes' });
  readonly #side = element('div', { className: 'side' });
  readonly #search: PathSearch;
  readonly #table: LayerTable;
  readonly #files: FilesPane;
  readonly #saved = vscode.getState();
  #view: LayersView | undefined;
  #sort: Sort;
  #selected: number | undefined;
  #othersShown: boolean;

  constructor(texts: LayersTexts, title: string) {
    this.#texts = texts;
    this.#title.textContent = title;
    this.#sort = this.#saved?.sort ?? { by: 'size', down: true };
    this.#selected = this.#saved?.selected;
    this.#othersShown = this.#saved?.othersShown ?? false;
    const save = () => this.#save();
    this.#status = new AnalysisStatus(texts, (kind) => vscode.postMessage({ kind }));
    const find = (text: string) => vscode.postMessage({ kind: 'find', text });
    this.#search = new PathSearch({ texts, go, find, onChange: save });
    this.#search.input.value = this.#saved?.search ?? '';
    this.#search.input.disabled = true;
    this.#table = new LayerTable({
      texts,
      go,
      onSelect: (layer) => this.#select(layer),
      onSort: (sort) => this.#sortBy(sort),
      onToggleOthers: () => this.#toggleOthers(),
    });
    this.#files = new FilesPane({
      texts,
      saved: this.#saved?.files,
      request: (request) => vscode.postMessage({ kind: 'files', ...request }),
      onChange: save,
    });
    this.#build();
    window.addEventListener('scroll', save);
    document.addEventListener('keydown', (event) => this.#onKey(event));
  }

  onMessage(message: Exclude<ToLayers, { kind: 'texts' }>): void {
    switch (message.kind) {
      case 'show':
        this.#show(message.view);
        break;
      case 'progress':
        this.#status.report(message.text, message.fraction);
        break;
      case 'files':
        this.#files.receive(message.request, message.rows, message.total);
        break;
      case 'found':
        this.#search.receive(message.text, message.found);
        break;
      case 'reveal':
        this.#select(message.layer);
        this.#table.reveal(message.layer);
        break;
      case 'error':
        this.#showError(message.message);
    }
  }

  #build(): void {
    const texts = this.#texts;
    this.#bar.setAttribute('role', 'img');
    this.#bar.setAttribute('aria-label', texts.sizeByLayer);
    this.#error.setAttribute('role', 'alert');
    const title = element('div', { className: 'grow' }, this.#title, this.#facts);
    const find = element('div', { className: 'find' }, this.#search.field, this.#search.answer, this.#status.node); // prettier-ignore
    main.replaceChildren(
      element('header', { className: 'head' }, title, this.#actions),
      this.#error,
      this.#totals,
      element('div', { className: 'wrapx' }, this.#bar, this.#key, find, this.#search.matches),
      element('div', { className: 'wrapx' }, this.#table.node),
      this.#notes,
      element('div', { className: 'two' }, this.#files.node, this.#side),
    );
    main.classList.add('app');
  }

  #show(view: LayersView): void {
    const isFirst = this.#view === undefined;
    this.#view = view;
    this.#error.hidden = true;
    main.removeAttribute('aria-busy');
    this.#title.textContent = view.title;
    const facts = view.facts.map((fact, at) => {
      const separator = at < view.facts.length - 1 ? ' ·' : '';
      return element('span', {}, ...partNodes(fact, go), document.createTextNode(separator));
    });
    this.#facts.replaceChildren(...facts);
    this.#showActions(view);
    this.#totals.replaceChildren(
      ...view.totals.map(
        ({ label, value }) =>
        element('div', {}, element('span', { textContent: label }), element('b', { textContent: value })), // prettier-ignore
      ),
    );
    this.#key.replaceChildren(keyNode(this.#texts, new Set(view.segments.map(({ kind }) => kind))));
    this.#notes.replaceChildren(...view.notes.map((text) => element('p', { className: 'muted small', textContent: text }))); // prettier-ignore
    this.#selected = chosenLayer(view, this.#selected);
    this.#drawTable();
    this.#showAnalysis(view);
    this.#side.replaceChildren(...placesPane(view, this.#texts, go));
    if (isFirst && this.#saved?.scroll !== undefined) window.scrollTo(0, this.#saved.scroll);
  }

  /** Drawn once, so that the buttons keep the focus. */
  #showActions({ again, compare }: LayersView): void {
    const send = (kind: 'again' | 'compare') => () => vscode.postMessage({ kind });
    if (this.#actions.firstChild === null)
      this.#actions.append(labelButton(compare, 'secondary', send('compare'), 'diff'));
    if (again === undefined) {
      this.#again?.remove();
      this.#again = undefined;
    } else if (this.#again === undefined) {
      this.#again = labelButton(again, 'secondary', send('again'), 'play');
      this.#actions.prepend(this.#again);
    }
  }

  #drawTable(): void {
    if (this.#view === undefined) return;
    const state = { sort: this.#sort, selected: this.#selected, othersShown: this.#othersShown };
    this.#table.show(this.#view, state);
    this.#drawBar();
  }

  #drawBar(): void {
    const parts = segmentNodes(this.#view?.segments ?? [], this.#selected, (layer) => this.#select(layer)); // prettier-ignore
    this.#bar.replaceChildren(...parts);
  }

  #showAnalysis({ analysis }: LayersView): void {
    const isDone = analysis.kind === 'done';
    const wasDisabled = this.#search.input.disabled;
    this.#search.input.disabled = !isDone;
    this.#status.show(analysis);
    if (isDone && wasDisabled) this.#search.search();
    this.#showFiles();
  }

  #showFiles(): void {
    const row = this.#view?.layers.find(({ layer }) => layer === this.#selected);
    this.#files.show(row, this.#view?.analysis.kind === 'done');
  }

  #showError(message: string): void {
    const retry = labelButton(this.#texts.retry, 'link', () => {
      this.#error.hidden = true;
      vscode.postMessage({ kind: 'retry' });
    });
    const text = element('span', { textContent: message });
    const actions = element('span', { className: 'acts' }, retry);
    const box = element(
      'div',
      { className: 'msg error' },
      icon('error', { color: 'red' }),
      text,
      actions,
    );
    this.#error.replaceChildren(box);
    this.#error.hidden = false;
    this.#status.clear();
  }

  #select(layer: number): void {
    this.#selected = layer;
    this.#table.select(layer);
    this.#drawBar();
    this.#showFiles();
    this.#save();
  }

  #sortBy(sort: Sort): void {
    this.#sort = sort;
    // Instructions without a layer have a place only in the order of the image.
    if (sort.by !== 'number' || sort.down) this.#othersShown = false;
    this.#drawTable();
    this.#save();
  }

  #toggleOthers(): void {
    this.#othersShown = !this.#othersShown;
    if (this.#othersShown) this.#sort = { by: 'number', down: false };
    this.#drawTable();
    this.#save();
  }

  /** Ctrl+F is the search of the page, not that of the browser. */
  #onKey(event: KeyboardEvent): void {
    const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
    if (!isFind || event.shiftKey || event.altKey || this.#search.input.disabled) return;
    event.preventDefault();
    event.stopPropagation();
    this.#search.input.focus();
    this.#search.input.select();
  }

  #save(): void {
    vscode.setState({
      sort: this.#sort,
      othersShown: this.#othersShown,
      files: this.#files.state,
      search: this.#search.input.value,
      scroll: window.scrollY,
      ...(this.#selected !== undefined && { selected: this.#selected }),
    });
  }
}

/** The layer that was selected before, or the largest that is not in the base image. */
function chosenLayer({ layers }: LayersView, selected: number | undefined): number | undefined {
  if (layers.some(({ layer }) => layer === selected)) return selected;
  const own = layers.filter(({ isBase }) => !isBase);
  const sorted = [...(own.length > 0 ? own : layers)].sort((a, b) => b.share - a.share);
  return sorted[0]?.layer;
}
