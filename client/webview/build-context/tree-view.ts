/** The tree of a build context: directories are requested when they are expanded. */
import type {
  ContextRow,
  ContextSummary,
  ContextTexts,
  FromContext,
  Reason,
  ShownPart,
  ToContext,
} from '../../src/build-context/page.ts';
import { shownParts } from '../../src/build-context/page.ts';
import { icon, iconButton, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';

/** What is kept while the page is hidden. */
export interface SavedTree {
  readonly part?: ShownPart;
  /** Paths of expanded directories; ids change when the context is read again. */
  readonly open?: readonly string[];
}

export interface TreeOptions {
  readonly saved: SavedTree;
  readonly save: (change: SavedTree) => void;
  readonly post: (message: FromContext) => void;
  readonly reasonNodes: (reason: Reason) => readonly Node[];
}

type Rows = Extract<ToContext, { kind: 'rows' }>;

/** Rows of a directory that are requested at first, and with each click on the last row. */
const rowsAtOnce = 200;

export class TreeView {
  readonly node: HTMLElement;
  readonly #texts: ContextTexts;
  readonly #summary: ContextSummary;
  readonly #options: TreeOptions;
  readonly #body = element('tbody');
  readonly #empty = element('p', { className: 'muted', hidden: true });
  readonly #open: Set<string>;
  /** The rows of each directory that has been requested. */
  readonly #rows = new Map<number, Rows>();
  readonly #waiting = new Set<number>();
  #part: ShownPart;

  constructor(texts: ContextTexts, summary: ContextSummary, options: TreeOptions) {
    this.#texts = texts;
    this.#summary = summary;
    this.#options = options;
    this.#part = options.saved.part ?? 'included';
    this.#open = new Set(options.saved.open);
    const toggles = shownParts.map((part) => this.#toggle(part));
    this.node = element(
      'section',
      { ariaLabel: texts.tree },
      element('div', { className: 'tools', role: 'group' }, ...toggles),
      this.#table(),
      this.#empty,
    );
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Whether all rows that were requested have arrived. */
  get isComplete(): boolean {
    return this.#waiting.size === 0;
  }

  /** Requests the rows of a directory; -1 is the context. */
  request(of = -1, most = rowsAtOnce): void {
    this.#waiting.add(of);
    this.#options.post({ kind: 'rows', of, part: this.#part, most });
  }

  onRows(rows: Rows): void {
    if (rows.part !== this.#part) return;
    this.#waiting.delete(rows.of);
    this.#rows.set(rows.of, rows);
    for (const { id, path, isFolder } of rows.rows)
      if (isFolder && this.#open.has(path) && !this.#rows.has(id)) this.request(id);
    this.#draw();
  }

  #toggle(part: ShownPart): HTMLButtonElement {
    const created = labelButton(this.#texts.parts[part], 'quiet', () => {
      this.#part = part;
      this.#rows.clear();
      this.#waiting.clear();
      this.#options.save({ part });
      for (const other of created.parentElement?.children ?? [])
        other.setAttribute('aria-pressed', String(other === created));
      this.request();
    });
    created.classList.add('toggle');
    created.setAttribute('aria-pressed', String(part === this.#part));
    return created;
  }

  #table(): HTMLTableElement {
    const { name, size, files, decision, tree } = this.#texts;
    const columns = ['name', 'why', 'files', 'size'].map((className) => element('col', { className })); // prettier-ignore
    const headings = [
      element('th', { textContent: name }),
      element('th', { textContent: decision, className: 'reason' }),
      element('th', { textContent: files, className: 'num files-cell' }),
      element('th', { textContent: size, className: 'num' }),
    ];
    return element(
      'table',
      { role: 'treegrid', ariaLabel: tree },
      element('colgroup', {}, ...columns),
      element('thead', {}, element('tr', {}, ...headings)),
      this.#body,
    );
  }

  #draw(): void {
    const focused = document.activeElement?.closest('tr')?.dataset['id'];
    const rows: HTMLElement[] = [];
    const add = (of: number, depth: number): void => {
      const known = this.#rows.get(of);
      for (const row of known?.rows ?? []) {
        rows.push(this.#row(row, depth));
        if (row.isFolder && this.#open.has(row.path)) add(row.id, depth + 1);
      }
      if (known?.more !== undefined) rows.push(this.#more(known, known.more, depth));
    };
    add(-1, 0);
    this.#body.replaceChildren(...rows);
    this.#empty.textContent = this.#summary.emptyTexts[this.#part];
    this.#empty.hidden = rows.length > 0 || !this.isComplete;
    if (focused !== undefined)
      this.#body.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(row: ContextRow, depth: number): HTMLTableRowElement {
    const { id, name, path, isFolder, share, size, files, reason } = row;
    const isOpen = this.#open.has(path);
    const cell = element(
      'div',
      { className: 'cell' },
      isFolder
        ? icon(isOpen ? 'chevron-down' : 'chevron-right')
        : element('span', { className: 'twist' }),
      icon(isFolder ? (isOpen ? 'folder-opened' : 'folder') : 'file', { color: 'muted' }),
      element('span', { className: row.isUnused ? 'cut muted' : 'cut', textContent: name, title: path }), // prettier-ignore
      this.#actions(row),
    );
    cell.style.paddingLeft = `${depth * 14}px`;
    const meter = element('i');
    meter.style.width = `${share * 100}%`;
    const created = element(
      'tr',
      { tabIndex: 0 },
      element('td', { className: 'name' }, cell),
      element('td', { className: 'reason small muted' }, ...(reason ? this.#options.reasonNodes(reason) : [])), // prettier-ignore
      element('td', { className: 'num files-cell', textContent: files }),
      element(
        'td',
        { className: 'num' },
        document.createTextNode(size),
        element('span', { className: 'share meter', ariaHidden: 'true' }, meter),
      ),
    );
    created.dataset['id'] = String(id);
    created.setAttribute('aria-level', String(depth + 1));
    if (isFolder) created.setAttribute('aria-expanded', String(isOpen));
    created.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('button') !== null) return;
      if (isFolder) this.#expand(row, !isOpen);
    });
    created.addEventListener('dblclick', () => {
      if (!isFolder) this.#options.post({ kind: 'open', id });
    });
    return created;
  }

  #actions({ id, isFolder, isExcluded }: ContextRow): HTMLElement {
    const { open, reveal, exclude } = this.#texts;
    const post = (kind: 'open' | 'reveal' | 'exclude') => () => this.#options.post({ kind, id });
    return element(
      'span',
      { className: 'actions' },
      ...(isExcluded ? [] : [iconButton('eye-closed', exclude, post('exclude'))]),
      ...(isFolder ? [] : [iconButton('go-to-file', open, post('open'))]),
      iconButton('folder-opened', reveal, post('reveal')),
    );
  }

  #more({ of, rows }: Rows, text: string, depth: number): HTMLTableRowElement {
    const link = labelButton(text, 'link', () => this.request(of, rows.length + rowsAtOnce));
    link.style.marginLeft = `${depth * 14 + 20}px`;
    const cell = element('td', { colSpan: 4 }, link);
    return element('tr', {}, cell);
  }

  #expand({ id, path }: ContextRow, isOpen: boolean): void {
    if (isOpen) this.#open.add(path);
    else this.#open.delete(path);
    this.#options.save({ open: [...this.#open] });
    if (isOpen && !this.#rows.has(id)) this.request(id);
    else this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (!(target instanceof HTMLTableRowElement)) return;
    const { rows } = this.#body;
    const at = Array.from(rows).indexOf(target);
    const row = this.#rowOf(target);
    if (event.key === 'ArrowDown') rows[at + 1]?.focus();
    else if (event.key === 'ArrowUp') rows[at - 1]?.focus();
    else if (event.key === 'ArrowRight' && row?.isFolder === true) this.#expand(row, true);
    else if (event.key === 'ArrowLeft' && row?.isFolder === true) this.#expand(row, false);
    else if (event.key === 'Enter' && row !== undefined)
      if (row.isFolder) this.#expand(row, !this.#open.has(row.path));
      else this.#options.post({ kind: 'open', id: row.id });
    else return;
    event.preventDefault();
  }

  #rowOf(node: HTMLTableRowElement): ContextRow | undefined {
    const id = Number(node.dataset['id']);
    for (const { rows } of this.#rows.values()) {
      const found = rows.find((row) => row.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
