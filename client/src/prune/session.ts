/** The prune page: shows what is unused with its size, and removes what is chosen. */
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { pageMessage } from '../ui/failure-message.ts';
import { formatNames } from '../ui/name-list.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { findUnused } from './candidates.ts';
import type { Prunable, PruneKind, Unused } from './prunable.ts';
import { commandLines } from './command-lines.ts';
import { noFilter, readFilter, type FilterTexts } from './filter.ts';
import { prunePage, type FromPrune, type ResultLine, type ToPrune } from './page.ts';
import { freedBy } from './freed.ts';
import { removeAll, type Removal } from './removal.ts';
import { chosenMessage, factsOf, groupsOf, sortAfter, type Sort } from './rows.ts';
import { rememberContainers } from './remember.ts';
import { preselected, Selection } from './selection.ts';
import { formatCounts, pageTexts, resultLines } from './texts.ts';

/** The page that is open; there is one in a window. */
let open: PruneSession | undefined;

/** Opens the page, or brings it to the front, with the objects of these kinds preselected. Resolves when it is closed. */
export async function showPrune(tools: Tools, kinds: readonly PruneKind[]): Promise<void> {
  if (open !== undefined) {
    open.choose(kinds);
    return;
  }
  await new Promise<void>((resolve) => {
    open = new PruneSession(tools, kinds, () => {
      open = undefined;
      resolve();
    });
  });
}

interface Measured {
  readonly unused: Unused;
  readonly at: Date;
  readonly selection: Selection;
  /** The address of the engine; a window can change to another one. */
  readonly address: string;
  /** Its name for people. */
  readonly engineName: string;
}

class PruneSession {
  readonly #tools: Tools;
  readonly #page: OpenPage<ToPrune>;
  #kinds: readonly PruneKind[];
  /** Whether the next rows name the groups of the command. */
  #isNew = true;
  #measured: Measured | undefined;
  /** Counts the measurements. The page names the one that it shows. */
  #measurement = 0;
  #filter: FilterTexts = noFilter;
  #filterError = '';
  /** The largest first. */
  #sort: Sort = { by: 'frees', down: true };
  #measuring: AbortController | undefined;
  #removing: AbortController | undefined;
  #result: readonly ResultLine[] = [];
  #error = '';
  #progress: Extract<ToPrune, { kind: 'progress' }> | undefined;
  #closed = false;

