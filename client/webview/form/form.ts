/** Draws a form and tells what a person does in it. All texts arrive as data and are shown as text. */
import type { Form, FromForm, Mark, ToForm, Values } from '../../src/run/form.ts';
import { button, element } from '../elements.ts';
import { Fields } from './fields.ts';
import './form.css';

declare function acquireVsCodeApi(): { postMessage(message: FromForm): void };

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToForm>) => {
  if (data.kind === 'show') page = new Page(data.form);
  else page?.heard(data);
});
vscode.postMessage({ kind: 'ready' });

/** A pause in typing, in milliseconds. */
const pause = 150;

class Page {
  readonly #fields: Fields;
  readonly #line: HTMLTextAreaElement | undefined;
  readonly #lineMarks = element('div', { className: 'marks', id: 'line-marks' });
  readonly #status = element('p', { className: 'status' });
  readonly #actions: readonly HTMLButtonElement[];
  #asked = 0;
  #timer: number | undefined;
  /** How often the line was told whose meaning has not come back. */
  #reading = 0;
  /** Fields that were changed meanwhile: what stands in them is newer than the line. */
  readonly #newer = new Set<string>();
  /** A button that was pressed meanwhile: it means the line, too. */
  #pressed: string | undefined;

  constructor(form: Form) {
    this.#fields = new Fields(form.sections, {
      changed: (field) => this.#changed(field),
      browse: (field, row, column) => vscode.postMessage({ kind: 'browse', field, row, column }),
    });
    this.#line = form.line && this.#lineField();
    this.#actions = form.actions.map(({ id, label, primary }) =>
      button(label, primary === true ? 'primary' : 'secondary', () => this.#act(id)),
    );
    this.#status.setAttribute('role', 'status');
    const bar = element('div', { className: 'actions' }, ...this.#actions);
    const line = form.line && this.#line ? [this.#lineGroup(form.line, this.#line)] : [];
    root.replaceChildren(
      element('h1', { textContent: form.title }),
      ...this.#fields.sections,
      element('footer', {}, ...line, this.#status, bar),
    );
    root.removeAttribute('aria-busy');
    this.#fields.fill(form.values);
    this.#fields.focusFirst();
  }

  heard(message: Exclude<ToForm, { kind: 'show' }>): void {
    switch (message.kind) {
      case 'values':
        this.#read(message.values);
        break;
      case 'checked':
        // An answer to an older state of the form says nothing about this one.
        if (message.asked === 0 || message.asked === this.#asked)
          this.#checked(message.line, message.marks);
        break;
      case 'put':
        this.#fields.put(message.field, message.value, message);
        this.#changed(message.field);
        break;
      case 'busy':
        this.#say(message.message, false);
        this.#hold(message.message !== '');
        break;
      case 'failed':
        this.#say(message.message, true);
        this.#hold(false);
    }
  }

  #lineField(): HTMLTextAreaElement {
    const line = element('textarea', {
      id: 'line',
      className: 'vscode-textarea line',
      rows: 2,
      spellcheck: false,
    });
    line.setAttribute('aria-describedby', 'line-hint line-marks');
    line.addEventListener('change', () => this.#tell(line.value));
    // A paste is whole at once; what is typed is done when the field is left.
    line.addEventListener('paste', () => setTimeout(() => this.#tell(line.value)));
    return line;
  }

  #lineGroup({ label, hint }: NonNullable<Form['line']>, line: HTMLTextAreaElement): HTMLElement {
    return element(
      'section',
      { className: 'field' },
      element('label', { textContent: label, htmlFor: 'line', className: 'vscode-label' }),
      line,
      element('p', { textContent: hint, className: 'hint', id: 'line-hint' }),
      this.#lineMarks,
    );
  }

  /** What the line means comes back as values. */
  #tell(line: string): void {
    // What was typed into fields before comes first.
    if (this.#timer !== undefined) this.#send();
    this.#asked++;
    this.#reading++;
    vscode.postMessage({ kind: 'pasted', line });
  }

  #read(values: Values): void {
    this.#fields.fill(values, this.#newer);
    this.#reading--;
    if (this.#reading > 0) return;
    const [newer] = this.#newer;
    this.#newer.clear();
    if (newer !== undefined) this.#changed(newer);
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (pressed !== undefined) this.#act(pressed);
  }

  #changed(field: string): void {
    if (this.#reading > 0) {
      this.#newer.add(field);
      return;
    }
    clearTimeout(this.#timer);
    this.#asked++;
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    vscode.postMessage({ kind: 'changed', values: this.#fields.values(), asked: this.#asked });
  }

  #act(action: string): void {
    if (this.#reading > 0) {
      this.#pressed = action;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const values: Values = this.#fields.values();
    vscode.postMessage({ kind: 'do', action, values });
  }

  #checked(line: string, marks: readonly Mark[]): void {
    // Whoever writes in the line is not interrupted.
    if (this.#line && document.activeElement !== this.#line) this.#line.value = line;
    const offLine = marks.filter(({ field }) => field !== 'line');
    this.#lineMarks.replaceChildren(
      ...marks
        .filter(({ field }) => field === 'line')
        .map(({ severity, message }) =>
          element('p', { className: severity, textContent: message }),
        ),
    );
    this.#fields.mark(offLine);
  }

  #say(message: string, failed: boolean): void {
    this.#status.textContent = message;
    this.#status.className = failed ? 'status error' : 'status';
    this.#status.setAttribute('role', failed ? 'alert' : 'status');
  }

  #hold(busy: boolean): void {
    for (const one of this.#actions) one.disabled = busy;
  }
}
