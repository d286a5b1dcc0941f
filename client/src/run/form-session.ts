/** A form on screen: what it tells is looked at, and what came of it is told back. */
import { t } from '@vscode/l10n';
import { isEngineError } from '../engine/errors.ts';
import { formPage, type Form, type FromForm, type Mark, type ToForm, type Values } from './form.ts';
import type { Editor } from '../ui/editor.ts';

export interface FormWork {
  readonly form: Form;
  /** The line for these values, and what is wrong with them. */
  check(values: Values): Promise<{ readonly line: string; readonly marks: readonly Mark[] }>;
  /** The values that a pasted line means. */
  pasted?(line: string): { readonly values: Values; readonly marks: readonly Mark[] };
  /** A path or the like for a cell; undefined where the person thought better of it. */
  browse?(field: string, column: string): Promise<string | undefined>;
  /** What a button does; whether the form has done its work and goes. Rejects with a sentence. */
  act(action: string, values: Values, busy: (message: string) => void): Promise<boolean>;
}

/** Opens the form; resolves when it is closed. */
export function openForm(editor: Editor, work: FormWork): Promise<void> {
  return new Promise((resolve) => {
    const session = new FormSession(work);
    const panel = editor.openPage<ToForm, FromForm>(formPage, work.form.title, {
      onMessage: (message) => void session.received(message),
      onClosed: resolve,
    });
    session.post = (message) => panel.post(message);
    session.close = () => panel.close();
  });
}

class FormSession {
  post: (message: ToForm) => void = () => undefined;
  close: () => void = () => undefined;
  readonly #work: FormWork;
  #values: Values;
  /** Of the line that was pasted last. */
  #pasted: readonly Mark[] = [];
  #acting = false;

  constructor(work: FormWork) {
    this.#work = work;
    this.#values = work.form.values;
  }

  /** Never rejects: what goes wrong is said in the form. */
  async received(message: FromForm): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      this.post({ kind: 'failed', message: sentence(error) });
    }
  }

  async #answer(message: FromForm): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.post({ kind: 'show', form: { ...this.#work.form, values: this.#values } });
        return this.#check(0);
      case 'changed':
        this.#values = message.values;
        return this.#check(message.asked);
      case 'pasted':
        return this.#paste(message.line);
      case 'browse': {
        const value = await this.#work.browse?.(message.field, message.column);
        const { field, row, column } = message;
        if (value !== undefined) this.post({ kind: 'put', field, row, column, value });
        return;
      }
      case 'do':
        return this.#act(message.action, message.values);
    }
  }

  async #check(asked: number): Promise<void> {
    const { line, marks } = await this.#work.check(this.#values);
    this.post({ kind: 'checked', line, marks: [...this.#pasted, ...marks], asked });
  }

  async #paste(line: string): Promise<void> {
    const meant = this.#work.pasted?.(line);
    if (meant !== undefined) {
      this.#values = meant.values;
      this.#pasted = meant.marks;
    }
    // The page waits for them, also where nothing is read from a line.
    this.post({ kind: 'values', values: this.#values });
    await this.#check(0);
  }

  /** One thing at a time. */
  async #act(action: string, values: Values): Promise<void> {
    if (this.#acting) return;
    this.#acting = true;
    this.#values = values;
    try {
      const done = await this.#work.act(action, values, (message) =>
        this.post({ kind: 'busy', message }),
      );
      if (done) this.close();
      else this.post({ kind: 'busy', message: '' });
    } finally {
      this.#acting = false;
    }
  }
}

function sentence(error: unknown): string {
  if (isEngineError(error) && error.kind === 'cancelled') return t('Cancelled');
  return error instanceof Error ? error.message : String(error);
}
