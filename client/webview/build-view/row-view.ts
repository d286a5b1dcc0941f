/** A step: its line in the list, and what is below it when it is open. */
import type {
  Action,
  ActionName,
  FailureBox,
  Layer,
  PageTexts,
  Row,
  RowState,
  ToBuild,
} from '../../src/build/view/page.ts';
import { formatTime } from '../../src/ui/elapsed.ts';
import { icon, labelButton, type IconColor, type IconName } from '../design/icons.ts';
import { element } from '../elements.ts';
import { LogView } from './log-view.ts';

const stateIcons: Readonly<Record<RowState, readonly [IconName, IconColor]>> = {
  running: ['loading', 'blue'],
  done: ['pass', 'green'],
  cached: ['pass', 'muted'],
  failed: ['error', 'red'],
  canceled: ['circle-slash', 'muted'],
  waiting: ['circle-outline', 'muted'],
};

export const actionIcons: Readonly<Partial<Record<ActionName, IconName>>> = {
  cancel: 'debug-stop',
  again: 'play',
  run: 'play',
  layers: 'layers',
  push: 'cloud-upload',
  go: 'reply',
  output: 'output',
  shell: 'terminal',
  copy: 'copy',
};

export interface RowEvents {
  readonly onOpen: (row: string, open: boolean) => void;
  readonly onAction: (name: ActionName) => void;
}

export class RowView {
  readonly #texts: PageTexts;
  readonly #events: RowEvents;
  /** The line in the list. */
  readonly line = element('div', { className: 'st', tabIndex: -1 });
  /** What is below it. */
  readonly content = element('div', { className: 'xp', hidden: true });
  readonly #time = element('span', { className: 'time' });
  readonly #log: LogView;
  readonly #layers = element('div', { className: 'layers', hidden: true });
  readonly #failure = element('div');
  row: Row;

  constructor(row: Row, texts: PageTexts, events: RowEvents) {
    this.row = row;
    this.#texts = texts;
    this.#events = events;
    this.#log = new LogView(texts, `${row.keyword ?? ''} ${row.text}`.trim());
    this.content.append(this.#failure, this.#layers, this.#log.node);
    this.line.setAttribute('role', 'button');
    this.line.addEventListener('click', () => this.toggle());
  }

  /** Opens or closes it. */
  toggle(open = !this.row.open): void {
    if (open !== this.row.open && this.#canOpen) this.#events.onOpen(this.row.id, open);
  }

  /** A step that has not started has nothing to show. */
  get #canOpen(): boolean {
    return this.row.state !== 'waiting' && !this.row.id.startsWith('line ');
  }

  update(row: Row): void {
    this.row = row;
    const { state, stateLabel, line, keyword, text, what, slow, open } = row;
    const [name, color] =
      this.#canOpen || state !== 'canceled' ? stateIcons[state] : stateIcons.waiting;
    const tx = element('span', { className: 'tx', title: `${keyword ?? ''} ${text}`.trim() });
    if (keyword !== undefined) tx.append(element('b', { textContent: keyword }), ` ${text}`);
    else tx.textContent = text;
    this.#time.className = slow ? 'time slow' : 'time';
    this.line.className = `st s-${state}${keyword === undefined ? ' int' : ''}`;
    this.line.replaceChildren(
      this.#canOpen
        ? icon(open ? 'chevron-down' : 'chevron-right', { color: 'muted' })
        : element('span'),
      icon(name, { label: stateLabel, color, spins: state === 'running' }),
      element('span', { className: 'ln', textContent: line === undefined ? '' : String(line) }),
      tx,
      element('span', { className: 'what', textContent: what }),
      this.#time,
    );
    if (this.#canOpen) this.line.setAttribute('aria-expanded', String(open));
    else this.line.removeAttribute('aria-expanded');
    this.line.classList.toggle('open', open);
    this.content.hidden = !open;
    this.#time.textContent = row.time;
  }

  /** Shows the time of a running step. */
  tick(now: number): void {
    const { runningSince } = this.row;
    if (runningSince !== undefined)
      this.#time.textContent = formatTime(now - runningSince, this.#texts);
  }

  addLog(message: Extract<ToBuild, { kind: 'log' }>): void {
    this.#log.add(message);
  }

  showLayers(layers: readonly Layer[]): void {
    this.#layers.hidden = false;
    this.#layers.replaceChildren(
      ...layers.flatMap(({ name, status, fraction, size }) => [
        element('span', { className: 'mono', textContent: name }),
        fraction === undefined
          ? element('span', { className: 'muted', textContent: status })
          : meter(fraction, name),
        element('span', { className: 'num', textContent: size }),
      ]),
    );
    this.content.classList.add('has-layers');
  }

  showFailure(failure: FailureBox): void {
    this.content.classList.add('fail');
    this.#failure.replaceChildren(...failureNodes(failure, this.#events.onAction));
    this.#log.mark(failure.decisive);
  }
}

/** A bar; its width is set in the style object, since the page allows no inline styles. */
export function meter(fraction: number, label: string): HTMLElement {
  const bar = element('i');
  bar.style.width = `${Math.round(fraction * 100)}%`;
  const node = element('span', { className: 'meter' }, bar);
  node.setAttribute('role', 'progressbar');
  node.setAttribute('aria-valuenow', String(Math.round(fraction * 100)));
  node.setAttribute('aria-label', label);
  return node;
}

/** The sentence, the lines of the Dockerfile, and the buttons. */
export function failureNodes(
  { sentence, source, actions }: FailureBox,
  onAction: (name: ActionName) => void,
): readonly HTMLElement[] {
  const say = element(
    'div',
    { className: 'say' },
    icon('error', { color: 'red' }),
    element('span', {}, ...withCode(sentence)),
  );
  const lines = element(
    'div',
    { className: 'srcline' },
    ...source.flatMap(({ line, words }) => [
      element('span', { className: 'n', textContent: String(line) }),
      element(
        'span',
        {},
        ...words.map(({ text, mark }) =>
          mark === undefined
            ? document.createTextNode(text)
            : element('span', { className: mark === 'wrong' ? 'sq' : 'k', textContent: text }),
        ),
      ),
    ]),
  );
  return [
    say,
    ...(source.length === 0 ? [] : [lines]),
    element(
      'div',
      { className: 'acts' },
      ...actions.map((one, index) => actionButton(one, onAction, index > 0)),
    ),
  ];
}

/** The button of an action; a quiet one has no border. */
export function actionButton(
  { name, label, primary }: Action,
  onAction: (name: ActionName) => void,
  isQuiet = false,
): HTMLButtonElement {
  const style = primary ? 'primary' : isQuiet ? 'quiet' : 'secondary';
  return labelButton(label, style, () => onAction(name), actionIcons[name]);
}

/** Text with parts between backticks as code. */
function withCode(text: string): readonly Node[] {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== '')
    .map((part) =>
      /^`[^`]+`$/.test(part)
        ? element('code', { textContent: part.slice(1, -1) })
        : document.createTextNode(part),
    );
}
