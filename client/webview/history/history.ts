/** Draws what happened to a container. All texts arrive as data and are shown as text. */
import type { FromHistory, HistoryRow, HistoryTexts, ToHistory } from '../../src/history/page.ts';
import { icon, labelButton, type IconName } from '../design/icons.ts';
import { element } from '../elements.ts';
import { showPage, startPage } from '../page-start.ts';
import './history.css';

declare function acquireVsCodeApi(): { postMessage(message: FromHistory): void };

const vscode = acquireVsCodeApi();
const root = document.querySelector('main') ?? document.body;
startPage<ToHistory>(
  (message) => vscode.postMessage(message),
  ({ title, texts }) => new Page(title, texts),
);

type Level = HistoryRow['level'];

const symbols: Readonly<
  Record<Level, readonly [name: IconName, color: 'red' | 'yellow' | 'green' | 'muted']>
> = {
  error: ['error', 'red'],
  warning: ['warning', 'yellow'],
  good: ['pass', 'green'],
  plain: ['circle-outline', 'muted'],
};

function symbolOf(level: Level): HTMLElement {
  const [name, color] = symbols[level];
  return icon(name, { color });
}

class Page {
  readonly #texts: HistoryTexts;
  readonly #facts = element('div', { className: 'facts' });
  readonly #error = element('div', { className: 'wrapx' });
  readonly #summary = element('div', { className: 'wrapx' });
  readonly #tables = element('div', { className: 'wrapx' });

  constructor(title: string, texts: HistoryTexts) {
    this.#texts = texts;
    const logs = labelButton(texts.logs, 'secondary', () => vscode.postMessage({ kind: 'logs' }));
    this.#error.setAttribute('role', 'status');
    this.#summary.setAttribute('role', 'status');
    showPage(root, {
      title,
      facts: this.#facts,
      actions: [logs],
      below: [this.#error, this.#summary, this.#tables],
    });
  }

  onMessage(message: Exclude<ToHistory, { kind: 'show' }>): void {
    if (message.kind === 'error') {
      this.#error.replaceChildren(...boxOf('error', message.message));
      return;
    }
    const { facts, summary, events, checks } = message;
    this.#facts.replaceChildren(...facts.map((textContent) => element('span', { textContent })));
    const text = summary?.text ?? '';
    if (!this.#summary.textContent.endsWith(text) || text === '')
      this.#summary.replaceChildren(...boxOf(summary?.level ?? 'plain', text));
    const texts = this.#texts;
    const eventTable =
      events.length === 0
        ? element('p', { className: 'muted', textContent: texts.none })
        : tableOf(texts.events, [texts.time, texts.event, texts.detail], events);
    this.#tables.replaceChildren(
      element('h2', { textContent: texts.events }),
      eventTable,
      element('p', { className: 'muted', textContent: texts.limit }),
      ...(checks.length === 0
        ? []
        : [
            element('h2', { textContent: texts.checks }),
            tableOf(texts.checks, [texts.time, texts.result, texts.output], checks),
          ]),
    );
  }
}

/** A box with an icon and a text; none for an empty text. */
function boxOf(level: Level, textContent: string): readonly HTMLElement[] {
  if (textContent === '') return [];
  const style = level === 'error' || level === 'warning' ? level : 'info';
  const text = element('span', { textContent });
  return [element('div', { className: `msg ${style}` }, symbolOf(level), text)];
}

function tableOf(
  label: string,
  titles: readonly string[],
  rows: readonly HistoryRow[],
): HTMLTableElement {
  const head = titles.map((textContent) => element('th', { scope: 'col', textContent }));
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.map(rowOf)),
  );
  table.setAttribute('aria-label', label);
  return table;
}

function rowOf({ age, time, level, text, detail }: HistoryRow): HTMLTableRowElement {
  const when = element('td', { className: 'when', textContent: age, title: time });
  const exact = element('span', { className: 'muted h', textContent: ` · ${time}` });
  when.append(exact);
  const what = element('td', { className: 'what' }, symbolOf(level), element('span', { textContent: ` ${text}` })); // prettier-ignore
  return element('tr', {}, when, what, element('td', { className: 'detail', textContent: detail }));
}
