/** The fields of a form, their values, and their error messages. */
import type { Field, Mark, Section, Value, Values } from '../../src/run/form.ts';
import { button, element } from '../elements.ts';
import { Rows } from './rows.ts';

export interface FieldListener {
  changed(field: string): void;
  browse(field: string, row: number, column: string): void;
}

interface Control {
  readonly field: Field;
  read(): Value;
  write(value: Value | undefined): void;
  /** The input element that a mark belongs to. */
  input(mark: Mark): HTMLElement | undefined;
  readonly marks: HTMLElement;
  readonly rows?: Rows;
}

export class Fields {
  readonly sections: readonly HTMLElement[];
  readonly #controls = new Map<string, Control>();
  readonly #details = new Map<string, HTMLDetailsElement>();
  readonly #listener: FieldListener;
  #marked: HTMLElement[] = [];

  constructor(sections: readonly Section[], listener: FieldListener) {
    this.#listener = listener;
    this.sections = sections.map((section) => this.#section(section));
  }

  /** Writes the values into all fields except some. */
  fill(values: Values, except: ReadonlySet<string> = new Set()): void {
    for (const [id, control] of this.#controls) {
      if (except.has(id)) continue;
      control.write(values[id]);
      if (isFilled(values[id]) && control.field.kind !== 'choice') this.#open(id);
    }
  }

  values(): Values {
    return Object.fromEntries([...this.#controls].map(([id, control]) => [id, control.read()]));
  }

  put(
    field: string,
    value: string,
    { row, column }: { readonly row?: number; readonly column?: string },
  ): void {
    const control = this.#controls.get(field);
    if (control?.rows && row !== undefined && column !== undefined)
      control.rows.put(row, column, value);
    else control?.write(value);
  }

  focusFirst(): void {
    const [first] = this.#controls.values();
    first?.input({ field: '', severity: 'note', message: '' })?.focus();
  }

  /** Shows marks below their fields; invalid fields are announced by screen readers. */
  mark(marks: readonly Mark[]): void {
    for (const input of this.#marked) input.removeAttribute('aria-invalid');
    this.#marked = [];
    for (const control of this.#controls.values()) {
      const own = marks.filter(({ field }) => field === control.field.id);
      control.marks.replaceChildren(...own.map((mark) => this.#markElement(mark)));
      for (const mark of own) {
        const input = control.input(mark);
        if (mark.severity !== 'error' || input === undefined) continue;
        input.setAttribute('aria-invalid', 'true');
        this.#marked.push(input);
      }
      if (own.some(({ severity }) => severity === 'error')) this.#open(control.field.id);
    }
  }

  #markElement({ severity, message, offer }: Mark): HTMLElement {
    const line = element('p', { className: severity }, element('span', { textContent: message }));
    if (offer === undefined) return line;
    const press = button(offer.label, 'small', () => {
      this.put(offer.field, offer.value, offer);
      this.#open(offer.field);
      this.#listener.changed(offer.field);
    });
    line.append(press);
    return line;
  }

  #open(id: string): void {
    const details = this.#details.get(id);
    if (details) details.open = true;
  }

  #section({ title, open, fields }: Section): HTMLElement {
    const details = element('details', { open }, element('summary', { textContent: title }));
    for (const field of fields) {
      this.#details.set(field.id, details);
      details.append(this.#field(field));
    }
    return details;
  }

  #field(field: Field): HTMLElement {
    const marks = element('div', { className: 'marks', id: `${field.id}-marks` });
    const hint = element('p', {
      className: 'hint',
      id: `${field.id}-hint`,
      textContent: field.hint ?? '',
    });
    const described = `${field.id}-hint ${field.id}-marks`;
    const { control, nodes } = this.#control(field, { marks, described });
    this.#controls.set(field.id, control);
    return element(
      'div',
      { className: `field ${field.kind}` },
      ...nodes,
      ...(field.hint === undefined ? [] : [hint]),
      marks,
    );
  }

  #control(
    field: Field,
    { marks, described }: { readonly marks: HTMLElement; readonly described: string },
  ): { readonly control: Control; readonly nodes: readonly HTMLElement[] } {
    const changed = (): void => this.#listener.changed(field.id);
    switch (field.kind) {
      case 'check': {
        const input = element('input', { type: 'checkbox', id: field.id });
        input.setAttribute('aria-describedby', described);
        input.addEventListener('change', changed);
        const write = (value: Value | undefined) => void (input.checked = value === true);
        const control = { field, marks, read: () => input.checked, write, input: () => input };
        return {
          control,
          nodes: [
            element(
              'label',
              { className: 'checked' },
              input,
              element('span', { textContent: field.label }),
            ),
          ],
        };
      }
      case 'rows': {
        const rows = new Rows(field, {
          changed,
          browse: (row, column) => this.#listener.browse(field.id, row, column),
        });
        const control = {
          field,
          marks,
          rows,
          read: () => rows.read(),
          write: (value: Value | undefined) => rows.write(value),
          input: ({ row }: Mark) => rows.input(row),
        };
        return { control, nodes: [rows.group] };
      }
      default: {
        const input = inputOf(field);
        input.setAttribute('aria-describedby', described);
        input.addEventListener('input', changed);
        const write = (value: Value | undefined) =>
          void (input.value = typeof value === 'string' ? value : '');
        const control = { field, marks, read: () => input.value, write, input: () => input };
        const label = element('label', {
          className: 'vscode-label',
          htmlFor: field.id,
          textContent: field.label,
        });
        return { control, nodes: [label, input, ...choicesOf(field)] };
      }
    }
  }
}

function isFilled(value: Value | undefined): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== '' && value !== false;
}

function inputOf(
  field: Exclude<Field, { kind: 'check' | 'rows' }>,
): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  const { id } = field;
  switch (field.kind) {
    case 'text': {
      const input = element('input', {
        id,
        type: 'text',
        className: 'vscode-textfield',
        spellcheck: false,
        autocomplete: 'off',
        placeholder: field.placeholder ?? '',
      });
      if (field.choices) input.setAttribute('list', `${id}-choices`);
      return input;
    }
    case 'lines':
      return element('textarea', {
        id,
        rows: 2,
        className: 'vscode-textarea',
        spellcheck: false,
        placeholder: field.placeholder ?? '',
      });
    case 'choice':
      return element(
        'select',
        { id },
        ...field.options.map(({ value, label }) =>
          element('option', { value, textContent: label }),
        ),
      );
  }
}

function choicesOf(field: Field): readonly HTMLElement[] {
  if (field.kind !== 'text' || field.choices === undefined) return [];
  const options = field.choices.map((value) => element('option', { value }));
  return [element('datalist', { id: `${field.id}-choices` }, ...options)];
}
