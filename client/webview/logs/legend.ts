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
    const end = element('span', { className: 'hide-s', textContent: facts });
    const names = sources.length > mostNames ? [this.#list(sources)] : this.#chips(sources);
    this.node.replaceChildren(...names, element('span', { className: 'grow' }), end);
    if (focused >= 0) this.node.querySelectorAll('button')[focused]?.focus();
  }

  #chips(sources: readonly SourceChip[]): readonly HTMLElement[] {
    return sources.map((source, index) => this.#chip(source, index));
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

  /** Many names, which may be thousands: a list that is filled when it is opened. */
  #list(sources: readonly SourceChip[]): HTMLElement {
    const open = this.node.querySelector('details')?.open === true;
    const all = element('div', { className: 'names' }, ...(open ? this.#chips(sources) : []));
    const summary = element('summary', { textContent: `${this.#texts.containers} (${sources.length})` }); // prettier-ignore
    const list = element('details', { open }, summary, all);
    list.addEventListener('toggle', () => {
      if (list.open && all.childElementCount === 0) all.append(...this.#chips(sources));
    });
    return list;
  }
}
