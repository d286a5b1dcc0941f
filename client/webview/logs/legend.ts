/** The names of the containers with their colors; each hides and shows its lines. */
import type { LogTexts, SourceChip } from '../../src/logs/page.ts';
import { element } from '../elements.ts';

/** Colors in the style sheet. */
export const colors = 8;
/** More names become one list. */
const mostNames = 8;

export class Legend {
  readonly node = element('div', { className: 'legend', hidden: true });
  readonly #texts: LogTexts;
  readonly #onToggle: (source: number) => void;
  #drawn = '';

  constructor(texts: LogTexts, onToggle: (source: number) => void) {
    this.#texts = texts;
    this.#onToggle = onToggle;
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', texts.containers);
  }

  show(sources: readonly SourceChip[], facts: string): void {
    const key = JSON.stringify([sources, facts]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.node.hidden = sources.length < 2;
    const focused = [...this.node.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement); // prettier-ignore
    const chips = sources.map((source, index) => this.#chip(source, index));
    const end = element('span', { className: 'hide-s', textContent: facts });
    const names = chips.length > mostNames ? this.#list(chips) : chips;
    this.node.replaceChildren(...names, element('span', { className: 'grow' }), end);
    if (focused >= 0) this.node.querySelectorAll('button')[focused]?.focus();
  }

  #chip({ name, color, isHidden, state }: SourceChip, index: number): HTMLElement {
    const bar = element('i');
    const chip = element(
      'button',
      { type: 'button', className: `k c${color % colors}${isHidden ? ' off' : ''}` },
      bar,
      document.createTextNode(name),
    );
    chip.title = `${name}: ${state}`;
    chip.setAttribute('aria-pressed', String(!isHidden));
    chip.setAttribute('aria-label', `${this.#texts.showContainer.replace('{0}', name)}, ${state}`);
    chip.addEventListener('click', () => this.#onToggle(index));
    return chip;
  }

  /** Many names: a list that opens. */
  #list(chips: readonly HTMLElement[]): readonly HTMLElement[] {
    const open = this.node.querySelector('details')?.open === true;
    const all = element('div', { className: 'names' }, ...chips);
    const summary = element('summary', { textContent: `${this.#texts.containers} (${chips.length})` }); // prettier-ignore
    return [element('details', { open }, summary, all)];
  }
}
