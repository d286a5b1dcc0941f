/** Shows the processes of a container in a table. They are read only while the page is visible. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import type { ProcessTable } from '../engine/objects.ts';
import type { OpenPage } from '../ui/page.ts';
import type { Tools } from '../ui/tools.ts';
import { processesPage, type FromProcesses, type ToProcesses } from './page.ts';

/** Milliseconds between an answer and the next request. */
const interval = 2_000;

/** Opens the page. Rejects if the processes cannot be read at first; resolves when the page is closed. */
export async function showProcesses(
  container: Pick<Container, 'id' | 'name'>,
  { engine, editor }: Pick<Tools, 'engine' | 'editor'>,
): Promise<void> {
  const read = async (): Promise<ProcessTable> => (await engine()).top(container.id);
  const session = new ProcessesSession(titleOf(container.name), read, await read());
  await new Promise<void>((resolve) => {
    session.page = editor.openPage<ToProcesses, FromProcesses>(
      processesPage,
      titleOf(container.name),
      {
        onMessage: (message) => session.onMessage(message),
        onHidden: () => session.stop(),
        onClosed: () => {
          session.stop();
          resolve();
        },
      },
    );
  });
}

class ProcessesSession {
  page: Pick<OpenPage<ToProcesses>, 'post'> | undefined;
  readonly #title: string;
  readonly #read: () => Promise<ProcessTable>;
  #table: ProcessTable;
  #paused = false;
  /** The run that reads the processes now; undefined while nothing is read. */
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(title: string, read: () => Promise<ProcessTable>, first: ProcessTable) {
    this.#title = title;
    this.#read = read;
    this.#table = first;
  }

  onMessage(message: FromProcesses): void {
    switch (message.kind) {
      case 'ready':
        this.page?.post({ kind: 'show', title: this.#title, texts: pageTexts() });
        this.#send();
        this.#start();
        break;
      case 'visibility':
        if (message.visible) this.#start();
        else this.stop();
        break;
      case 'pause':
        this.#paused = message.paused;
        this.stop();
        this.#start();
        this.#send();
    }
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    clearTimeout(this.#timer);
  }

  #start(): void {
    if (this.#paused || this.#running !== undefined) return;
    this.#running = new AbortController();
    void this.#update(this.#running.signal);
  }

  /** Reads once, and again after the interval, until the signal is aborted. */
  async #update(signal: AbortSignal): Promise<void> {
    const message = await this.#read().then(
      (table) => {
        this.#table = table;
        return '';
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (signal.aborted) return;
    this.page?.post({ kind: 'error', message });
    this.#send();
    this.#timer = setTimeout(() => void this.#update(signal), interval);
  }

  #send(): void {
    const { titles, processes } = this.#table;
    this.page?.post({
      kind: 'rows',
      titles,
      rows: processes,
      facts: t('Processes: {0}', processes.length),
      paused: this.#paused,
    });
  }
}

function titleOf(name: string): string {
  return t('Processes in {0}', name);
}

function pageTexts() {
  return {
    table: t('Processes'),
    pause: t('Pause'),
    resume: t('Resume'),
    sortBy: t('Sort by {0}', '{0}'),
  };
}
