/** What the page says about reading the files: progress with a button to cancel, an offer, or an error. */
import type { AnalysisState, LayersTexts } from '../../src/layers/page.ts';
import { icon, labelButton } from '../design/icons.ts';
import { element } from '../elements.ts';

export class AnalysisStatus {
  readonly node = element('span', { className: 'hit small' });
  readonly #texts: LayersTexts;
  readonly #press: (kind: 'analyze' | 'cancel') => void;
  readonly #progress = element('span');
  readonly #fill = element('i');

  constructor(texts: LayersTexts, press: (kind: 'analyze' | 'cancel') => void) {
    this.#texts = texts;
    this.#press = press;
    this.node.setAttribute('role', 'status');
    this.report(texts.loading, 0);
    this.node.append(icon('loading', { color: 'muted', spins: true }), this.#progress);
  }

  /** How much has been read, as text and as a fraction. */
  report(text: string, fraction: number): void {
    this.#progress.textContent = text;
    this.#fill.style.width = `${(fraction * 100).toFixed(1)}%`;
  }

  show(state: AnalysisState): void {
    switch (state.kind) {
      case 'done':
        this.clear();
        break;
      case 'running': {
        const meter = element('span', { className: 'meter' }, this.#fill);
        const cancel = labelButton(this.#texts.cancel, 'link', () => this.#press('cancel'));
        const spinner = icon('loading', { color: 'muted', spins: true });
        // Elements that are replaced lose the focus.
        if (!this.#fill.isConnected)
          this.node.replaceChildren(spinner, this.#progress, meter, cancel);
        break;
      }
      case 'offered':
      case 'failed': {
        this.report(this.#texts.loading, 0);
        const isOffer = state.kind === 'offered';
        const style = isOffer ? 'secondary' : 'link';
        const start = labelButton(state.button, style, () => this.#press('analyze'));
        const mark = isOffer ? [] : [icon('error', { color: 'red' })];
        const text = element('span', { textContent: state.text });
        this.node.replaceChildren(...mark, text, start);
      }
    }
  }

  clear(): void {
    this.node.replaceChildren();
  }
}
