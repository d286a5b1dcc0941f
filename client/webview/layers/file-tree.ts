/** The files of the selected layer: a tree whose directories are requested when they are expanded. */
import type {
  ChangeKind,
  FileRow,
  FilesRequest,
  LayersTexts,
  ShownChanges,
} from '../../src/layers/page.ts';
import { icon } from '../design/icons.ts';
import { WindowedList } from '../design/windowed-list.ts';
import { element } from '../elements.ts';

/** What is kept while the page is hidden. */
export interface TreeState {
  readonly layer: number;
  readonly expanded: readonly number[];
  readonly scrollTop: number;
}

export interface TreeOptions {
  readonly texts: LayersTexts;
  readonly request: (request: FilesRequest) => void;
  readonly onChange: () => void;
}

/** A directory whose rows have been requested. */
interface Directory {
  readonly rows: FileRow[];
  total: number;
  /** The number of rows for which an answer is expected; undefined if none is. */
  pending: number | undefined;
}

/** A line of the tree: a row, or the place of rows that have not been requested. */
type Line =
  | { readonly kind: 'row'; readonly row: FileRow; readonly depth: number; readonly parent: number }
  | {
      readonly kind: 'more';
      readonly directory: number;
      readonly depth: number;
      readonly count: number;
    };

const root = 0;
const rowHeight = 22;
const mostVisible = 26;
/** When a layer is first shown, its largest directories are expanded until there are this many rows. */
const openUntil = 14;

