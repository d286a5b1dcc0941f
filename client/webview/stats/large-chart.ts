/** A large chart: a title with its value, lines over a grid, a limit, events, and a sentence if nothing happened. */
import type { ChartView, Mark, Metric, Point } from '../../src/stats/page.ts';
import { element } from '../elements.ts';
import { Chart, type Times } from './chart.ts';

/** The texts and times that a chart shows. */
export interface Frame {
  readonly times: Times;
  readonly from: string;
  readonly now: string;
}

export class LargeChart {
  readonly node: HTMLElement;
  readonly #note = element('span', { className: 'muted small cut' });
  readonly #value = element('span', { className: 'r num' });
  readonly #labels = [0, 1, 2].map(() => element('span', { className: 'y' }));
  readonly #limit = element('div', { className: 'lim' }, element('span'));
  readonly #marks = element('div', { className: 'marks' });
  readonly #from = element('span');
  readonly #chart: Chart;
  readonly #showsMarkTexts: boolean;

  constructor(view: ChartView, now: string) {
    this.#chart = new Chart(
      300,
      110,
      view.lines.map(({ metric }) => metric),
    );
    this.#showsMarkTexts = view.id === 'processes';
    const legend = view.lines.flatMap(({ metric, label }) =>
      label === undefined ? [] : [legendOf(metric, label)],
    );
    const title = element('strong', { textContent: view.title });
    const heading = element(
      'figcaption',
      { className: 'hd' },
      title,
      ...legend,
      this.#note,
      this.#value,
    );
    const plot = element(
      'div',
      { className: 'plot' },
      this.#chart.node,
      ...this.#labels,
      this.#limit,
      this.#marks,
    );
    const axis = element(
      'div',
      { className: 'xax' },
      this.#from,
      element('span', { textContent: now }),
    );
    for (const hidden of [plot, axis]) hidden.setAttribute('aria-hidden', 'true');
    this.#labels.forEach((label, index) => (label.style.top = `${String(index * 50)}%`));
    this.node = element('figure', { className: `ch ${view.id}` }, heading, plot, axis);
  }

  draw(view: ChartView, points: readonly Point[], marks: readonly Mark[], frame: Frame): void {
    setText(this.#note, view.note ?? '');
    this.#note.title = view.note ?? '';
    setText(this.#value, view.value);
    this.#value.classList.toggle('hot', view.isHigh === true);
    this.#labels.forEach((label, index) => setText(label, view.labels[index] ?? ''));
    setText(this.#from, frame.from);
    this.#chart.draw(points, frame.times, { top: view.top });
    this.#drawLimit(view);
    this.#drawMarks(marks, frame.times);
  }

  /** An element and not a part of the drawing, because its label must not be stretched. */
  #drawLimit({ limit, top }: ChartView): void {
    this.#limit.hidden = limit === undefined;
    if (limit === undefined) return;
    this.#limit.style.top = `${String((1 - limit.value / top) * 100)}%`;
    const label = this.#limit.firstElementChild;
    if (label instanceof HTMLElement) setText(label, limit.text);
  }

  #drawMarks(marks: readonly Mark[], { now, span }: Times): void {
    const shown = marks.filter(({ at }) => at > now - span);
    while (this.#marks.childElementCount > shown.length) this.#marks.lastChild?.remove();
    for (const [index, { at, text }] of shown.entries()) {
      const line =
        this.#marks.children[index] ?? this.#marks.appendChild(element('div', { className: 'ev' }));
      if (!(line instanceof HTMLElement)) continue;
      const place = (at - (now - span)) / span;
      line.style.left = `${String(place * 100)}%`;
      line.classList.toggle('late', place > 0.6);
      if (this.#showsMarkTexts) setText(line, text);
    }
  }
}

function legendOf(metric: Metric, label: string): HTMLElement {
  const key = element('i', { className: metric });
  return element('span', { className: 'lg' }, key, document.createTextNode(label));
}

export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
