/** Shows the stats of containers. They are measured only while the page is visible. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { statsPage, type FromStats, type StatsTexts, type ToStats } from './page.ts';
import { toRow, summaryOf } from './rows.ts';
import { shortSpan, span } from './series.ts';
import { Watch } from './watch.ts';
import type { Tools } from '../ui/tools.ts';

/** Measurements within this time are sent together, in milliseconds. */
const batchDelay = 200;

/** Opens the page for these containers, or for all running ones; resolves when the page is closed. */
export function openStats(
  { engine, editor }: Pick<Tools, 'engine' | 'editor'>,
  containers?: readonly Container[],
): Promise<void> {
  return new Promise((resolve) => {
    const texts = pageTexts(containers);
    const session = new StatsSession(engine, texts, containers);
    const page = editor.openPage<ToStats, FromStats>(statsPage, texts.title, {
      onMessage: (message) => session.onMessage(message),
      onHidden: () => session.stop(),
      onClosed: () => {
        session.stop();
        resolve();
      },
    });
    session.post = (message) => page.post(message);
  });
}

class StatsSession {
  post: (message: ToStats) => void = () => undefined;
  readonly #watch: Watch;
  readonly #texts: StatsTexts;
  readonly #isSingle: boolean;
  #paused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    engine: Tools['engine'],
    texts: StatsTexts,
    containers: readonly Container[] | undefined,
  ) {
    this.#texts = texts;
    this.#isSingle = containers?.length === 1;
    this.#watch = new Watch({
      engine,
      chosen: containers,
      onChange: () => (this.#timer ??= setTimeout(() => this.#sendRows(false), batchDelay)),
      onError: (error) => this.post({ kind: 'error', message: error ? errorMessage(error) : '' }),
    });
  }

  onMessage(message: FromStats): void {
    switch (message.kind) {
      case 'ready':
        this.post({ kind: 'show', texts: this.#texts, span, shortSpan, open: this.#isSingle });
        this.#sendRows(true);
        this.#startUnlessPaused();
        break;
      case 'visibility':
        if (message.visible) this.#startUnlessPaused();
        else this.stop();
        break;
      case 'pause':
        this.#paused = message.paused;
        this.stop();
        this.#startUnlessPaused();
        this.#sendRows(false);
    }
  }

  #startUnlessPaused(): void {
    if (!this.#paused) this.#watch.start();
  }

  stop(): void {
    this.#watch.stop();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #sendRows(allPoints: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = this.#watch.containers;
    const rows = all.map((measured) => toRow(measured, allPoints));
    const times = all.flatMap(({ series }) => series.points.at(-1)?.[0] ?? []);
    this.post({
      kind: 'rows',
      rows,
      summary: summaryOf(all),
      now: Math.max(0, ...times),
      paused: this.#paused,
    });
  }
}

function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pageTexts(containers: readonly Container[] | undefined): StatsTexts {
  const [first, second] = containers ?? [];
  const only = first !== undefined && second === undefined ? first.name : undefined;
  const title =
    containers === undefined
      ? t('Stats for all containers')
      : only === undefined
        ? t('Stats for {0} selected containers', containers.length)
        : t('Stats for {0}', only);
  return {
    title,
    columns: [
      { id: 'name', label: t('Container') },
      { id: 'cpu', label: t('CPU') },
      { id: 'memory', label: t('Memory') },
      { id: 'received', label: t('Received') },
      { id: 'sent', label: t('Sent') },
      { id: 'read', label: t('Read') },
      { id: 'written', label: t('Written') },
      { id: 'processes', label: t('Processes') },
    ],
    pause: t('Pause'),
    resume: t('Resume'),
    from: t('{0} min ago', span / 60_000),
    now: t('now'),
    empty: t('No container is running.'),
    sortBy: t('Sort by {0}', '{0}'),
  };
}
