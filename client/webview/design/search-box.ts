/** The search of a page, with a button that hides options that were not changed. */
import { element } from '../elements.ts';
import { icon, iconButton } from './icons.ts';

export class SearchBox {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #filter: HTMLButtonElement;

  constructor(
    texts: { readonly search: string; readonly changedOnly: string },
    onChange: () => void,
  ) {
    this.#input = element('input', {
      className: 'input',
      type: 'text',
      placeholder: texts.search,
      spellcheck: false,
    });
    this.#input.setAttribute('aria-label', texts.search);
    this.#input.addEventListener('input', onChange);
    this.#filter = iconButton('filter', texts.changedOnly, () => {
      this.changedOnly = !this.changedOnly;
      onChange();
    });
    this.#filter.setAttribute('aria-pressed', 'false');
    this.element = element(
      'div',
      { className: 'field grow' },
      icon('search'),
      this.#input,
      element('div', { className: 'inside' }, this.#filter),
    );
  }

  get text(): string {
    return this.#input.value.trim().toLowerCase();
  }

  set text(value: string) {
    this.#input.value = value;
  }

  get changedOnly(): boolean {
    return this.#filter.getAttribute('aria-pressed') === 'true';
  }

  set changedOnly(value: boolean) {
    this.#filter.setAttribute('aria-pressed', String(value));
    this.#filter.classList.toggle('on', value);
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }
}