export class FileTree {
  readonly list: WindowedList;
  readonly #options: TreeOptions;
  #layer: number | undefined;
  #shown: ShownChanges = { added: true, changed: true, removed: true };
  #directories = new Map<number, Directory>();
  #expanded = new Set<number>();
  #lines: Line[] = [];
  #scrollTop: number | undefined;
  /** Whether directories are expanded without the user. */
  #opens = false;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.list = new WindowedList({
      rowHeight,
      mostVisible,
      role: 'tree',
      label: options.texts.files,
      render: (index) => this.#render(index),
      onActivate: (index) => this.#toggle(index),
      onKey: (key, index) => this.#onKey(key, index),
      onMove: options.onChange,
    });
  }

  get state(): TreeState | undefined {
    if (this.#layer === undefined) return undefined;
    const scrollTop = this.#scrollTop ?? this.list.scrollTop;
    return { layer: this.#layer, expanded: [...this.#expanded], scrollTop };
  }

  /** Shows a layer, with what was expanded before. */
  show(layer: number, shown: ShownChanges, saved?: TreeState): void {
    this.#layer = layer;
    this.#shown = shown;
    this.#directories = new Map();
    this.#expanded = new Set(saved?.expanded);
    this.#opens = saved === undefined;
    this.#scrollTop = saved?.scrollTop;
    this.list.activate(-1);
    this.#fetch(root);
    this.#update();
  }

  clear(): void {
    this.#layer = undefined;
    this.#directories.clear();
    this.#update();
  }

  /** Takes the answer to a request; answers to earlier layers and filters are ignored. */
  receive(request: FilesRequest, rows: readonly FileRow[], total: number): void {
    const directory = this.#directories.get(request.node);
    const isCurrent = request.layer === this.#layer && sameShown(request.shown, this.#shown);
    if (!isCurrent || directory?.pending !== request.offset) return;
    directory.pending = undefined;
    directory.rows.push(...rows);
    // Otherwise an empty answer would be requested again and again.
    directory.total = rows.length === 0 ? directory.rows.length : total;
    for (const { node } of rows) if (this.#expanded.has(node)) this.#fetch(node);
    const [largest] = rows;
    if (this.#opens && largest?.isDirectory === true && request.offset === 0) {
      this.#opens = this.#lines.length + rows.length < openUntil;
      if (this.#opens) this.#expand(largest.node);
    }
    this.#update();
    if (this.#scrollTop === undefined || this.#isWaiting()) return;
    this.list.scrollTop = this.#scrollTop;
    this.#scrollTop = undefined;
  }

  collapseAll(): void {
    this.#expanded.clear();
    this.#opens = false;
    this.#update();
    this.#options.onChange();
  }

  get isEmpty(): boolean {
    return this.#directories.get(root)?.total === 0;
  }

  #isWaiting(): boolean {
    return [...this.#directories.values()].some(({ pending }) => pending !== undefined);
  }

  #fetch(node: number): void {
    if (this.#layer === undefined) return;
    const known = this.#directories.get(node);
    if (known?.pending !== undefined || (known && known.rows.length >= known.total)) return;
    const directory = known ?? { rows: [], total: 0, pending: undefined };
    directory.pending = directory.rows.length;
    this.#directories.set(node, directory);
    const request = { layer: this.#layer, node, shown: this.#shown, offset: directory.pending };
    this.#options.request(request);
  }

  #expand(node: number): void {
    this.#expanded.add(node);
    if (!this.#directories.has(node)) this.#fetch(node);
  }

  #update(): void {
    this.#lines = this.#linesOf();
    this.list.update(this.#lines.length);
  }

  /** All lines from top to bottom; without recursion, as paths may be a thousand directories deep. */
  #linesOf(): Line[] {
    const lines: Line[] = [];
    const stack = [{ node: root, depth: 0, at: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { rows = [], total = 0 } = this.#directories.get(top.node) ?? {};
      const row = rows[top.at++];
      if (row === undefined) {
        const count = total - rows.length;
        if (count > 0) lines.push({ kind: 'more', directory: top.node, depth: top.depth, count });
        stack.pop();
        continue;
      }
      lines.push({ kind: 'row', row, depth: top.depth, parent: top.node });
      if (this.#isOpen(row)) stack.push({ node: row.node, depth: top.depth + 1, at: 0 });
    }
    return lines;
  }

  #isOpen({ node, isDirectory }: FileRow): boolean {
    return isDirectory && this.#expanded.has(node);
  }

  #render(index: number): HTMLElement {
    const line = this.#lines[index];
    if (line?.kind === 'row') return this.#rowNode(line.row, line.depth);
    const text = this.#options.texts.more.replace('{0}', String(line?.count ?? 0));
    const name = element(
      'span',
      { className: 'nm' },
      element('span', { className: 'cut muted', textContent: text }),
    );
    if (line !== undefined) {
      indent(name, line.depth + 1);
      // The row is visible, so its content is needed now.
      queueMicrotask(() => this.#fetch(line.directory));
    }
    const created = element('div', { className: 'tr' }, name);
    created.setAttribute('role', 'treeitem');
    return created;
  }

  #rowNode(row: FileRow, depth: number): HTMLElement {
    const { name, isDirectory, size, change, isLost, letter, meaning, note } = row;
    const color = isLost ? 'fd' : change === undefined ? '' : colors[change];
    const twistie = isDirectory
      ? icon(this.#isOpen(row) ? 'chevron-down' : 'chevron-right', { color: 'muted' })
      : element('span', { className: 'twistie' });
    const title = meaning === '' ? name : `${name} · ${meaning}`;
    const label = element('span', { className: `cut ${color}`, textContent: name, title });
    const first = element('span', { className: 'nm' }, twistie, label);
    indent(first, depth);
    const mark = element('span', { className: `lt ${color}`, textContent: letter, title: meaning });
    // Screen readers announce what the letter means instead.
    mark.setAttribute('aria-hidden', 'true');
    const created = element(
      'div',
      { className: isLost ? 'tr del' : 'tr' },
      first,
      element('span', { className: 'own muted small', textContent: note }),
      element('span', { className: 'num', textContent: size }),
      mark,
      element('span', { className: 'sr', textContent: meaning }),
    );
    created.setAttribute('role', 'treeitem');
    created.setAttribute('aria-level', String(depth + 1));
    if (isDirectory) created.setAttribute('aria-expanded', String(this.#isOpen(row)));
    return created;
  }

  #toggle(index: number): void {
    const line = this.#lines[index];
    if (line?.kind !== 'row' || !line.row.isDirectory) return;
    this.#opens = false;
    const { node } = line.row;
    if (this.#expanded.has(node)) this.#expanded.delete(node);
    else this.#expand(node);
    this.#update();
    this.#options.onChange();
  }

  #onKey(key: string, index: number): boolean {
    const line = this.#lines[index];
    if (line?.kind !== 'row') return false;
    const { row, parent } = line;
    if (key === 'Enter' || key === ' ') this.#toggle(index);
    else if (key === 'ArrowRight') {
      if (!row.isDirectory) return true;
      if (this.#isOpen(row)) this.list.activate(index + 1);
      else this.#toggle(index);
    } else if (key === 'ArrowLeft') {
      if (this.#isOpen(row)) this.#toggle(index);
      else this.#activateNode(parent);
    } else return false;
    return true;
  }

  #activateNode(node: number): void {
    const index = this.#lines.findIndex((line) => line.kind === 'row' && line.row.node === node);
    if (index >= 0) this.list.activate(index);
  }
}

const colors: Readonly<Record<ChangeKind, string>> = { added: 'fa', changed: 'fm', removed: 'fd' };

/** Pixels for each level; deeper levels are not indented further, so that names stay visible. */
function indent(node: HTMLElement, depth: number): void {
  node.style.paddingLeft = `${Math.min(depth, 24) * 14}px`;
}

function sameShown(a: ShownChanges, b: ShownChanges): boolean {
  return a.added === b.added && a.changed === b.changed && a.removed === b.removed;
}
