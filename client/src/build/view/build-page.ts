/** The page of a build: what it shows is kept here, so that it survives hiding and closing. */
import type { Editor } from '../../ui/editor.ts';
import type { OpenPage } from '../../ui/page.ts';
import { formatSize } from '../../ui/format.ts';
import { t } from '@vscode/l10n';
import type { BuildRun } from './build-run.ts';
import { failureBox } from './failure-box.ts';
import { groupSteps, type Groups } from './groups.ts';
import { headOf, tabTitle, type HeadOptions } from './head.ts';
import { buildPage, type ActionName, type FromBuild, type Layer, type ToBuild } from './page.ts';
import type { PlannedStep } from './plan.ts';
import { downloadOf, type Step } from './steps.ts';
import { pageTexts } from './texts.ts';

/** Changes within this time are sent together, in milliseconds. */
const batchDelay = 150;
/** Lines that are sent at a time; of more, the last ones. */
const mostLines = 1000;

export interface BuildPageOptions {
  readonly editor: Pick<Editor, 'openPage'>;
  readonly headOptions: () => Omit<HeadOptions, 'failedLine'>;
  readonly costOf: (step: PlannedStep) => string | undefined;
  readonly bytesOf: (step: PlannedStep) => number | undefined;
  readonly outsideOf: (step: PlannedStep) => number | undefined;
  readonly onAction: (name: ActionName) => void;
  readonly onClosed: () => void;
}

export class BuildPage {
  #run: BuildRun;
  readonly #options: BuildPageOptions;
  #page: OpenPage<ToBuild> | undefined;
  /** Whether the user sees it. */
  isVisible = false;
  /** Whether its script runs; it starts again whenever the page is shown. */
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the user opened or closed. */
  readonly #opened = new Map<string, boolean>();
  /** What the page has: rows by id, and complete lines by row. */
  readonly #sentRows = new Map<string, string>();
  readonly #sentLines = new Map<string, { readonly count: number; readonly unfinished: string }>();
  readonly #sentLayers = new Map<string, string>();
  readonly #sentStates = new Map<string, string>();
  #sentHead = '';
  #sentGroups = '';
  #sentFailure = false;
  #reveal: string | undefined;

  constructor(run: BuildRun, options: BuildPageOptions) {
    this.#run = run;
    this.#options = options;
  }

  get run(): BuildRun {
    return this.#run;
  }

  get isOpen(): boolean {
    return this.#page !== undefined;
  }

