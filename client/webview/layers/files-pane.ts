/** The files of the selected layer, with buttons that choose which changes are listed. */
import {
  changeKinds,
  type ChangeKind,
  type FileRow,
  type FilesRequest,
  type LayerRow,
  type LayersTexts,
  type ShownChanges,
} from '../../src/layers/page.ts';
import { iconButton } from '../design/icons.ts';
import { element } from '../elements.ts';
import { FileTree, type TreeState } from './file-tree.ts';

/** What is kept while the page is hidden. */
export interface FilesState {
  readonly shown: ShownChanges;
  readonly tree?: TreeState;
}

export interface FilesOptions {
  readonly texts: LayersTexts;
  readonly saved: FilesState | undefined;
  readonly request: (request: FilesRequest) => void;
  readonly onChange: () => void;
}

export class FilesPane {
  readonly node: HTMLElement;
  readonly #options: FilesOptions;
  readonly #title = element('h2');
  readonly #toggles = element('span', { className: 'toggles' });
  readonly #note = element('p', { className: 'muted empty' });
  readonly #tree: FileTree;
  #shown: ShownChanges;
  /** The layer whose files are shown. */
  #layer: number | undefined;
  #row: LayerRow | undefined;
  #isAnalyzed = false;

  constructor(options: FilesOptions) {
    this.#options = options;
    const { texts, saved, request, onChange } = options;
    this.#shown = saved?.shown ?? { added: true, changed: true, removed: true };
    this.#tree = new FileTree({ texts, request, onChange });
    const collapse = iconButton('collapse-all', texts.collapse, () => this.#tree.collapseAll());
    const space = element('span', { className: 'grow' });
    const head = element('div', { className: 'ph' }, this.#title, space, this.#toggles, collapse);
    this.node = element('section', { className: 'pane' }, head, this.#note, this.#tree.list.node);
    this.node.setAttribute('aria-label', texts.files);
  }

  get state(): FilesState {
    const { state: tree } = this.#tree;
    return { shown: this.#shown, ...(tree !== undefined && { tree }) };
  }

  /** Shows the files of a layer if they have been read; expanded directories stay so when only the texts change. */
  show(row: LayerRow | undefined, isAnalyzed: boolean): void {
    this.#row = row;
    this.#isAnalyzed = isAnalyzed;
    if (!isAnalyzed || row === undefined) {
      this.#layer = undefined;
      this.#tree.clear();
    } else if (row.layer !== this.#layer) {
      const saved = this.#layer === undefined ? this.#options.saved?.tree : undefined;
      this.#layer = row.layer;
      this.#tree.show(row.layer, this.#shown, saved?.layer === row.layer ? saved : undefined);
    }
    this.#showToggles();
    this.#showTexts();
  }

  receive(request: FilesRequest, rows: readonly FileRow[], total: number): void {
    this.#tree.receive(request, rows, total);
    this.#showTexts();
  }

  #showTexts(): void {
    const { files, notAnalyzed, chooseLayer, noFiles } = this.#options.texts;
    this.#title.textContent = this.#row?.heading ?? files;
    this.#title.title = this.#row?.heading ?? '';
    const hasRow = this.#row !== undefined;
    this.#note.textContent = !this.#isAnalyzed ? notAnalyzed : hasRow ? noFiles : chooseLayer;
    this.#note.hidden = this.#isAnalyzed && hasRow && !this.#tree.isEmpty;
  }

  #showToggles(): void {
    const buttons = changeKinds.flatMap((kind) => {
      const text = this.#row?.counts[kind];
      return text === undefined ? [] : [this.#toggleButton(kind, text)];
    });
    this.#toggles.replaceChildren(...buttons);
  }

  #toggleButton(kind: ChangeKind, text: string): HTMLButtonElement {
    const press = element('button', { type: 'button', textContent: text });
    const mark = (): void => {
      press.className = this.#shown[kind] ? 'tog on' : 'tog';
      press.setAttribute('aria-pressed', String(this.#shown[kind]));
    };
    press.addEventListener('click', () => {
      this.#shown = { ...this.#shown, [kind]: !this.#shown[kind] };
      mark();
      if (this.#layer !== undefined) this.#tree.show(this.#layer, this.#shown, this.#tree.state);
      this.#options.onChange();
    });
    mark();
    return press;
  }
}
