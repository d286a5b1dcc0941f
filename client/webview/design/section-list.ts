/** The sections of a form: a list at the left, or a menu on narrow pages. */
import { element } from '../elements.ts';
import { icon } from './icons.ts';

export interface SectionFacts {
  readonly id: string;
  readonly title: string;
  /** Number of changed values. */
  readonly changed: number;
  readonly hasError: boolean;
}

export interface SectionTexts {
  readonly sections: string;
  readonly changedOptions: string;
  readonly hasError: string;
}

export class SectionList {
  readonly list = element('nav', { className: 'nav' });
  readonly menu = element('div', { className: 'navsel' });
  readonly #select = element('select', { className: 'select' });
  readonly #choose: (id: string) => void;
  #links = new Map<string, HTMLAnchorElement>();
  #drawn = '';
  #current = '';

  constructor(choose: (id: string) => void) {
    this.#choose = choose;
    this.#select.addEventListener('change', () => choose(this.#select.value));
    this.menu.append(this.#select);
  }

  update(sections: readonly SectionFacts[], texts: SectionTexts): void {
    const key = JSON.stringify(sections);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.list.setAttribute('aria-label', texts.sections);
    this.#select.setAttribute('aria-label', texts.sections);
    const focused = [...this.#links].find(([, link]) => link === document.activeElement)?.[0];
    this.#links = new Map(sections.map((section) => [section.id, this.#link(section, texts)]));
    this.list.replaceChildren(...this.#links.values());
    this.#select.replaceChildren(
      ...sections.map(({ id, title }) => element('option', { value: id, textContent: title })),
    );
    this.setCurrent(this.#current);
    if (focused !== undefined) this.#links.get(focused)?.focus();
  }

  setCurrent(id: string): void {
    this.#current = id;
    this.#select.value = id;
    for (const [other, link] of this.#links) {
      if (other === id) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  #link({ id, title, changed, hasError }: SectionFacts, texts: SectionTexts): HTMLAnchorElement {
    const link = element(
      'a',
      { href: '#' },
      element('span', { className: 'cut', textContent: title }),
    );
    if (hasError) {
      link.append(
        element('span', { className: 'n' }, icon('error', { color: 'red', label: texts.hasError })),
      );
    } else if (changed > 0) {
      const count = element('span', { className: 'n', textContent: String(changed) });
      count.title = texts.changedOptions;
      link.append(count, element('span', { className: 'sr', textContent: texts.changedOptions }));
    }
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.#choose(id);
    });
    return link;
  }
}