  /** Opens the page, or brings it to the front. */
  show(): void {
    this.isVisible = true;
    if (this.#page !== undefined) {
      this.#page.reveal();
      return;
    }
    this.#page = this.#options.editor.openPage<ToBuild, FromBuild>(buildPage, tabTitle(this.#run), {
      onMessage: (message) => this.#onMessage(message),
      onHidden: () => this.#hide(),
      onClosed: () => {
        this.#hide();
        this.#page = undefined;
        this.#options.onClosed();
      },
    });
  }

  /** Shows another build in the same tab. */
  replace(run: BuildRun): void {
    this.#run = run;
    this.#opened.clear();
    this.#page?.setTitle(tabTitle(run));
    if (this.#isReady) this.#sendAll();
  }

  /** Moves to the step that failed. */
  showFailure(): void {
    this.#reveal = this.#run.failedStep?.id;
    this.show();
    if (this.#isReady) this.#sendReveal();
  }

  /** To be called after each change of the build. */
  changed(): void {
    if (this.#isReady) this.#timer ??= setTimeout(() => this.#send(), batchDelay);
  }

  #onMessage(message: FromBuild): void {
    switch (message.kind) {
      case 'ready':
        this.isVisible = true;
        this.#isReady = true;
        this.#sendAll();
        break;
      case 'open':
        this.#opened.set(message.row, message.open);
        this.#send();
        break;
      case 'act':
        this.#options.onAction(message.name);
    }
  }

  #hide(): void {
    this.isVisible = false;
    this.#isReady = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #post(message: ToBuild): void {
    this.#page?.post(message);
  }

  #sendAll(): void {
    this.#sentRows.clear();
    this.#sentLines.clear();
    this.#sentLayers.clear();
    this.#sentHead = '';
    this.#sentGroups = '';
    this.#sentFailure = false;
    this.#sentStates.clear();
    this.#post({ kind: 'show', texts: pageTexts(tabTitle(this.#run)) });
    this.#send();
    this.#sendReveal();
  }

  #sendReveal(): void {
    if (this.#reveal !== undefined) this.#post({ kind: 'reveal', row: this.#reveal });
    this.#reveal = undefined;
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const run = this.#run;
    const groups = groupSteps(run.steps, {
      plan: run.dockerfile.plan,
      ended: run.state !== 'running',
      succeeded: run.state === 'done',
      costOf: this.#options.costOf,
      bytesOf: this.#options.bytesOf,
      outsideOf: this.#options.outsideOf,
      isOpen: (row) => this.#isOpen(row),
    });
    const failure = failureBox(run);
    this.#sendHead(groups, failure?.source.length ? failure : undefined);
    this.#sendRows(groups);
    if (failure !== undefined && !this.#sentFailure) this.#post({ kind: 'failure', failure });
    this.#sentFailure = failure !== undefined;
    for (const row of groups.rows) {
      const step = run.steps.step(row.id);
      if (row.open && step !== undefined) this.#sendContent(step);
      else {
        this.#sentLines.delete(row.id);
        this.#sentLayers.delete(row.id);
      }
    }
  }

  /** Running steps with output are open, and the one that failed. */
  #isOpen(row: string): boolean {
    const chosen = this.#opened.get(row);
    if (chosen !== undefined) return chosen;
    const step = this.#run.steps.step(row);
    if (step === undefined) return false;
    if (step.state === 'failed') return true;
    if (step.state !== 'running') return false;
    return step.log.count > 0 || step.log.unfinished !== '' || downloadOf(step) !== undefined;
  }

  #sendHead({ counts }: Groups, failure: ReturnType<typeof failureBox>): void {
    const run = this.#run;
    const line = failure?.source.find(({ words }) => words.some(({ mark }) => mark === 'wrong'));
    const options = { ...this.#options.headOptions(), failedLine: line?.line };
    const head = headOf(run, counts, options);
    // The clock runs in the page.
    const key = JSON.stringify({ ...head, facts: head.facts.filter(({ clock }) => !clock) });
    if (key === this.#sentHead) return;
    this.#sentHead = key;
    this.#post({ kind: 'head', head, now: run.milliseconds });
  }

  #sendRows({ groups, rows }: Groups): void {
    const changed = rows.filter((row) => {
      const key = JSON.stringify(row);
      if (this.#sentRows.get(row.id) === key) return false;
      this.#sentRows.set(row.id, key);
      return true;
    });
    const key = JSON.stringify(groups);
    if (changed.length === 0 && key === this.#sentGroups) return;
    const isFirst = this.#sentGroups === '';
    this.#sentGroups = key;
    const ended = changed.filter(
      ({ id, state, line }) =>
        line !== undefined &&
        state !== (this.#sentStates.get(id) ?? 'waiting') &&
        ['done', 'cached', 'failed'].includes(state),
    );
    for (const { id, state } of changed) this.#sentStates.set(id, state);
    const last = isFirst ? undefined : ended.at(-1);
    this.#post({
      kind: 'rows',
      groups,
      rows: changed,
      now: this.#run.milliseconds,
      ...(last && { announcement: `${last.keyword ?? ''} ${last.text}: ${last.stateLabel}` }),
    });
  }

  #sendContent(step: Step): void {
    this.#sendLayers(step);
    const { log } = step;
    const { count, unfinished } = log;
    const sent = this.#sentLines.get(step.id);
    if (sent?.count === count && sent.unfinished === unfinished) return;
    this.#sentLines.set(step.id, { count, unfinished });
    const from = sent?.count ?? 0;
    const parts = [headFrom(step, from), log.tail(from, mostLines)];
    this.#post({
      kind: 'log',
      row: step.id,
      restart: sent === undefined,
      parts: parts.filter(({ lines }) => lines.length > 0),
      unfinished,
    });
  }

  #sendLayers(step: Step): void {
    const layers = layersOf(step);
    const key = JSON.stringify(layers);
    if (layers.length === 0 || key === this.#sentLayers.get(step.id)) return;
    this.#sentLayers.set(step.id, key);
    this.#post({ kind: 'layers', row: step.id, layers });
  }
}

/** The lines of the head from this number on. */
function headFrom({ log }: Step, from: number): { first: number; lines: readonly string[] } {
  const { lines } = log.head;
  const first = Math.min(from, lines.length);
  return { first, lines: lines.slice(first) };
}

/** Layers that are downloaded; the id of a layer is its digest. */
function layersOf(step: Step): readonly Layer[] {
  if (downloadOf(step) === undefined) return [];
  return [...step.parts.values()]
    .filter(({ total = 0 }) => total > 0)
    .map(({ item, current, total = 0, done }): Layer => {
      const name = item.replace(/^(?:extracting )?sha256:([0-9a-f]{12}).*$/, '$1');
      if (done) return { name, status: t('done'), size: formatSize(total) };
      if (current === 0) return { name, status: t('waiting'), size: formatSize(total) };
      const size = t('{0} of {1}', formatSize(Math.min(current, total)), formatSize(total));
      return { name, status: '', fraction: Math.min(1, current / total), size };
    });
}
