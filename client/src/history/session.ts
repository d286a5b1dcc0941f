/** Shows what happened to a container. It is read only while the page is visible, and again with each event of the container. */
import { t } from '@vscode/l10n';
import type { ContainerDetails, HealthCheckResult } from '../engine/details.ts';
import type { Container, EngineEvent } from '../engine/engine.ts';
import { pageMessage } from '../ui/failure-message.ts';
import { ageBetween, formatAge, formatDateTime } from '../ui/format.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { historyOf, historySummary, pastEvents, type HistoryEntry } from './entries.ts';
import {
  historyPage,
  type FromHistory,
  type HistoryRow,
  type HistoryTexts,
  type ToHistory,
} from './page.ts';

type HistoryTools = Pick<Tools, 'engine' | 'editor'>;

/** Opens the page; resolves when it is closed. */
export function showHistory(container: Container, tools: HistoryTools): Promise<void> {
  return new Promise((resolve) => new HistorySession(container, tools, resolve));
}

class HistorySession {
  readonly #container: Container;
  readonly #tools: HistoryTools;
  readonly #page: OpenPage<ToHistory>;
  readonly #title: string;
  /** The run that follows the events; undefined while the page is hidden. */
  #running: AbortController | undefined;

  constructor(container: Container, tools: HistoryTools, onClosed: () => void) {
    this.#container = container;
    this.#tools = tools;
    this.#title = t('History of {0}', container.name);
    this.#page = tools.editor.openPage<ToHistory, FromHistory>(historyPage, this.#title, {
      onMessage: (message) => this.#onMessage(message),
      onHidden: () => this.#stop(),
      onClosed: () => {
        this.#stop();
        onClosed();
      },
    });
  }

  #onMessage(message: FromHistory): void {
    switch (message.kind) {
      case 'ready':
        this.#page.post({ kind: 'show', title: this.#title, texts: pageTexts() });
        this.#start();
        break;
      case 'visibility':
        if (message.visible) this.#start();
        else this.#stop();
        break;
      case 'logs':
        void this.#tools.editor.runCommand('containers.logs', {
          subject: this.#container,
        });
    }
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  #start(): void {
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    void this.#follow(this.#running.signal);
  }

  /** Shows what is known, and again after each event. */
  async #follow(signal: AbortSignal): Promise<void> {
    try {
      const engine = await this.#tools.engine();
      const now = Date.now();
      const events: EngineEvent[] = [...(await pastEvents(engine, this.#container.id, now))];
      await this.#show(events, signal);
      const since = events.at(-1)?.timeNano ?? `${String(now)}000000`;
      for await (const event of engine.events(signal, since)) {
        if (event.objectType !== 'container' || event.id !== this.#container.id) continue;
        if (event.action.startsWith('exec_')) continue;
        events.push(event);
        await this.#show(events, signal);
      }
    } catch (error) {
      if (!signal.aborted) this.#page.post({ kind: 'error', message: pageMessage(error) });
    }
  }

  async #show(events: readonly EngineEvent[], signal: AbortSignal): Promise<void> {
    const engine = await this.#tools.engine();
    const details = await engine.inspect('container', this.#container.id);
    if (signal.aborted) return;
    const now = Date.now();
    const entries = historyOf(events, details);
    const summary = historySummary(entries, now);
    this.#page.post({ kind: 'error', message: '' });
    this.#page.post({
      kind: 'rows',
      facts: factsOf(details),
      ...(summary && { summary }),
      events: entries.slice(0, mostRows).map((entry) => rowOf(entry, now)),
      checks: checkRows(details.healthChecks, now),
    });
  }
}

const mostRows = 500;

function factsOf({ restartCount, host, running }: ContainerDetails): readonly string[] {
  const policy = host.RestartPolicy?.Name ?? '';
  return [
    running ? t('running') : t('not running'),
    policy === '' || policy === 'no' ? t('no restart policy') : t('restart policy: {0}', policy),
    t('restarts by the policy: {0}', restartCount),
  ];
}

function rowOf({ time, level, text, detail = '' }: HistoryEntry, now: number): HistoryRow {
  return { ...timeTexts(new Date(time), now), level, text, detail };
}

function checkRows(checks: readonly HealthCheckResult[], now: number): readonly HistoryRow[] {
  return checks.toReversed().map(({ startedAt, exitCode, output }): HistoryRow => ({
    ...timeTexts(startedAt, now),
    level: exitCode === 0 ? 'good' : 'warning',
    text: exitCode === 0 ? t('passed') : t('failed ({0})', exitCode),
    detail: output.trim(),
  }));
}

function timeTexts(date: Date, now: number): Pick<HistoryRow, 'age' | 'time'> {
  return { age: formatAge(ageBetween(date, new Date(now))), time: formatDateTime(date) };
}

function pageTexts(): HistoryTexts {
  return {
    events: t('Events'),
    checks: t('Health Checks'),
    time: t('Time'),
    event: t('Event'),
    detail: t('Detail'),
    result: t('Result'),
    output: t('Output'),
    logs: t('View Logs'),
    limit: t('The engine remembers only its latest events.'),
    none: t('The engine remembers no events of this container.'),
  };
}
