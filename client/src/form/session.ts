/** Connects the page of a form with what it edits. */
import { t } from '@vscode/l10n';
import type { Editor } from '../ui/editor.ts';
import { pageMessage } from '../ui/failure-message.ts';
import type { PageDescription } from '../ui/page.ts';
import type { FormState, FormTexts, FormValue, FromForm, ToForm } from './page.ts';

/** What a form edits. */
export interface FormWork {
  /** What the page shows of the current options. */
  state(): Promise<FormState>;
  edit(row: string, value: FormValue): void;
  /** Adds values that are written as in the command. */
  add(row: string, texts: readonly string[]): void;
  reset(row: string): void;
  offer(id: string): Promise<void>;
  browse(row: string): Promise<void>;
  /** Replaces all options by those of a command. */
  readLine(text: string): void;
  removeKept(index: number): void;
  follow(link: string): Promise<void>;
  /** Called once with a function that sends the state again, for facts that arrive later. */
  listen?(changed: () => void): void;
  /** The title of the tab after the last change; it stays the same if this is absent. */
  title?(): string;
  /** The button for the primary action was pressed: from now on, values that are missing are errors. */
  complete?(): void;
  /** The page was closed. */
  close?(): void;
  /** Performs the action of a button; resolves to whether the form can close. Rejects with a message for the form. */
  act(action: string, busy: (message: string) => void): Promise<boolean>;
}

export interface FormOptions {
  readonly page: PageDescription<FromForm>;
  readonly title: string;
}

/** Opens the form; resolves when it is closed. */
export function openForm(
  editor: Editor,
  { page, title }: FormOptions,
  work: FormWork,
): Promise<void> {
  return new Promise((resolve) => {
    const session = new FormSession(editor, work);
    const panel = editor.openPage<ToForm, FromForm>(page, title, {
      onMessage: (message) => session.received(message),
      onClosed: () => {
        work.close?.();
        resolve();
      },
    });
    work.listen?.(() => session.changed());
    session.post = (message) => panel.post(message);
    session.setTitle = (changed) => panel.setTitle(changed);
    session.close = () => panel.close();
  });
}

class FormSession {
  post: (message: ToForm) => void = () => undefined;
  setTitle: (title: string) => void = () => undefined;
  close: () => void = () => undefined;
  readonly #editor: Editor;
  readonly #work: FormWork;
  /** Messages are handled one after the other; an action does not hold up the others. */
  #queue: Promise<void> = Promise.resolve();
  #version = 0;
  #acting = false;

  constructor(editor: Editor, work: FormWork) {
    this.#editor = editor;
    this.#work = work;
  }

  /** Never rejects: errors are shown in the form. */
  received(message: FromForm): void {
    if (message.kind === 'do') {
      // After the changes before it.
      void this.#queue.then(() => this.#guard(() => this.#act(message.action)));
      return;
    }
    this.#queue = this.#queue.then(() => this.#guard(() => this.#answer(message)));
  }

  /** Sends the state again, after what was received. */
  changed(): void {
    this.#queue = this.#queue.then(() => this.#guard(() => this.#send(false)));
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.post({ kind: 'failed', message: pageMessage(error) });
    }
  }

  async #answer(message: Exclude<FromForm, { kind: 'do' }>): Promise<void> {
    this.#version = Math.max(this.#version, message.version);
    const replaces = await this.#apply(message);
    await this.#send(replaces);
  }

  /** Returns whether the page must show other values than those it sent. */
  async #apply(message: Exclude<FromForm, { kind: 'do' }>): Promise<boolean> {
    const work = this.#work;
    switch (message.kind) {
      case 'ready':
        return true;
      case 'edit':
        work.edit(message.row, message.value);
        return false;
      case 'add':
        work.add(message.row, message.texts);
        return true;
      case 'reset':
        work.reset(message.row);
        return true;
      case 'offer':
        await work.offer(message.offer);
        return true;
      case 'browse':
        await work.browse(message.row);
        return true;
      case 'line':
        work.readLine(message.text);
        return false;
      case 'paste': {
        const text = await this.#editor.readClipboard();
        if (text.trim() !== '') work.readLine(text.trim());
        return true;
      }
      case 'removeKept':
        work.removeKept(message.index);
        return true;
      case 'link':
        await work.follow(message.link);
        return false;
      case 'copy':
        await this.#editor.copyToClipboard((await work.state()).line.text);
        return false;
    }
  }

  async #send(replaces: boolean): Promise<void> {
    const version = this.#version;
    const form = await this.#work.state();
    this.post({ kind: 'state', form, version, replaces });
    const title = this.#work.title?.();
    if (title !== undefined) this.setTitle(title);
  }

  /** Performs one action at a time; errors must be fixed before the primary one. */
  async #act(action: string): Promise<void> {
    if (this.#acting) return;
    this.#acting = true;
    try {
      const { actions } = await this.#work.state();
      const isPrimary = actions.some(({ id, primary }) => id === action && primary === true);
      if (isPrimary) this.#work.complete?.();
      if (isPrimary && (await this.#work.state()).errors.length > 0) {
        await this.#send(false);
        this.post({ kind: 'showError' });
        return;
      }
      const canClose = await this.#work.act(action, (message) =>
        this.post({ kind: 'busy', message }),
      );
      if (canClose) this.close();
      else this.post({ kind: 'busy', message: '' });
    } finally {
      this.#acting = false;
    }
  }
}

/** The texts that all forms share; `example` is what people could search for. */
export function formTexts(example: string, commandLine: string): FormTexts {
  return {
    search: t('Search options, for example {0}', example),
    changedOnly: t('Show changed options only'),
    reset: t('Reset {0}', '{0}'),
    sections: t('Sections'),
    options: t('Options'),
    nothingFound: t('No options found.'),
    changedOptions: t('changed options'),
    hasError: t('has an error'),
    edit: t('Edit'),
    more: t('More Actions…'),
    commandLine,
    commandLineHint: t('edits here change the form'),
    copy: t('Copy'),
    paste: t('Paste Line'),
    kept: t('Options without a field, kept:'),
    removeKept: t('Remove {0}', '{0}'),
  };
}
