/** The filters above the table: by name, by age, and as `docker … prune --filter` accepts them. */
import type { PruneTexts } from '../../src/prune/page.ts';
import { icon } from '../design/icons.ts';
import { element } from '../elements.ts';

interface Values {
  readonly search: string;
  readonly age: string;
  readonly words: string;
}

export class Filters {
  readonly element: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #age: HTMLSelectElement;
  readonly #words: HTMLInputElement;
  readonly #error = element('div', { id: 'filter-error' });

  constructor(texts: PruneTexts, values: Values, onChange: (values: Values) => void) {
    this.#search = input(texts.search, texts.search, values.search);
    this.#words = input(texts.filter, texts.filterHint, values.words);
    this.#words.classList.add('mono');
    this.#words.setAttribute('aria-describedby', this.#error.id);
    this.#age = element(
      'select',
      { className: 'select' },
      ...texts.ages.map(({ value, label }) => element('option', { value, textContent: label })),
    );
    this.#age.setAttribute('aria-label', texts.age);
    this.#age.value = values.age;
    const changed = (): void =>
      onChange({
        search: this.#search.value,
        age: this.#age.value,
        words: this.#words.value,
      });
    for (const control of [this.#search, this.#words]) control.addEventListener('input', changed);
    this.#age.addEventListener('change', changed);
    this.#error.setAttribute('role', 'status');
    this.element = element(
      'div',
      { className: 'filters in' },
      element('div', { className: 'field' }, icon('search'), this.#search),
      this.#age,
      element('div', { className: 'field' }, icon('filter'), this.#words),
      this.#error,
    );
  }

  focus(): void {
    this.#search.focus();
    this.#search.select();
  }

  /** Says below the filters what is wrong with them; an empty text removes that. */
  showError(message: string): void {
    this.#words.classList.toggle('bad', message !== '');
    if (message === '') this.#words.removeAttribute('aria-invalid');
    else this.#words.setAttribute('aria-invalid', 'true');
    if (this.#error.textContent.endsWith(message) && message !== '') return;
    const text = element('span', { textContent: message });
    const box = element('div', { className: 'msg error' }, icon('error', { color: 'red' }), text);
    this.#error.replaceChildren(...(message === '' ? [] : [box]));
  }
}

function input(label: string, placeholder: string, value: string): HTMLInputElement {
  const created = element('input', { className: 'input', type: 'text', placeholder, value });
  created.spellcheck = false;
  created.setAttribute('aria-label', label);
  return created;
}
