/** Draws a form and reports the input. All texts arrive as data and are shown as text. */
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
  else page?.onMessage(data);
});
vscode.postMessage({ kind: 'ready' });

/** Delay after typing before the values are sent, in milliseconds. */
const typingDelay = 150;

class Page {
  readonly #fields: Fields;
  readonly #line: HTMLTextAreaElement | undefined;
  readonly #lineMarks = element('div', { className: 'marks', id: 'line-marks' });
  readonly #status = element('p', { className: 'status' });
  readonly #actions: readonly HTMLButtonElement[];
  #version = 0;
  #timer: number | undefined;
  /** Number of command lines that were sent and whose values have not arrived yet. */
  #pendingLines = 0;
  /** Fields that were changed meanwhile, so that their values are newer than the line. */
  readonly #changedMeanwhile = new Set<string>();
  /** A button that was pressed meanwhile; its action waits for the values of the line. */
  #pendingAction: string | undefined;

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

  onMessage(message: Exclude<ToForm, { kind: 'show' }>): void {
    switch (message.kind) {
      case 'values':
        this.#applyValues(message.values);
        break;
      case 'checked':
        // A result for an older state of the form is ignored.
        if (message.version === 0 || message.version === this.#version)
          this.#showMarks(message.line, message.marks);
        break;
      case 'put':
        this.#fields.put(message.field, message.value, message);
        this.#changed(message.field);
        break;
      case 'busy':
        this.#showStatus(message.message, false);
        this.#setBusy(message.message !== '');
        break;
      case 'failed':
        this.#showStatus(message.message, true);
        this.#setBusy(false);
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
    line.addEventListener('change', () => this.#sendLine(line.value));
    // A pasted line is complete immediately; a typed line is complete when the field loses the focus.
    line.addEventListener('paste', () => setTimeout(() => this.#sendLine(line.value)));
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

  /** Sends the command line; the extension replies with its values. */
  #sendLine(line: string): void {
    // Sends earlier changes of fields first.
    if (this.#timer !== undefined) this.#sendValues();
    this.#version++;
    this.#pendingLines++;
    vscode.postMessage({ kind: 'pasted', line });
  }

  #applyValues(values: Values): void {
    this.#fields.fill(values, this.#changedMeanwhile);
    this.#pendingLines--;
    if (this.#pendingLines > 0) return;
    const [changedField] = this.#changedMeanwhile;
    this.#changedMeanwhile.clear();
    if (changedField !== undefined) this.#changed(changedField);
    const action = this.#pendingAction;
    this.#pendingAction = undefined;
    if (action !== undefined) this.#act(action);
  }

  #changed(field: string): void {
    if (this.#pendingLines > 0) {
      this.#changedMeanwhile.add(field);
      return;
    }
    clearTimeout(this.#timer);
    this.#version++;
    this.#timer = setTimeout(() => this.#sendValues(), typingDelay);
  }

  #sendValues(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    vscode.postMessage({ kind: 'changed', values: this.#fields.values(), version: this.#version });
  }

  #act(action: string): void {
    if (this.#pendingLines > 0) {
      this.#pendingAction = action;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const values: Values = this.#fields.values();
    vscode.postMessage({ kind: 'do', action, values });
  }

  #showMarks(line: string, marks: readonly Mark[]): void {
    // The line is not replaced while it is edited.
    if (this.#line && document.activeElement !== this.#line) this.#line.value = line;
    const fieldMarks = marks.filter(({ field }) => field !== 'line');
    this.#lineMarks.replaceChildren(
      ...marks
        .filter(({ field }) => field === 'line')
        .map(({ severity, message }) =>
          element('p', { className: severity, textContent: message }),
        ),
    );
    this.#fields.mark(fieldMarks);
  }

  #showStatus(message: string, failed: boolean): void {
    this.#status.textContent = message;
    this.#status.className = failed ? 'status error' : 'status';
    this.#status.setAttribute('role', failed ? 'alert' : 'status');
  }

  #setBusy(busy: boolean): void {
    for (const one of this.#actions) one.disabled = busy;
  }
}
