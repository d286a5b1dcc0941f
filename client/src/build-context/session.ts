/** Shows what is in the build context of a Dockerfile, what is excluded, and what no instruction reads. */
import { t } from '@vscode/l10n';
import { join } from 'node:path';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import { isEngineError } from '../engine/errors.ts';
import { writeWholeFile } from '../engine/write-file.ts';
import type { Editor } from '../ui/editor.ts';
import { relativePath } from '../ui/paths.ts';
import type { OpenPage } from '../ui/page.ts';
import { chooseContextFolder } from './choose-folder.ts';
import { firstFolder, type LastFolder } from './folder.ts';
import { contextPage, type ContextTexts, type FromContext, type ToContext } from './page.ts';
import { withPattern } from './patterns.ts';
import { proposeIgnoreFile } from './propose.ts';
import { readContext } from './read-context.ts';
import { explanation, rowOf, summaryOf, filesText, type ShownContext } from './summary.ts';
import { textOf } from './text.ts';
import { pageTexts } from './texts.ts';
import { ContextTotals } from './totals.ts';

export interface ContextViewOptions {
  readonly editor: Editor;
  readonly dockerfile: string;
  /** Asks the language server; undefined if it is not available. */
  readonly needs: (path: string, text: string) => Promise<ContextNeeds | undefined>;
  readonly lastFolder: LastFolder;
}

/** Opens the page; resolves when it is closed. Rejects only for what the page cannot show. */
export function openBuildContext(options: ContextViewOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const view = new ContextView(options, resolve, reject);
    view.open();
  });
}

class ContextView {
  readonly #editor: Editor;
  readonly #dockerfile: string;
  readonly #needs: ContextViewOptions['needs'];
  readonly #lastFolder: LastFolder;
  readonly #closed: () => void;
  readonly #failed: (error: unknown) => void;
  readonly #texts: ContextTexts;
  #page: OpenPage<ToContext> | undefined;
  #isVisible = false;
  #folder: string | undefined;
  #shown: ShownContext | undefined;
  #reading: AbortController | undefined;
  #last: ToContext | undefined;
  #endWatching: readonly (() => void)[] = [];

  constructor(
    { editor, dockerfile, needs, lastFolder }: ContextViewOptions,
    closed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.#editor = editor;
    this.#dockerfile = dockerfile;
    this.#needs = needs;
    this.#lastFolder = lastFolder;
    this.#closed = closed;
    this.#failed = failed;
    const workspace = editor.workspaceFolderOf(dockerfile);
    this.#texts = pageTexts(relativePath(workspace, dockerfile));
  }

  open(): void {
    this.#page = this.#editor.openPage<ToContext, FromContext>(contextPage, this.#texts.title, {
      onMessage: (message) => void this.#onMessage(message).catch(this.#failed),
      onHidden: () => (this.#isVisible = false),
      onClosed: () => {
        this.#reading?.abort();
        for (const end of this.#endWatching) end();
        this.#closed();
      },
    });
  }

