/** What containers take, on screen: measured while the page is seen, and not a moment longer. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import { statsPage, type FromStats, type StatsTexts, type ToStats } from './page.ts';
import { rowOf, summaryOf } from './rows.ts';
import { shortSpan, span } from './series.ts';
import { Watch } from './watch.ts';
import type { Tools } from '../ui/tools.ts';

/** Measurements of the same second arrive within this time, in milliseconds. */
const together = 200;

/** Opens the page for these containers, or for all that run; resolves when it is closed. */
export function openStats(
  { engine, editor }: Pick<Tools, 'engine' | 'editor'>,
  containers?: readonly Container[],
): Promise<void> {
  return new Promise((resolve) => {
    const texts = textsFor(containers);
    const session = new StatsSession(engine, texts, containers);
    const page = editor.openPage<ToStats, FromStats>(statsPage, texts.title, {
      received: (message) => session.received(message),
      hidden: () => session.stop(),
      closed: () => {
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
  readonly #one: boolean;
  #paused = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    engine: Tools['engine'],
    texts: StatsTexts,
    containers: readonly Container[] | undefined,
  ) {
    this.#texts = texts;
    this.#one = containers?.length === 1;
    this.#watch = new Watch({
      engine,
      chosen: containers,
      changed: () => (this.#timer ??= setTimeout(() => this.#tell(false), together)),
      trouble: (error) => this.post({ kind: 'trouble', message: error ? sentence(error) : '' }),
    });
  }

  received(message: FromStats): void {
    switch (message.kind) {
      case 'ready':
        this.post({ kind: 'show', texts: this.#texts, span, shortSpan, open: this.#one });
        this.#tell(true);
        this.#go();
        break;
      case 'seen':
        if (message.seen) this.#go();
        else this.stop();
        break;
      case 'pause':
        this.#paused = message.paused;
        this.stop();
        this.#go();
        this.#tell(false);
    }
  }

  #go(): void {
    if (!this.#paused) this.#watch.start();
  }

  stop(): void {
    this.#watch.stop();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(whole: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = this.#watch.containers;
    const rows = all.map((measured) => rowOf(measured, whole));
    const moments = all.flatMap(({ series }) => series.points.at(-1)?.[0] ?? []);
    this.post({
      kind: 'rows',
      rows,
      summary: summaryOf(all),
      now: Math.max(0, ...moments),
      paused: this.#paused,
    });
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function textsFor(containers: readonly Container[] | undefined): StatsTexts {
  const [first, second] = containers ?? [];
  const only = first !== undefined && second === undefined ? first.name : undefined;
  const title =
    containers === undefined
      ? t('Stats of all containers')
      : only === undefined
        ? t('Stats of {0} containers', containers.length)
        : t('Stats of {0}', only);
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
