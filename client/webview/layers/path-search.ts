/** The search for the layer that made a path, and its answer. */
import type { FoundPath, LayersTexts } from '../../src/layers/page.ts';
import { icon } from '../design/icons.ts';
import { element } from '../elements.ts';
import { partNodes, type Go } from './sentence.ts';

export interface PathSearchOptions {
  readonly texts: LayersTexts;
  readonly go: Go;
  readonly find: (text: string) => void;
  readonly onChange: () => void;
}

/** Milliseconds after the last key until the search starts. */
const delay = 150;

export class PathSearch {
  readonly input: HTMLInputElement;
  readonly field: HTMLElement;
  readonly answer = element('span', { className: 'hit small' });
  /** Paths that contain the text, below the field. */
  readonly matches = element('div', { className: 'matches small' });
  readonly #options: PathSearchOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PathSearchOptions) {
    this.#options = options;
    const { search } = options.texts;
    this.input = element('input', {
      className: 'input mono',
      placeholder: search,
      spellcheck: false,
    });
    this.input.setAttribute('aria-label', search);
    this.field = element('div', { className: 'field' }, icon('search'), this.input);
    this.answer.setAttribute('role', 'status');
    this.input.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.search(), delay);
      options.onChange();
    });
    this.input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') this.search();
      if (key === 'Escape') this.#set('');
    });
  }

  /** Searches for the text in the field. */
  search(): void {
    clearTimeout(this.#timer);
    if (this.input.value.trim() === '') this.#clear();
    else this.#options.find(this.input.value);
  }

  /** Shows an answer, unless the text has changed since it was requested. */
  receive(text: string, { answer, matches, hasMore }: FoundPath): void {
    if (text !== this.input.value) return;
    const { texts, go } = this.#options;
    this.answer.replaceChildren();
    if (answer.length > 0) {
      const words = element('span', { className: 'words' }, ...partNodes(answer, go));
      this.answer.append(icon('layers', { color: 'muted' }), words);
    } else if (matches.length === 0) {
      this.answer.append(element('span', { className: 'muted', textContent: texts.noMatch }));
    }
    const links = matches.map((path) => {
      const link = element('button', {
        type: 'button',
        className: 'btn link mono',
        textContent: path,
      });
      link.addEventListener('click', () => this.#set(path));
      return link;
    });
    const more = element('span', { className: 'muted', textContent: texts.moreMatches });
    this.matches.replaceChildren(...links, ...(hasMore ? [more] : []));
  }

  #set(text: string): void {
    this.input.value = text;
    this.input.focus();
    this.search();
    this.#options.onChange();
  }

  #clear(): void {
    this.answer.replaceChildren();
    this.matches.replaceChildren();
  }
}
