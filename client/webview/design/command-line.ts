/** The command line at the bottom of a form: colored while it is edited, and as high as its text needs. */
import type { FormLine, FormMark, FormTexts, LineToken } from '../../src/form/page.ts';
import { element } from '../elements.ts';
import { icon, iconButton, labelButton } from './icons.ts';
import { showMessages } from './messages.ts';

export interface CommandLineListener {
  typed(text: string): void;
  copy(): void;
  paste(): void;
  removeKept(index: number): void;
  offer(id: string): void;
}

const classes = { program: 'k', flag: 'f', path: 's', number: 'n', name: 'v', image: 't' } as const;

export class CommandLine {
  readonly element: HTMLElement;
  readonly #listener: CommandLineListener;
  readonly #texts: FormTexts;
  readonly #pasteButton: HTMLButtonElement;
  readonly #input = element('textarea', { spellcheck: false, rows: 1, className: 'typed' });
  /** The same text below the input, with colors. */
  readonly #painted = element('div', { className: 'painted' });
  readonly #kept = element('div', { className: 'kl' });
  readonly #messages = element('div', { id: 'line-messages' });
  #text = '';
  #tokens: readonly LineToken[] = [];
  #drawnKept = '';

  constructor(texts: FormTexts, listener: CommandLineListener) {
    this.#listener = listener;
    this.#texts = texts;
    this.#painted.setAttribute('aria-hidden', 'true');
    this.#input.setAttribute('aria-label', texts.commandLine);
    this.#input.setAttribute('aria-describedby', 'line-messages');
    this.#input.addEventListener('input', () => this.#typed());
    this.#pasteButton = labelButton(texts.paste, 'quiet', () => listener.paste(), 'clippy');
    this.element = element(
      'div',
      {},
      element(
        'div',
        { className: 'ch' },
        element('b', { textContent: texts.commandLine }),
        element('span', { className: 'muted small cut', textContent: texts.commandLineHint }),
        element('span', { className: 'grow' }),
        iconButton('copy', texts.copy, () => listener.copy()),
        this.#pasteButton,
      ),
      element('div', { className: 'code' }, this.#painted, this.#input),
      this.#messages,
      this.#kept,
    );
  }

  update(line: FormLine, replaces: boolean): void {
    this.#input.readOnly = line.fixed === true;
    this.#pasteButton.hidden = line.fixed === true;
    const isEdited = document.activeElement === this.#input && !replaces;
    if (!isEdited || this.#input.value === line.text) {
      if (this.#input.value !== line.text) this.#input.value = line.text;
      this.#text = line.text;
      this.#tokens = line.tokens;
      this.#paint();
    }
    this.#mark(line.marks);
    this.#drawKept(line.kept);
  }

  focus(): void {
    this.#input.focus();
  }

  /** Until the new colors arrive, words keep those that they had. */
  #typed(): void {
    const text = this.#input.value;
    this.#tokens = shiftedTokens(this.#tokens, this.#text, text);
    this.#text = text;
    this.#paint();
    this.#listener.typed(text);
  }

  #paint(): void {
    const parts: Node[] = [];
    let at = 0;
    for (const { start, end, color, kept, error } of this.#tokens) {
      if (start > at) parts.push(document.createTextNode(this.#text.slice(at, start)));
      const names = [color && classes[color], kept && 'kept', error && 'err'];
      const className = names.filter((name) => name !== undefined).join(' ');
      parts.push(element('span', { className, textContent: this.#text.slice(start, end) }));
      at = end;
    }
    // A line break at the end has a height only with something after it.
    parts.push(document.createTextNode(`${this.#text.slice(at)}\u200B`));
    this.#painted.replaceChildren(...parts);
  }

  #mark(marks: readonly FormMark[]): void {
    const isWrong = marks.some(({ severity }) => severity === 'error');
    if (isWrong) this.#input.setAttribute('aria-invalid', 'true');
    else this.#input.removeAttribute('aria-invalid');
    showMessages(this.#messages, marks, (id) => this.#listener.offer(id));
  }

  #drawKept(kept: readonly string[]): void {
    const key = JSON.stringify(kept);
    if (key === this.#drawnKept) return;
    this.#drawnKept = key;
    this.#kept.hidden = kept.length === 0;
    const chips = kept.map((text, index) => {
      const label = this.#texts.removeKept.replace('{0}', () => text);
      return element(
        'span',
        { className: 'chip' },
        element('span', { className: 'cut', textContent: text, title: text }),
        iconButton('close', label, () => this.#listener.removeKept(index)),
      );
    });
    this.#kept.replaceChildren(element('span', { textContent: this.#texts.kept }), ...chips);
  }
}

/** The tokens of a text after an edit: those before it stay, those after it move, and the one in it grows. */
export function shiftedTokens(
  tokens: readonly LineToken[],
  before: string,
  after: string,
): readonly LineToken[] {
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < most && before[prefix] === after[prefix]) prefix++;
  let suffix = 0;
  while (
    suffix < most - prefix &&
    before[before.length - 1 - suffix] === after[after.length - 1 - suffix]
  ) {
    suffix++;
  }
  const shift = after.length - before.length;
  const moved = (offset: number): number =>
    offset <= prefix ? offset : offset >= before.length - suffix ? offset + shift : prefix;
  return tokens
    .map((token) => ({ ...token, start: moved(token.start), end: moved(token.end) }))
    .filter(({ start, end }) => end > start);
}

/** The foot below the line: the errors as links, and the actions. */
export class FormFoot {
  readonly element = element('div', { className: 'go' });
  readonly #status = element('span', { className: 'sum' });
  readonly #actions = element('span', { className: 'acts' });
  #drawn = '';

  constructor() {
    this.#status.setAttribute('role', 'status');
    this.element.append(this.#status, element('span', { className: 'grow' }), this.#actions);
  }

  /** `errors` are the labels of links; `summary` is the text before them. */
  showErrors(summary: string, errors: readonly string[], onPress: (index: number) => void): void {
    const key = JSON.stringify([summary, errors]);
    if (key === this.#status.dataset.shown) return;
    this.#status.dataset.shown = key;
    const links = errors.flatMap((label, index) => {
      const link = element('a', { href: '#', textContent: label });
      link.addEventListener('click', (event) => {
        event.preventDefault();
        onPress(index);
      });
      return index === 0 ? [link] : [document.createTextNode(', '), link];
    });
    const text = element('span', {}, document.createTextNode(`${summary} `), ...links);
    this.#status.replaceChildren(
      ...(summary === '' ? [] : [icon('error', { color: 'red' }), text]),
    );
  }

  showMessage(message: string, failed: boolean): void {
    this.#status.dataset.shown = message;
    const mark = failed ? icon('error', { color: 'red' }) : icon('loading', { spins: true });
    this.#status.replaceChildren(
      ...(message === '' ? [] : [mark, element('span', { textContent: message })]),
    );
  }

  showActions(
    actions: readonly { readonly id: string; readonly label: string; readonly primary?: true }[],
    onPress: (id: string) => void,
  ): void {
    const key = JSON.stringify(actions);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#actions.replaceChildren(
      ...actions.map(({ id, label, primary }) =>
        primary === true
          ? labelButton(label, 'primary', () => onPress(id), 'play')
          : labelButton(label, 'quiet', () => onPress(id)),
      ),
    );
  }

  set isBusy(busy: boolean) {
    for (const button of this.#actions.querySelectorAll('button')) button.disabled = busy;
  }
}
