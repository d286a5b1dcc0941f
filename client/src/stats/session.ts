/** Shows the stats of containers. They are measured only while the page is visible. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { statsPage, type FromStats, type StatsTexts, type ToStats } from './page.ts';
import { cpuTopOf, factsOf, totalOf, toRow } from './rows.ts';
import { spanOf } from './series.ts';
import { formatSpan } from './values.ts';
import { Watch } from './watch.ts';

/** Measurements within this time are sent together, in milliseconds. */
const batchDelay = 200;

/** Opens the page for these containers, or for all running ones; resolves when the page is closed. */
export function openStats(
  { engine, editor }: Pick<Tools, 'engine' | 'editor'>,
  containers?: readonly Container[],
): Promise<void> {
  return new Promise((resolve) => {
    const session = new StatsSession(engine, containers);
    const page = editor.openPage<ToStats, FromStats>(statsPage, titleOf(containers), {
      onMessage: (message) => session.onMessage(message),
      onHidden: () => session.stop(),
      onClosed: () => {
        session.stop();
        resolve();
      },
    });
    session.page = page;
  });
}

class StatsSession {
  page: Pick<OpenPage<ToStats>, 'post' | 'setTitle'> | undefined;
  readonly #engine: Tools['engine'];
  #containers: readonly Container[] | undefined;
  #watch: Watch;
  #paused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(engine: Tools['engine'], containers: readonly Container[] | undefined) {
    this.#engine = engine;
    this.#containers = containers;
    this.#watch = this.#createWatch();
  }

  onMessage(message: FromStats): void {
    switch (message.kind) {
      case 'ready':
        this.#show();
        break;
      case 'visibility':
        if (message.visible) this.#startUnlessPaused();
        else this.stop();
        break;
      case 'open':
        void this.#watch.readLimits(message.id);
        break;
      case 'pause':
        this.#paused = message.paused;
        this.stop();
        this.#startUnlessPaused();
        this.#sendRows(false);
        break;
      case 'all':
        this.stop();
        this.#containers = undefined;
        this.#watch = this.#createWatch();
        this.page?.setTitle(titleOf(undefined));
        this.#show();
    }
  }

  stop(): void {
    this.#watch.stop();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #createWatch(): Watch {
    return new Watch({
      engine: this.#engine,
      chosen: this.#containers,
      onChange: () => (this.#timer ??= setTimeout(() => this.#sendRows(false), batchDelay)),
      onError: (error) =>
        this.page?.post({ kind: 'error', message: error ? errorMessage(error) : '' }),
    });
  }

  #show(): void {
    const open = this.#containers?.length === 1;
    const texts = pageTexts(this.#containers !== undefined);
    this.page?.post({ kind: 'show', title: titleOf(this.#containers), texts, open });
    this.#sendRows(true);
    this.#startUnlessPaused();
  }

  #startUnlessPaused(): void {
    if (!this.#paused) this.#watch.start();
  }

  #sendRows(allPoints: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = this.#watch.containers;
    const span = spanOf(all.map(({ series }) => series));
    const rows = all.map((measured) => toRow(measured, { allPoints, span }));
    const times = all.flatMap(({ series }) => series.points.at(-1)?.[0] ?? []);
    const total = totalOf(all, this.#watch.host);
    this.page?.post({
      kind: 'rows',
      rows,
      facts: factsOf(all, this.#watch.host),
      ...(total && { total }),
      cpuTop: cpuTopOf(all),
      now: Math.max(0, ...times),
      span,
      from: t('{0} ago', formatSpan(span)),
      paused: this.#paused,
    });
  }
}

function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function titleOf(containers: readonly Container[] | undefined): string {
  const [first, second] = containers ?? [];
  if (containers === undefined) return t('Stats for all containers');
  return first !== undefined && second === undefined
    ? t('Stats for {0}', first.name)
    : t('Stats for {0} selected containers', containers.length);
}

function pageTexts(isSelection: boolean): StatsTexts {
  return {
    columns: [
      { id: 'name', label: t('Container') },
      { id: 'cpu', label: t('CPU') },
      { id: 'memory', label: t('Memory') },
      { id: 'received', label: t('Received') },
      { id: 'sent', label: t('Sent') },
      { id: 'disk', label: t('Disk') },
      { id: 'processes', label: t('PIDs') },
    ],
    table: t('Stats by container'),
    pause: t('Pause'),
    resume: t('Resume'),
    ...(isSelection && { all: t('All Containers') }),
    now: t('now'),
    empty: t('No container is running.'),
    sortBy: t('Sort by {0}', '{0}'),
    charts: t('Charts of {0}', '{0}'),
  };
}
