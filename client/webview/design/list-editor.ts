/** A list of values as a table: cells look like text until they are edited, and the last row adds items. */
import type { FormControl, FormItem, FormList, FormMark } from '../../src/form/page.ts';
import { element } from '../elements.ts';
import type { ControlElement, ControlListener, ControlNames } from './control.ts';
import { iconButton } from './icons.ts';
import { showMessages } from './messages.ts';

type Cells = Record<string, string>;

interface ItemElements {
  readonly row: HTMLElement;
  readonly messages: HTMLElement;
  readonly inputs: ReadonlyMap<string, HTMLInputElement | HTMLSelectElement>;
  readonly texts: ReadonlyMap<string, HTMLElement>;
  cells: Cells;
  given: boolean;
  /** Which cells can be edited; the elements of an item are made again if that changes. */
  readonly shape: string;
}

export class ListEditor implements ControlElement {
  readonly kind = 'list';
  readonly width = 'wide';
  readonly element = element('div', { className: 'list' });
  readonly #names: ControlNames;
  readonly #listener: ControlListener;
  readonly #add: HTMLInputElement;
  readonly #addRow: HTMLElement;
  #list: FormList | undefined;
  #head: HTMLElement | undefined;
  #items: ItemElements[] = [];

  constructor(names: ControlNames, listener: ControlListener) {
    this.#names = names;
    this.#listener = listener;
    this.#add = element('input', { className: 'input', type: 'text', spellcheck: false });
    this.#add.setAttribute('aria-describedby', names.describedBy);
    this.#addRow = element('div', { className: 'lr one add' }, this.#add, element('span'));
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', names.label);
    this.element.append(this.#addRow);
    this.#listen();
  }

  #listen(): void {
    const add = this.#add;
    const send = (text: string): void => {
      const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
      if (lines.length > 0) this.#listener.added(lines);
    };
    add.addEventListener('change', () => {
      const { value } = add;
      add.value = '';
      send(value);
    });
    add.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text') ?? '';
      // An input would join the lines.
      if (!/\n/.test(text.trim())) return;
      event.preventDefault();
      send(text);
    });
    // Items that were emptied while they had the focus are removed once it leaves.
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      const stays = relatedTarget instanceof Node && this.element.contains(relatedTarget);
      if (!stays && this.#list !== undefined) this.#draw(this.#list, true);
    });
  }

  update(control: FormControl, replaces: boolean): void {
    if (control.kind !== 'list') return;
    this.#list = control;
    this.#draw(control, replaces);
  }

  #draw(list: FormList, replaces: boolean): void {
    this.#add.placeholder = list.add;
    this.#add.setAttribute('aria-label', list.add);
    this.#drawHead(list);
    const isEdited = this.#items.some(({ row }) => row.contains(document.activeElement));
    if (isEdited && !replaces && list.items.length !== this.#items.length) return;
    for (const { row, messages } of this.#items.splice(list.items.length)) {
      row.remove();
      messages.remove();
    }
    for (const [index, item] of list.items.entries())
      this.#drawItem(index, item, { list, replaces });
  }

  #drawHead({ columns }: FormList): void {
    if (this.#head !== undefined || columns.every(({ label }) => label === undefined)) return;
    const labels = columns.map(({ label = '', kind }) =>
      element('span', { textContent: label, className: kind === 'note' ? 'note' : '' }),
    );
    this.#head = element('div', { className: 'lr lh' }, ...labels, element('span'));
    setColumns(this.#head, columns);
    this.element.prepend(this.#head);
  }

  #drawItem(
    index: number,
    item: FormItem,
    { list, replaces }: { readonly list: FormList; readonly replaces: boolean },
  ): void {
    const shape = JSON.stringify([item.fixed ?? [], list.columns.map(({ id }) => id)]);
    let elements = this.#items[index];
    if (elements?.shape !== shape) {
      const before = elements;
      elements = this.#create(index, item, { list, shape });
      if (before === undefined) this.#addRow.before(elements.row, elements.messages);
      else {
        before.row.replaceWith(elements.row);
        before.messages.replaceWith(elements.messages);
      }
      this.#items[index] = elements;
    }
    const isGiven = item.given !== false;
    elements.given = isGiven;
    const typed: Cells = {};
    for (const [id, input] of elements.inputs) {
      const keeps = !replaces && input === document.activeElement;
      if (keeps && elements.cells[id] !== undefined) typed[id] = elements.cells[id];
      if (!keeps) input.value = item.cells[id] ?? '';
      if (input instanceof HTMLInputElement) input.placeholder = item.placeholders?.[id] ?? '';
    }
    elements.cells = { ...item.cells, ...typed };
    for (const [id, text] of elements.texts) {
      text.textContent = item.cells[id] ?? '';
      text.title = item.cells[id] ?? '';
    }
    const isFixed = (item.fixed ?? []).includes('name');
    elements.row.classList.toggle('unset', isFixed && !isGiven);
  }

  #create(
    index: number,
    item: FormItem,
    { list, shape }: { readonly list: FormList; readonly shape: string },
  ): ItemElements {
    const inputs = new Map<string, HTMLInputElement | HTMLSelectElement>();
    const texts = new Map<string, HTMLElement>();
    const cells = list.columns.map((column) => {
      const { id, kind, label = this.#names.label } = column;
      if (kind === 'note' || item.fixed?.includes(id) === true) {
        const text = element('span', {
          className: kind === 'note' ? 'note txt small muted cut' : 'txt mono cut',
        });
        texts.set(id, text);
        return text;
      }
      const input = kind === 'select' ? selectOf(column) : textInput();
      input.setAttribute('aria-label', label === '' ? this.#names.label : label);
      input.addEventListener(kind === 'select' ? 'change' : 'input', () =>
        this.#edited(index, id, input.value),
      );
      inputs.set(id, input);
      return input;
    });
    const row = element('div', { className: 'lr' }, ...cells, this.#actions(index, item, list));
    setColumns(row, list.columns);
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) this.#add.focus();
    });
    const messages = element('div', { className: 'msgrow' });
    return { row, messages, inputs, texts, cells: { ...item.cells }, given: true, shape };
  }

  #actions(index: number, item: FormItem, { columns, remove }: FormList): HTMLElement {
    const name = item.cells[columns[0]?.id ?? ''] ?? '';
    const edit = iconButton('edit', this.#names.edit, () => this.focus(index));
    const removal = iconButton(
      'close',
      remove.replace('{0}', () => name),
      () => this.#removed(index),
    );
    edit.classList.add('edit-a');
    return element('span', { className: 'ra' }, edit, removal);
  }

  #edited(index: number, id: string, value: string): void {
    const item = this.#items[index];
    if (item === undefined) return;
    item.cells = { ...item.cells, [id]: value };
    item.given = true;
    this.#send(this.#items);
  }

  /** An item with a fixed name stays, without its value. */
  #removed(index: number): void {
    const item = this.#items[index];
    if (item === undefined) return;
    const isFixed = this.#list?.items[index]?.fixed?.includes('name') === true;
    if (isFixed) {
      delete item.cells.value;
      item.given = false;
      for (const input of item.inputs.values()) input.value = '';
      this.#send(this.#items);
    } else {
      this.#send(this.#items.filter((_, other) => other !== index));
      this.#add.focus();
    }
  }

  #send(items: readonly ItemElements[]): void {
    this.#listener.changed(
      items.map(({ cells, given }) => ({ ...cells, ...(given && { given: 'true' }) })),
    );
  }

  mark(marks: readonly FormMark[]): readonly FormMark[] {
    for (const [index, { row, messages, inputs }] of this.#items.entries()) {
      const own = marks.filter(({ item }) => item === index);
      const isWrong = own.some(({ severity }) => severity === 'error');
      for (const input of inputs.values()) {
        const isMarked = isWrong && (inputs.size === 1 || input.value !== '');
        input.classList.toggle('bad', isMarked);
        if (isMarked) input.setAttribute('aria-invalid', 'true');
        else input.removeAttribute('aria-invalid');
      }
      row.classList.toggle('marked', own.length > 0);
      showMessages(messages, own, (id) => this.#listener.offer(id));
    }
    return marks.filter(({ item }) => item === undefined || item >= this.#items.length);
  }

  focus(index?: number): void {
    const inputs = index === undefined ? undefined : this.#items[index]?.inputs;
    const input = inputs?.get('value') ?? inputs?.values().next().value;
    (input ?? this.#add).focus();
  }
}

function setColumns(row: HTMLElement, columns: FormList['columns']): void {
  const widths = columns.map(({ width }) => `minmax(0, ${width}fr)`);
  // Notes are hidden on narrow pages.
  const narrow = columns
    .filter(({ kind }) => kind !== 'note')
    .map(({ width }) => `minmax(0, ${width}fr)`);
  row.style.setProperty('--columns', widths.join(' '));
  row.style.setProperty('--narrow-columns', narrow.join(' '));
}

function textInput(): HTMLInputElement {
  return element('input', {
    className: 'input mono',
    type: 'text',
    spellcheck: false,
    autocomplete: 'off',
  });
}

function selectOf({ options = [] }: FormList['columns'][number]): HTMLSelectElement {
  const all = options.map(({ value, label }) => element('option', { value, textContent: label }));
  return element('select', { className: 'select' }, ...all);
}
