/** The output of a step: the first lines, the last lines, and how many are left out between them. */
import type { PageTexts, ToBuild } from '../../src/build/view/page.ts';
import { ansiNodes, parseAnsi, type AnsiStyle } from '../design/ansi.ts';
import { element } from '../elements.ts';

/** Lines from the beginning that are never removed. */
const headLines = 200;
/** Lines in the page; of more, the first ones after the head are removed. */
const mostLines = 2000;

type LogMessage = Extract<ToBuild, { kind: 'log' }>;

export class LogView {
  readonly node = element('div', { className: 'log', tabIndex: 0 });
  readonly #texts: PageTexts;
  readonly #head = element('div');
  readonly #gap = element('div', { className: 'gap', hidden: true });
  readonly #tail = element('div');
  readonly #last = element('div', { className: 'line' });
  readonly #empty: HTMLElement;
  #next = 0;
  #omitted = 0;
  #style: AnsiStyle = {};
  #decisive: number | undefined;

  constructor(texts: PageTexts, label: string) {
    this.#texts = texts;
    this.#empty = element('div', { className: 'gap', textContent: texts.noOutput });
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', label);
    this.node.append(this.#head, this.#gap, this.#tail, this.#last, this.#empty);
  }

  /** Marks the line that says why the step failed. */
  mark(decisive: number | undefined): void {
    this.#decisive = decisive;
    for (const line of this.node.querySelectorAll<HTMLElement>('.line')) this.#paint(line);
  }

  /** Adds lines, and stays at the end if it was there. */
  add({ restart, parts, unfinished }: LogMessage): void {
    const { node } = this;
    const isAtEnd = node.scrollHeight - node.scrollTop - node.clientHeight < 20;
    if (restart) this.#clear();
    for (const { first, lines } of parts) this.#addLines(first, lines);
    this.#last.replaceChildren(...ansiNodes(parseAnsi(unfinished, this.#style).segments));
    this.#last.hidden = unfinished === '';
    this.#last.dataset.number = String(this.#next);
    this.#paint(this.#last);
    this.#empty.hidden = this.#next > 0 || unfinished !== '';
    if (isAtEnd) node.scrollTop = node.scrollHeight;
  }

  #clear(): void {
    this.#head.replaceChildren();
    this.#tail.replaceChildren();
    this.#gap.hidden = true;
    this.#next = 0;
    this.#omitted = 0;
    this.#style = {};
  }

  #addLines(first: number, lines: readonly string[]): void {
    if (first > this.#next) {
      this.#omit(first - this.#next + this.#tail.childElementCount);
      this.#tail.replaceChildren();
      this.#next = first;
      this.#style = {};
    }
    for (const text of lines.slice(Math.max(0, this.#next - first))) {
      const { segments, style } = parseAnsi(text, this.#style);
      this.#style = style;
      const line = element('div', { className: 'line' }, ...ansiNodes(segments));
      line.dataset.number = String(this.#next);
      this.#paint(line);
      (this.#next < headLines ? this.#head : this.#tail).append(line);
      this.#next += 1;
    }
    const extra = this.#tail.childElementCount - mostLines;
    if (extra <= 0) return;
    for (let index = 0; index < extra; index++) this.#tail.firstElementChild?.remove();
    this.#omit(extra);
  }

  #omit(lines: number): void {
    this.#omitted += lines;
    this.#gap.textContent = this.#texts.omitted.replace('{0}', this.#omitted.toLocaleString());
    this.#gap.hidden = false;
  }

  #paint(line: HTMLElement): void {
    line.classList.toggle('decisive', Number(line.dataset.number) === this.#decisive);
  }
}
