/** The head of the page: what is built, facts, actions; and below it the figures of a build that has ended. */
import type { ActionName, Head, PageTexts } from '../../src/build/view/page.ts';
import { formatTime } from '../../src/ui/elapsed.ts';
import { icon, iconButton, type IconColor, type IconName } from '../design/icons.ts';
import { element } from '../elements.ts';
import { actionButton, meter } from './row-view.ts';

const stateIcons: Readonly<Record<Head['state'], readonly [IconName, IconColor]>> = {
  running: ['loading', 'blue'],
  done: ['pass', 'green'],
  failed: ['error', 'red'],
  canceled: ['circle-slash', 'muted'],
};

export class HeadView {
  readonly node = element('header', { className: 'bhead' });
  /** Scrolls with the steps. */
  readonly below = element('div');
  readonly #texts: PageTexts;
  readonly #onAction: (name: ActionName) => void;
  #clock: HTMLElement | undefined;
  state: Head['state'] | undefined;

  constructor(texts: PageTexts, onAction: (name: ActionName) => void) {
    this.#texts = texts;
    this.#onAction = onAction;
  }

  show(head: Head): void {
    const { state, stateLabel, title, facts, actions, progress } = head;
    const focused = this.node.contains(document.activeElement)
      ? document.activeElement?.textContent
      : undefined;
    this.state = state;
    const [name, color] = stateIcons[state];
    this.#clock = undefined;
    const factNodes = facts.map(({ text, style, clock }) => {
      const node = element(style === 'strong' ? 'b' : 'span', { textContent: text });
      if (style === 'code') node.className = 'mono';
      if (clock) this.#clock = node;
      return element('span', {}, node);
    });
    const buttons = actions.map((action) =>
      action.name === 'more'
        ? iconButton('ellipsis', action.label, () => this.#onAction('more'))
        : actionButton(action, this.#onAction),
    );
    this.node.replaceChildren(
      element(
        'div',
        { className: 't' },
        element(
          'h1',
          {},
          icon(name, { label: stateLabel, color, spins: state === 'running' }),
          document.createTextNode(title),
        ),
        element('span', { className: 'grow' }),
        element('span', { className: 'acts' }, ...buttons),
      ),
      element('div', { className: 'facts' }, ...factNodes),
      ...(progress === undefined ? [] : [progressBar(progress)]),
    );
    this.#keepFocus(focused);
    this.#showBelow(head);
  }

  /** Shows the time of a running build. */
  tick(now: number): void {
    if (this.#clock) this.#clock.textContent = formatTime(now, this.#texts);
  }

  #keepFocus(label: string | null | undefined): void {
    if (label === null || label === undefined) return;
    const buttons = [...this.node.querySelectorAll('button')];
    (buttons.find(({ textContent }) => textContent === label) ?? buttons[0])?.focus();
  }

  #showBelow({ figures, message, warnings, state }: Head): void {
    const nodes: HTMLElement[] = [];
    if (message !== undefined && state === 'canceled')
      nodes.push(
        element(
          'div',
          { className: 'msg info', role: 'status' },
          icon('info'),
          element('span', { textContent: message }),
        ),
      );
    if (figures.length > 0)
      nodes.push(
        element(
          'div',
          { className: 'sumbox' },
          ...figures.map(({ label, value, detail, trend }) =>
            element(
              'div',
              {},
              element('div', { className: 'l', textContent: label }),
              element('div', { className: 'v', textContent: value }),
              element('div', { className: `dl ${trend ?? ''}`, textContent: detail }),
            ),
          ),
        ),
      );
    if (warnings.length > 0)
      nodes.push(
        element(
          'details',
          { className: 'warnings' },
          element(
            'summary',
            {},
            icon('warning', { color: 'yellow' }),
            document.createTextNode(` ${this.#texts.warnings} (${String(warnings.length)})`),
          ),
          element('ul', {}, ...warnings.map((text) => element('li', { textContent: text }))),
        ),
      );
    this.below.replaceChildren(...nodes);
  }
}

function progressBar({ done, all, label }: NonNullable<Head['progress']>): HTMLElement {
  const bar = meter(all === 0 ? 0 : done / all, label);
  bar.className = 'progress';
  return bar;
}
