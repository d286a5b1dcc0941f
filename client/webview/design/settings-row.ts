/** A settings row: label, origin, option, description, control and messages; a mark and Reset for a changed value. */
import type { FormRow, FormTexts, FormValue, TextPart } from '../../src/form/page.ts';
import { element } from '../elements.ts';
import type { ControlElement } from './control.ts';
import { createControl } from './controls.ts';
import { iconButton } from './icons.ts';
import { showMessages } from './messages.ts';

export interface RowListener {
  edit(row: string, value: FormValue): void;
  add(row: string, texts: readonly string[]): void;
  browse(row: string): void;
  reset(row: string): void;
  offer(id: string): void;
  follow(link: string): void;
}

export class SettingsRow {
  readonly element: HTMLElement;
  readonly id: string;
  readonly #listener: RowListener;
  readonly #control: ControlElement;
  readonly #source = element('span', { className: 'src' });
  readonly #description: HTMLElement;
  readonly #messages: HTMLElement;
  #row: FormRow;

  constructor(row: FormRow, texts: FormTexts, listener: RowListener) {
    const { id, label, flag = '' } = row;
    this.id = id;
    this.#row = row;
    this.#listener = listener;
    this.#description = element('div', { className: 'd', id: `${id}-about` });
    this.#messages = element('div', { className: 'm', id: `${id}-messages` });
    this.#control = createControl(
      row.control,
      { label, describedBy: `${id}-about ${id}-messages`, edit: texts.edit },
      {
        changed: (value) => listener.edit(id, value),
        added: (added) => listener.add(id, added),
        browse: () => listener.browse(id),
        offer: (offer) => listener.offer(offer),
      },
    );
    const reset = iconButton(
      'discard',
      texts.reset.replace('{0}', () => label),
      () => listener.reset(id),
    );
    reset.classList.add('reset');
    const { width } = this.#control;
    this.element = element(
      'div',
      { className: 'row' },
      element(
        'div',
        { className: 'lab' },
        element('b', { textContent: label }),
        this.#source,
        reset,
        element('span', { className: 'flag', textContent: flag }),
      ),
      this.#description,
      element('div', { className: `c ${width}` }, this.#control.element),
      this.#messages,
    );
    this.update(row, true);
  }

  /** Whether another kind of control is needed. */
  fits({ control }: FormRow): boolean {
    return control.kind === this.#control.kind;
  }

  update(row: FormRow, replaces: boolean): void {
    this.#row = row;
    this.#source.textContent = row.source ?? '';
    this.#source.title = row.source ?? '';
    this.element.classList.toggle('changed', row.changed);
    this.#describe(row.description);
    this.#control.update(row.control, replaces);
    const rest = this.#control.mark(row.marks);
    showMessages(this.#messages, rest, (id) => this.#listener.offer(id));
  }

  #describe(parts: readonly TextPart[]): void {
    const key = JSON.stringify(parts);
    if (this.#description.dataset.shown === key) return;
    this.#description.dataset.shown = key;
    this.#description.hidden = parts.length === 0;
    this.#description.replaceChildren(
      ...parts.map((part) => {
        if (part.kind === 'code') return element('code', { textContent: part.text });
        if (part.kind !== 'link') return document.createTextNode(part.text);
        const { link } = part;
        const anchor = element('a', { href: '#', textContent: part.text });
        anchor.addEventListener('click', (event) => {
          event.preventDefault();
          this.#listener.follow(link);
        });
        return anchor;
      }),
    );
  }

  /** Whether the row is found by a search, and whether it was changed. */
  matches(words: readonly string[], changedOnly: boolean): boolean {
    const { label, flag = '', description, source = '', changed, marks } = this.#row;
    if (changedOnly && !changed && marks.length === 0) return false;
    const texts = [label, flag, this.id, source, ...description.map(({ text }) => text)];
    const whole = texts.join(' ').toLowerCase();
    return words.every((word) => whole.includes(word));
  }

  focus(item?: number): void {
    this.#control.focus(item);
    this.element.scrollIntoView({ block: 'nearest' });
  }
}
