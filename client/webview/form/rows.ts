/** A field with several rows and columns. */
import type { Column, Field, Row, Value } from '../../src/run/form.ts';
import { button, element } from '../elements.ts';

type RowsField = Extract<Field, { kind: 'rows' }>;
type Input = HTMLInputElement | HTMLSelectElement;

interface RowElements {
  readonly element: HTMLElement;
  readonly inputs: ReadonlyMap<string, Input>;
  /** Properties of the row without a column. */
  readonly base: Row;
}

export class Rows {
  readonly group: HTMLElement;
  readonly #field: RowsField;
  readonly #listener: { changed(): void; browse(row: number, column: string): void };
  readonly #list = element('div', { className: 'list' });
  readonly #add: HTMLButtonElement;
  #rows: RowElements[] = [];

  constructor(
    field: RowsField,
    listener: { changed(): void; browse(row: number, column: string): void },
  ) {
    this.#field = field;
    this.#listener = listener;
    this.#add = button(field.add, 'small', () => {
      const row = this.#append({});
      this.#listener.changed();
      [...row.inputs.values()][0]?.focus();
    });
    this.group = element(
      'fieldset',
      {},
      element('legend', { className: 'vscode-label', textContent: field.label }),
      this.#list,
      this.#add,
    );
  }

  read(): readonly Row[] {
    return this.#rows.map(({ inputs, base }) => ({
      ...base,
      ...Object.fromEntries([...inputs].map(([id, input]) => [id, valueOf(input)])),
    }));
  }

  write(value: Value | undefined): void {
    this.#list.replaceChildren();
    this.#rows = [];
    for (const row of Array.isArray(value) ? (value as readonly Row[]) : []) this.#append(row);
  }

  put(row: number, column: string, value: string): void {
    const input = this.#rows[row]?.inputs.get(column);
    if (input) input.value = value;
  }

  input(row: number | undefined): HTMLElement | undefined {
    return [...(this.#rows[row ?? 0]?.inputs.values() ?? [])].find(
      (input) => input instanceof HTMLInputElement,
    );
  }

  #append(row: Row): RowElements {
    const inputs = new Map<string, Input>();
    const cells = this.#field.columns.map((column) => {
      const input = inputOf(column, row[column.id]);
      input.addEventListener(column.kind === 'text' ? 'input' : 'change', () =>
        this.#listener.changed(),
      );
      inputs.set(column.id, input);
      return this.#cell(column, input, () => this.#rows.indexOf(shown));
    });
    const remove = button('✕', 'small', () => this.#remove(shown));
    remove.setAttribute('aria-label', this.#field.remove);
    remove.title = this.#field.remove;
    const shown: RowElements = {
      element: element('div', { className: 'row' }, ...cells, remove),
      inputs,
      base: row,
    };
    this.#rows.push(shown);
    this.#list.append(shown.element);
    return shown;
  }

  #cell(column: Column, input: Input, row: () => number): HTMLElement {
    const label = element('span', { className: 'column', textContent: column.label });
    const cell = element('label', { className: `cell ${column.kind} ${column.id}` }, label, input);
    if (column.browse === undefined) return cell;
    const browse = button('…', 'small', () => this.#listener.browse(row(), column.id));
    browse.setAttribute('aria-label', column.browse);
    browse.title = column.browse;
    return element('div', { className: 'cell with-button' }, cell, browse);
  }

  /** Moves the focus to the row that takes its place. */
  #remove(shown: RowElements): void {
    const at = this.#rows.indexOf(shown);
    this.#rows.splice(at, 1);
    shown.element.remove();
    const next = this.#rows[Math.min(at, this.#rows.length - 1)];
    const focus = next === undefined ? this.#add : [...next.inputs.values()][0];
    focus?.focus();
    this.#listener.changed();
  }
}

function inputOf(column: Column, value: string | boolean | undefined): Input {
  if (column.kind === 'check') {
    return element('input', { type: 'checkbox', checked: value === true });
  }
  const text =
    typeof value === 'string' ? value : (column.fresh ?? column.options?.[0]?.value ?? '');
  if (column.kind === 'text') {
    return element('input', {
      type: 'text',
      className: 'vscode-textfield',
      value: text,
      spellcheck: false,
      autocomplete: 'off',
      placeholder: column.placeholder ?? '',
    });
  }
  const options = (column.options ?? []).map((one) =>
    element('option', { value: one.value, textContent: one.label }),
  );
  const select = element('select', {}, ...options);
  select.value = text;
  return select;
}

function valueOf(input: Input): string | boolean {
  return input instanceof HTMLInputElement && input.type === 'checkbox'
    ? input.checked
    : input.value;
}