  constructor(tools: Tools, kinds: readonly PruneKind[], onClosed: () => void) {
    this.#tools = tools;
    this.#kinds = kinds;
    this.#page = tools.editor.openPage<ToPrune, FromPrune>(prunePage, t('Prune'), {
      onMessage: (message) => this.#onMessage(message),
      onClosed: () => {
        this.#closed = true;
        this.#measuring?.abort();
        onClosed();
      },
    });
  }

  /** Brings the page to the front, measures again, and preselects the objects of these kinds. */
  choose(kinds: readonly PruneKind[]): void {
    this.#page.reveal();
    if (this.#removing !== undefined) return;
    this.#kinds = kinds;
    this.#isNew = true;
    this.#measured = undefined;
    void this.#measure();
  }

  #onMessage(message: FromPrune): void {
    switch (message.kind) {
      case 'ready':
        this.#showAll();
        if (this.#measured === undefined) void this.#measure();
        break;
      case 'measure':
        if (this.#removing === undefined) void this.#measure();
        break;
      case 'select':
        if (this.#removing !== undefined || message.measurement !== this.#measurement) break;
        this.#measured?.selection.select(message.keys, message.on);
        this.#showChosen();
        break;
      case 'filter':
        this.#filter = { search: message.search, age: message.age, words: message.words };
        this.#applyFilter();
        this.#showRows();
        break;
      case 'sort':
        this.#sort = sortAfter(this.#sort, message.by);
        this.#showRows();
        break;
      case 'prune':
        if (message.measurement === this.#measurement) void this.#prune();
        break;
      case 'cancel':
        this.#removing?.abort();
        break;
      case 'copy':
        void this.#copyCommands();
        break;
      case 'export':
        void this.#tools.editor.runCommand('volumes.export');
        break;
      case 'visibility':
    }
  }

  #showAll(): void {
    const title = t('Prune');
    this.#page.post({ kind: 'show', title, texts: pageTexts(), ...this.#filter });
    this.#page.post({ kind: 'result', lines: this.#result });
    this.#showRows();
    this.#page.post({ kind: 'error', message: this.#error });
    if (this.#progress !== undefined) this.#page.post(this.#progress);
  }

  /** Reads what is unused. What was selected before stays selected; what is new is not. */
  async #measure(): Promise<void> {
    this.#measuring?.abort();
    const measuring = (this.#measuring = new AbortController());
    this.#page.post({ kind: 'measuring', text: t('Measuring unused data…') });
    try {
      const unused = await findUnused(await this.#tools.engine(), measuring.signal);
      const { address, engineName } = await this.#place();
      if (measuring.signal.aborted) return;
      const isSame = this.#measured?.address === address;
      const before = isSame ? this.#measured?.selection.keys : undefined;
      const selection = new Selection(unused, before ?? preselected(unused, this.#kinds));
      this.#measured = { unused, at: new Date(), selection, address, engineName };
      this.#measurement += 1;
      this.#error = '';
      this.#applyFilter();
    } catch (error) {
      if (measuring.signal.aborted) return;
      this.#error = pageMessage(error);
    }
    this.#measuring = undefined;
    this.#page.post({ kind: 'error', message: this.#error });
    this.#showRows();
  }

  async #place(): Promise<Pick<Measured, 'address' | 'engineName'>> {
    const { address } = await this.#tools.connectionState();
    return { address: address?.url ?? '', engineName: address?.context ?? address?.url ?? '' };
  }

  /** A filter that is not valid hides everything, so that nothing is removed that it may be meant to keep. */
  #applyFilter(): void {
    const read = readFilter(this.#filter, Date.now());
    this.#filterError = 'error' in read ? read.error : '';
    this.#measured?.selection.filter('filter' in read ? read.filter : () => undefined);
  }

  #showRows(): void {
    if (this.#measured === undefined) return;
    const { unused, at, selection, engineName } = this.#measured;
    const sort = this.#sort;
    const groups = groupsOf(selection.shown, { unused, sort, now: new Date() });
    const nothing = unused.all.length === 0 ? t('Nothing is unused.') : t('No unused object matches the filters.'); // prettier-ignore
    this.#page.post({
      kind: 'rows',
      measurement: this.#measurement,
      facts: factsOf(unused, { at, engine: engineName }),
      groups,
      ...(this.#isNew && { named: this.#kinds }),
      sort,
      filterError: this.#filterError,
      empty: groups.length === 0 && this.#filterError === '' ? nothing : '',
    });
    this.#isNew = false;
    this.#showChosen();
  }

  #showChosen(): void {
    if (this.#measured === undefined) return;
    const { unused, selection } = this.#measured;
    this.#page.post(chosenMessage(unused, selection));
  }

  async #copyCommands(): Promise<void> {
    if (this.#measured === undefined) return;
    const { editor } = this.#tools;
    const { selection, unused } = this.#measured;
    const chosen = selection.chosen();
    const records = (all: readonly Prunable[]) =>
      all.filter(({ kind }) => kind === 'cache').reduce((sum, { parts }) => sum + parts.length, 0);
    await editor.copyToClipboard(
      commandLines(chosen, {
        allCache: records(chosen) === records(unused.all),
        shell: editor.platform === 'windows' ? 'powershell' : 'posix',
      }),
    );
  }

  async #prune(): Promise<void> {
    if (this.#measured === undefined || this.#removing !== undefined) return;
    const measured = this.#measured;
    const { unused, selection } = measured;
    const chosen = selection.chosen();
    if (chosen.length === 0) return;
    const removing = (this.#removing = new AbortController());
    this.#measuring?.abort();
    let removal: Removal | undefined;
    try {
      if (!(await this.#confirmed(chosen))) return;
      if ((await this.#place()).address !== measured.address)
        throw new EngineError('failed', t('This window uses another engine now. Check what is selected.')); // prettier-ignore
      removal = await this.#remove(chosen, removing.signal);
    } catch (error) {
      this.#error = pageMessage(error);
    } finally {
      this.#removing = undefined;
      this.#progress = undefined;
    }
    const failed = removal === undefined ? this.#error : '';
    await this.#measure();
    if (failed !== '') this.#showError(failed);
    if (removal === undefined) return;
    const after = this.#measured === measured ? undefined : this.#measured.unused;
    this.#showResult(resultLines(removal, freedBy(removal, unused, after)));
  }

  /** Asks only for what cannot be created again: everything else was chosen on the page. */
  async #confirmed(chosen: readonly Prunable[]): Promise<boolean> {
    const volumes = chosen.filter(({ precious }) => precious === true);
    if (volumes.length === 0) return true;
    const names = formatNames(volumes.map(({ label }) => label), 8); // prettier-ignore
    return this.#tools.editor.confirm(
      t('Remove {0}?', formatCounts(chosen)),
      t('All files in {0} will be deleted. This cannot be undone.', names),
      t('Remove'),
    );
  }

  async #remove(chosen: readonly Prunable[], signal: AbortSignal): Promise<Removal> {
    this.#showResult([]);
    this.#report(t('Reading containers'), 0);
    const engine = await this.#tools.engine();
    const remember = await rememberContainers(this.#tools, engine, chosen);
    let begun = 0;
    const removal = await removeAll(engine, chosen, {
      signal,
      report: ({ label }) => {
        const text = t('Removing {0} · {1} of {2}', label, begun + 1, chosen.length);
        this.#report(text, begun / chosen.length);
        begun += 1;
      },
    });
    for (const { kind, parts } of removal.removed)
      if (kind === 'volume') this.#tools.volumeSizes.delete(parts[0]?.id ?? '');
    await remember(removal.removed);
    return removal;
  }

  #showResult(lines: readonly ResultLine[]): void {
    this.#result = lines;
    this.#page.post({ kind: 'result', lines });
    const text = lines.map((line) => line.text).join(' ');
    // The page is closed, so the result is a notification.
    if (this.#closed && text !== '') void this.#tools.editor.showInformation(text);
  }

  #showError(message: string): void {
    this.#error = message;
    this.#page.post({ kind: 'error', message });
  }

  #report(text: string, fraction: number): void {
    this.#progress = { kind: 'progress', text, fraction };
    this.#page.post(this.#progress);
  }
}
