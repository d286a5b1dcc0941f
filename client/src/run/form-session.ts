/** Connects an open form with its session: checks values, reads pasted commands, performs actions. */
import { formPage, type Form, type FromForm, type Mark, type ToForm, type Values } from './form.ts';
import type { Editor } from '../ui/editor.ts';
import { pageMessage } from '../ui/failure-message.ts';

export interface FormWork {
  readonly form: Form;
  /** The command for these values, and the problems in them. */
  check(values: Values): Promise<{ readonly line: string; readonly marks: readonly Mark[] }>;
  /** The values of a pasted command. */
  pasted?(line: string): { readonly values: Values; readonly marks: readonly Mark[] };
  /** Asks the user for a value of a cell; undefined if the user cancels. */
  browse?(field: string, column: string): Promise<string | undefined>;
  /** Performs the action of a button. Returns whether the form can close. Rejects with a message for the form. */
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
  /** Marks of the command that was pasted last. */
  #pasteMarks: readonly Mark[] = [];
  #acting = false;

  constructor(work: FormWork) {
    this.#work = work;
    this.#values = work.form.values;
  }

  /** Never rejects: errors are shown in the form. */
  async received(message: FromForm): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      this.post({ kind: 'failed', message: pageMessage(error) });
    }
  }

  async #answer(message: FromForm): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.post({ kind: 'show', form: { ...this.#work.form, values: this.#values } });
        return this.#check(0);
      case 'changed':
        this.#values = message.values;
        return this.#check(message.version);
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

  async #check(version: number): Promise<void> {
    const { line, marks } = await this.#work.check(this.#values);
    this.post({ kind: 'checked', line, marks: [...this.#pasteMarks, ...marks], version });
  }

  async #paste(line: string): Promise<void> {
    const read = this.#work.pasted?.(line);
    if (read !== undefined) {
      this.#values = read.values;
      this.#pasteMarks = read.marks;
    }
    // The page waits for this message, even if the form does not read commands.
    this.post({ kind: 'values', values: this.#values });
    await this.#check(0);
  }

  /** Performs one action at a time. */
  async #act(action: string, values: Values): Promise<void> {
    if (this.#acting) return;
    this.#acting = true;
    this.#values = values;
    try {
      const canClose = await this.#work.act(action, values, (message) =>
        this.post({ kind: 'busy', message }),
      );
      if (canClose) this.close();
      else this.post({ kind: 'busy', message: '' });
    } finally {
      this.#acting = false;
    }
  }
}
