/** One table for all kinds of objects, so that the columns align; each kind is a group that can be collapsed. */
import type {
  ChosenGroup,
  PruneColumn,
  PruneGroup,
  PruneRow,
  PruneTexts,
  ToPrune,
} from '../../src/prune/page.ts';
import { icon, icons, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';

export interface TableListener {
  select(keys: readonly string[], on: boolean): void;
  sort(by: PruneColumn): void;
  /** The button of a group's note. */
  act(): void;
  /** A group was collapsed or expanded. */
  collapsed(): void;
}

interface Sort {
  readonly by: PruneColumn;
  readonly down: boolean;
}

interface GroupView {
  readonly group: PruneGroup;
  readonly check: HTMLInputElement;
  readonly toggle: HTMLButtonElement;
  readonly count: HTMLElement;
  readonly frees: HTMLElement;
  /** The rows, and the note below them. */
  readonly nodes: readonly HTMLElement[];
}

interface RowView {
  readonly node: HTMLTableRowElement;
  readonly check: HTMLInputElement;
}

export class PruneTable {
  readonly element: HTMLTableElement;
  readonly #texts: PruneTexts;
  readonly #listener: TableListener;
  readonly #collapsed: Set<string>;
  readonly #body = element('tbody');
  readonly #all: HTMLInputElement;
  readonly #headers = new Map<PruneColumn, { cell: HTMLElement; arrow: HTMLElement }>();
  #groups: readonly GroupView[] = [];
  readonly #rows = new Map<string, RowView>();
  /** The check box that Tab reaches; the arrow keys reach the others. */
  #current: HTMLElement | undefined;

  constructor(texts: PruneTexts, collapsed: readonly string[], listener: TableListener) {
    this.#texts = texts;
    this.#listener = listener;
    this.#collapsed = new Set(collapsed);
    this.#all = checkBox(texts.selectAll, (on) => listener.select([...this.#rows.keys()], on));
    const { name, age, frees } = texts.columns;
    const head = element(
      'tr',
      {},
      element('th', { className: 'ck', scope: 'col' }, this.#all),
      this.#header('name', name, 'nm'),
      element('th', { className: 'why', scope: 'col', textContent: texts.reason }),
      this.#header('age', age, 'num h'),
      this.#header('frees', frees, 'num'),
    );
    this.element = element('table', { hidden: true }, element('thead', {}, head), this.#body);
    this.element.setAttribute('aria-label', texts.table);
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
    this.#body.addEventListener('focusin', ({ target }) => {
      if (target instanceof HTMLInputElement) this.#setCurrent(target);
    });
  }

  /** The groups that are collapsed. */
  get collapsed(): readonly string[] {
    return [...this.#collapsed];
  }

  /** Draws all rows again; the focus stays on the same object. With `named`, collapses the groups that are not. */
  show(groups: readonly PruneGroup[], { by, down }: Sort, named?: readonly string[]): void {
    if (named !== undefined) {
      this.#collapsed.clear();
      for (const { id } of groups) if (!named.includes(id)) this.#collapsed.add(id);
    }
    for (const [id, { cell, arrow }] of this.#headers) {
      arrow.hidden = id !== by;
      arrow.textContent = icons[down ? 'arrow-down' : 'arrow-up'];
      if (id !== by) cell.removeAttribute('aria-sort');
      else cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    }
    const focused = this.#body.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.key
      : undefined;
    this.#rows.clear();
    this.#groups = groups.map((group) => this.#groupView(group));
    this.#body.replaceChildren(
      ...this.#groups.flatMap(({ check, nodes }) => [check.closest('tr') ?? check, ...nodes]),
    );
    for (const view of this.#groups) this.#drawCollapsed(view);
    const checks = this.#checks();
    const again = checks.find(({ dataset }) => dataset.key === focused && focused !== undefined);
    this.#setCurrent(again ?? checks[0]);
    again?.focus();
  }

  /** Shows what is chosen. */
  choose({ groups, keys, disabled }: Extract<ToPrune, { kind: 'chosen' }>): void {
    const chosen = new Set(keys);
    const reasons = new Map(disabled.map(({ key, why }) => [key, why]));
    for (const [key, { node, check }] of this.#rows) {
      const why = reasons.get(key);
      check.checked = chosen.has(key);
      // A disabled input could not have the focus, so that its reason would not be read out.
      if (why === undefined) check.removeAttribute('aria-disabled');
      else check.setAttribute('aria-disabled', 'true');
      check.title = why ?? '';
      node.classList.toggle('off', !check.checked);
    }
    const byId = new Map(groups.map((group) => [group.id, group]));
    for (const view of this.#groups) drawChosen(view, byId.get(view.group.id));
    const checks = groups.map(({ check }) => check);
    this.#all.checked = checks.length > 0 && checks.every((check) => check === 'all');
    this.#all.indeterminate = !this.#all.checked && checks.some((check) => check !== 'none');
  }

  #header(id: PruneColumn, label: string, className: string): HTMLElement {
    const arrow = icon('arrow-down');
    arrow.hidden = true;
    const text = document.createTextNode(`${label} `);
    const sort = element('button', { type: 'button' }, text, arrow);
    sort.title = this.#texts.sortBy.replace('{0}', () => label);
    sort.addEventListener('click', () => this.#listener.sort(id));
    const cell = element('th', { scope: 'col', className }, sort);
    this.#headers.set(id, { cell, arrow });
    return cell;
  }

  #groupView(group: PruneGroup): GroupView {
    const { id, title, rows, note } = group;
    const check = checkBox(
      this.#texts.select.replace('{0}', () => title),
      (on) =>
      this.#listener.select(rows.map(({ key }) => key), on), // prettier-ignore
    );
    check.dataset.key = `group ${id}`;
    const toggle = element('button', { type: 'button', className: 'tw', tabIndex: -1 });
    const count = element('span', { className: 'c' });
    const frees = element('td', { className: 'num' });
    const name = element('td', { className: 'nm' }, toggle, count);
    const head = element('tr', { className: 'g' }, element('td', { className: 'ck' }, check), name);
    head.append(element('td', { className: 'why' }), element('td', { className: 'h' }), frees);
    const nodes = rows.map((row) => this.#rowView(row).node as HTMLElement);
    if (note !== undefined) nodes.push(this.#note(note));
    const view = { group, check, toggle, count, frees, nodes };
    toggle.addEventListener('click', () => this.#collapse(view, !this.#collapsed.has(id)));
    return view;
  }

  #rowView({ key, name, title, reason, age, ageTitle, frees, freesTitle }: PruneRow): RowView {
    const check = checkBox(
      this.#texts.select.replace('{0}', () => name),
      (on) => {
        if (check.getAttribute('aria-disabled') === 'true') check.checked = false;
        else this.#listener.select([key], on);
      },
    );
    check.dataset.key = key;
    const node = element(
      'tr',
      {},
      element('td', { className: 'ck' }, check),
      element('td', { className: 'nm', textContent: name, title }),
      element('td', { className: 'why', textContent: reason, title: reason }),
      element('td', { className: 'num muted h', textContent: age, title: ageTitle }),
      element('td', { className: 'num', textContent: frees, title: freesTitle }),
    );
    node.addEventListener('click', ({ target }) => {
      // The whole row is a target, unless a text was selected.
      if (target !== check && getSelection()?.isCollapsed !== false) check.click();
    });
    const view = { node, check };
    this.#rows.set(key, view);
    return view;
  }

  #note({ text, action }: NonNullable<PruneGroup['note']>): HTMLElement {
    const button = labelButton(action, 'link', () => this.#listener.act());
    const box = element(
      'div',
      { className: 'msg warning' },
      icon('warning', { color: 'yellow' }),
      element('span', { textContent: text }),
      element('div', { className: 'acts' }, button),
    );
    return element('tr', { className: 'note' }, element('td', { colSpan: 5 }, box));
  }

  #collapse(view: GroupView, isCollapsed: boolean): void {
    if (isCollapsed) this.#collapsed.add(view.group.id);
    else this.#collapsed.delete(view.group.id);
    this.#drawCollapsed(view);
    this.#listener.collapsed();
  }

  #drawCollapsed({ group, toggle, nodes }: GroupView): void {
    const isCollapsed = this.#collapsed.has(group.id);
    for (const node of nodes) node.hidden = isCollapsed;
    const label = isCollapsed ? this.#texts.expand : this.#texts.collapse;
    toggle.replaceChildren(
      icon(isCollapsed ? 'chevron-right' : 'chevron-down', { color: 'muted' }),
      document.createTextNode(group.title),
    );
    toggle.title = label.replace('{0}', () => group.title);
    toggle.setAttribute('aria-expanded', String(!isCollapsed));
  }

  /** The check boxes that are shown, from top to bottom. */
  #checks(): readonly HTMLInputElement[] {
    return [...this.#body.querySelectorAll<HTMLInputElement>('tr:not([hidden]) input')];
  }

  #setCurrent(check: HTMLElement | undefined): void {
    if (this.#current !== undefined) this.#current.tabIndex = -1;
    this.#current = check;
    if (check !== undefined) check.tabIndex = 0;
  }

  /** Up and Down move between rows, Right and Left expand and collapse the group. */
  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const checks = this.#checks();
    const at = checks.findIndex((check) => check === document.activeElement);
    const check = checks[at];
    if (check === undefined) return;
    const view = this.#groups.find(
      ({ check: own, nodes }) => own === check || nodes.some((node) => node.contains(check)),
    );
    if (view === undefined) return;
    const moves: Readonly<Record<string, HTMLInputElement | undefined>> = {
      ArrowDown: checks[at + 1],
      ArrowUp: checks[at - 1],
      Home: checks[0],
      End: checks.at(-1),
    };
    if (event.key === 'ArrowLeft' && view.check === check) this.#collapse(view, true);
    else if (event.key === 'ArrowLeft') view.check.focus();
    else if (event.key === 'ArrowRight' && view.check === check) this.#collapse(view, false);
    else if (moves[event.key] !== undefined) moves[event.key]?.focus();
    else return;
    event.preventDefault();
  }
}

function drawChosen(view: GroupView, chosen: ChosenGroup | undefined): void {
  view.count.textContent = chosen?.count ?? '';
  view.frees.textContent = chosen?.frees ?? '';
  view.check.checked = chosen?.check === 'all';
  view.check.indeterminate = chosen?.check === 'some';
}

function checkBox(label: string, onChange: (on: boolean) => void): HTMLInputElement {
  const created = element('input', { type: 'checkbox', tabIndex: -1 });
  created.setAttribute('aria-label', label);
  created.addEventListener('change', () => onChange(created.checked));
  return created;
}