  async #onMessage(message: FromContext): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#isVisible = true;
        if (this.#last === undefined) await this.#read();
        else this.#post(this.#last);
        return;
      case 'refresh':
        return this.#read();
      case 'cancel':
        return this.#reading?.abort();
      case 'chooseFolder':
        return this.#chooseFolder();
      case 'ignoreFile':
        return this.#openIgnoreFile();
      case 'rows':
        this.#sendRows(message);
        return;
      case 'find':
        this.#find(message.path);
        return;
      case 'go':
        return this.#go(message);
      default:
        return this.#act(message.kind, message.id);
    }
  }

  /** Kept, so that a page that was hidden is drawn again without reading. */
  #show(message: ToContext): void {
    this.#last = message;
    if (this.#isVisible) this.#post(message);
  }

  #post(message: ToContext): void {
    this.#page?.post(message);
  }

  async #read(): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const report = (count: number): void =>
      this.#show({ kind: 'reading', texts: this.#texts, progress: t('Reading the build context: {0}', filesText(count)) }); // prettier-ignore
    report(0);
    try {
      const shown = await this.#readContext(reading.signal, report);
      if (reading.signal.aborted) return;
      this.#shown = shown;
      this.#watch();
      const summary = summaryOf(shown, this.#editor.workspaceFolderOf(this.#dockerfile));
      this.#show({ kind: 'show', texts: this.#texts, summary });
    } catch (error) {
      if (!isEngineError(error)) throw error;
      // A newer reading shows its own result.
      if (this.#reading !== reading) return;
      const message = error.kind === 'cancelled' ? t('Reading was cancelled.') : error.message;
      this.#show({ kind: 'failure', texts: this.#texts, message });
    }
  }

  async #readContext(signal: AbortSignal, report: (count: number) => void): Promise<ShownContext> {
    const readText = (path: string) => textOf(this.#editor, path);
    const dockerfile = this.#dockerfile;
    const needs = await this.#needs(dockerfile, (await readText(dockerfile)) ?? '');
    this.#folder ??= firstFolder(dockerfile, needs, this.#lastFolder);
    const read = await readContext({ folder: this.#folder, dockerfile, needs, readText, signal, report }); // prettier-ignore
    return { read, totals: new ContextTotals(read) };
  }

  /** Reads again when a file changes that decides about others. */
  #watch(): void {
    for (const end of this.#endWatching) end();
    const files = [this.#dockerfile, this.#shown?.read.ignoreFile?.path].filter((one) => one !== undefined); // prettier-ignore
    this.#endWatching = files.map((file) =>
      this.#editor.onDocumentChange(file, () => void this.#read().catch(this.#failed)),
    );
  }

  async #chooseFolder(): Promise<void> {
    const chosen = await chooseContextFolder(this.#editor, this.#dockerfile);
    if (chosen === undefined) return;
    this.#folder = chosen;
    await this.#read();
  }

  async #openIgnoreFile(): Promise<void> {
    const { read } = this.#shown ?? {};
    if (read?.ignoreFile !== undefined) return this.#editor.showLine(read.ignoreFile.path, 0);
    if (this.#folder === undefined) return;
    const needs = await this.#needs(this.#dockerfile, (await textOf(this.#editor, this.#dockerfile)) ?? ''); // prettier-ignore
    await proposeIgnoreFile(this.#editor, { folder: this.#folder, needs });
  }

  #sendRows({ of, part, most }: Extract<FromContext, { kind: 'rows' }>): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const all = shown.totals.childrenOf(of, part);
    const rows = all.slice(0, most).map((id) => rowOf(shown, id, part));
    const left = all.length - rows.length;
    const more = left === 0 ? undefined : left === 1 ? t('1 more') : t('{0} more', left);
    this.#post({ kind: 'rows', of, part, rows, ...(more !== undefined && { more }) });
  }

  #find(typed: string): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const path = typed.trim().replace(/^(?:\.?\/)+/, '').replace(/\/+$/, ''); // prettier-ignore
    const id = shown.read.tree.entries.findIndex((entry) => entry.path === path);
    const reason =
      id < 0 ? { text: t('This path does not exist in the directory.') } : explanation(shown, id);
    this.#post({ kind: 'answer', path: typed, reason });
  }

  async #go({ file, line }: Extract<FromContext, { kind: 'go' }>): Promise<void> {
    const path = file === 'dockerfile' ? this.#dockerfile : this.#shown?.read.ignoreFile?.path;
    if (path !== undefined) await this.#editor.showLine(path, line);
  }

  async #act(kind: 'open' | 'reveal' | 'exclude', id: number): Promise<void> {
    const { read } = this.#shown ?? {};
    const entry = read?.tree.entries[id];
    if (read === undefined || entry === undefined) return;
    const path = join(read.folder, entry.path);
    if (kind === 'open' && entry.kind === 'file') return this.#editor.openFile(path);
    if (kind !== 'exclude') return this.#editor.revealInExplorer(path);
    const ignoreFile = read.ignoreFile?.path ?? join(read.folder, '.dockerignore');
    await this.#editor.saveDocument(ignoreFile);
    const before = (await textOf(this.#editor, ignoreFile)) ?? '';
    await writeWholeFile(ignoreFile, withPattern(before, entry.path));
    await this.#read();
  }
}
