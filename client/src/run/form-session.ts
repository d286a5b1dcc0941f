/** Connects the page of a form with its values: checks them, reads commands, performs actions. */
import type { Editor } from '../ui/editor.ts';
import { formPage, type FormState, type FormValue } from '../form/page.ts';
import { openForm as openPage, type FormWork as PageWork } from '../form/session.ts';
import type { Mark, Reading, Row, Values } from './form.ts';
import { fieldOf, formState, valueFromControl, withoutEmptyRows } from './form-state.ts';

export interface FormWork {
  /** The title of the tab. */
  readonly title: string;
  /** The title for other values, if it depends on them. */
  titleOf?(values: Values): string;
  readonly values: Values;
  /** Called after each change: facts in the form depend on its values. */
  read(values: Values): Promise<Reading>;
  /** The values of a command, and problems of the command itself. Absent if the command cannot be edited. */
  readLine?(line: string): { readonly values: Values; readonly marks: readonly Mark[] };
  /** The row for a value of a table as it is written in the command; undefined if it is invalid. */
  rowOf?(field: string, text: string): Row | undefined;
  /** Asks the user for a row to add; undefined if the user cancels. */
  browse?(field: string): Promise<Row | undefined>;
  /** Performs the action of a button. Resolves to whether the form can close. Rejects with a message for the form. */
  act(action: string, values: Values, busy: (message: string) => void): Promise<boolean>;
}

/** Opens the form; resolves when it is closed. */
export function openForm(editor: Editor, work: FormWork): Promise<void> {
  return openPage(editor, { page: formPage('form'), title: work.title }, new ValuesForm(work));
}

class ValuesForm implements PageWork {
  readonly #work: FormWork;
  #values: Values;
  /** The command as it was typed; undefined if it is written from the values. */
  #typed: string | undefined;
  #read: Reading | undefined;
  /** Nothing was changed yet: a form that has just been opened does not report that values are missing. */
  #isNew = true;
  /** The fixes of the state that was sent last, by the id of their button. */
  #offers: readonly NonNullable<Mark['offer']>[] = [];

  constructor(work: FormWork) {
    this.#work = work;
    this.#values = work.values;
  }

  async state(): Promise<FormState> {
    const values = this.#values;
    const read = await this.#work.read(values);
    this.#read = read;
    const typed = this.#typed;
    // A command is checked for as long as it is shown: its problems disappear with their causes.
    const lineMarks = this.#work.readLine?.(typed ?? read.line).marks ?? [];
    const marks = [...lineMarks, ...read.marks];
    const missing = marks.find((mark) => isMissing(mark, values));
    const shown = {
      ...read,
      values,
      line: typed ?? read.line,
      marks: this.#isNew ? marks.filter((mark) => !isMissing(mark, values)) : marks,
    };
    const { state, offers } = formState(shown, this.#work.readLine !== undefined);
    this.#offers = offers;
    return { ...state, ...(missing && { missing: missing.field }) };
  }

  title(): string {
    return this.#work.titleOf?.(this.#values) ?? this.#work.title;
  }

  complete(): void {
    this.#isNew = false;
  }

  #change(values: Values): void {
    this.#isNew = false;
    this.#values = values;
    this.#typed = undefined;
  }

  edit(row: string, value: FormValue): void {
    const field = this.#field(row);
    if (field !== undefined)
      this.#change({ ...this.#values, [row]: valueFromControl(field, value) });
  }

  add(row: string, texts: readonly string[]): void {
    const field = this.#field(row);
    const before = this.#values[row];
    if (field?.kind === 'lines') {
      const lines = typeof before === 'string' && before !== '' ? [before] : [];
      this.#change({ ...this.#values, [row]: [...lines, ...texts].join('\n') });
    } else if (field?.kind === 'rows') {
      const rows = texts
        .map((text) => this.#work.rowOf?.(row, text.trim()))
        .filter((one) => one !== undefined);
      this.#addRows(row, rows);
    }
  }

  #addRows(field: string, rows: readonly Row[]): void {
    const before = withoutEmptyRows(this.#values[field]);
    this.#change({ ...this.#values, [field]: [...before, ...rows] });
  }

  reset(row: string): void {
    const value = this.#read?.defaults[row];
    if (value !== undefined) this.#change({ ...this.#values, [row]: value });
  }

  offer(id: string): Promise<void> {
    const offer = this.#offers[Number(id)];
    if (offer === undefined) return Promise.resolve();
    const { field, row, column, value } = offer;
    const before = this.#values[field];
    this.#change({
      ...this.#values,
      [field]:
        Array.isArray(before) && row !== undefined && column !== undefined
          ? (before as readonly Row[]).map((one, at) =>
              at === row ? { ...one, [column]: value } : one,
            )
          : value,
    });
    return Promise.resolve();
  }

  browse(): Promise<void> {
    return Promise.resolve();
  }

  readLine(text: string): void {
    const read = this.#work.readLine?.(text);
    if (read === undefined) return;
    this.#isNew = false;
    this.#values = read.values;
    this.#typed = text.replace(/\r\n?/g, '\n');
  }

  removeKept(): void {
    // Options without a field are in a field of their own.
  }

  async follow(link: string): Promise<void> {
    const row = await this.#work.browse?.(link);
    if (row !== undefined) this.#addRows(link, [row]);
  }

  act(action: string, busy: (message: string) => void): Promise<boolean> {
    return this.#work.act(action, this.#values, busy);
  }

  #field(id: string): ReturnType<typeof fieldOf> {
    return this.#read && fieldOf(this.#read.form, id);
  }
}

/** Whether the field has no value, and must have one. */
function isMissing({ field, row, severity }: Mark, values: Values): boolean {
  return severity === 'error' && row === undefined && (values[field] ?? '') === '';
}
