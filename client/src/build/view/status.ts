/** The status bar while builds run, and the result of the last one. */
import { t } from '@vscode/l10n';
import type { Editor } from '../../ui/editor.ts';
import type { StatusItem } from '../../ui/build-marks.ts';
import type { BuildPage } from './build-page.ts';
import type { BuildRun } from './build-run.ts';
import { groupSteps } from './groups.ts';
import { roundTimeText } from './texts.ts';

/** The clock in the status bar moves once per second. */
const interval = 1000;

export class BuildStatus {
  readonly #item: StatusItem;
  readonly #cancel: StatusItem;
  #pages: readonly BuildPage[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(editor: Pick<Editor, 'createStatusItem'>) {
    this.#item = editor.createStatusItem(t('Docker Build'), 'dockerfile.show-build');
    this.#cancel = editor.createStatusItem(t('Cancel Docker Build'), 'dockerfile.cancel-build');
  }

  /** To be called when a build starts or ends, and when a page is closed; the latest build last. */
  update(pages: readonly BuildPage[]): void {
    this.#pages = pages;
    const isRunning = pages.some(({ run }) => run.state === 'running');
    if (!isRunning) clearInterval(this.#timer);
    this.#timer = isRunning
      ? (this.#timer ?? setInterval(() => this.#draw(), interval))
      : undefined;
    this.#draw();
  }

  #draw(): void {
    const running = this.#pages.map(({ run }) => run).filter(({ state }) => state === 'running');
    const [first, second] = running;
    if (first === undefined) {
      this.#cancel.hide();
      this.#drawResult();
      return;
    }
    const text = second === undefined ? progressText(first) : t('{0} builds', running.length);
    this.#item.show(`$(sync~spin) ${text}`, running.map(progressText).join('\n'));
    this.#cancel.show('$(stop-circle)', t('Cancel Build'));
  }

  /** The result stays as long as its page is open. */
  #drawResult(): void {
    const last = this.#pages.at(-1);
    if (last === undefined || !last.isOpen) this.#item.hide();
    else if (last.run.state === 'done')
      this.#item.show(`$(pass) ${resultText(last.run)}`, t('Show Build'));
    else if (last.run.state === 'failed')
      this.#item.show(`$(error) ${t('{0} failed', last.run.start.title)}`, t('Show Build'));
    else this.#item.hide();
  }
}

function resultText({ start, milliseconds }: BuildRun): string {
  return `${start.title} ${roundTimeText(milliseconds)}`;
}

/** `shop-api:dev, step 4 of 10, 23 s`. */
function progressText(run: BuildRun): string {
  const time = roundTimeText(Math.floor(run.milliseconds / 1000) * 1000).replace(/\.0(?= )/, '');
  const { counts } = groupSteps(run.steps, {
    plan: run.dockerfile.plan,
    ended: false,
    succeeded: false,
    isOpen: () => false,
  });
  if (counts.all === 0) return t('{0}, {1}', run.start.title, time);
  const step = Math.min(counts.ended + 1, counts.all);
  return t('{0}, step {1} of {2}, {3}', run.start.title, step, counts.all, time);
}
