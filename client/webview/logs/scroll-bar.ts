/** The scroll bar of a log, with the places of errors and matches. */
import { element } from '../elements.ts';

/** Pixels. */
const smallestThumb = 24;
/** As in the style sheet. */
const markHeight = 3;

export class ScrollBar {
  readonly node = element('div', { className: 'sb' });
  readonly #thumb = element('i', { className: 'th' });
  readonly #marks = element('span');
  readonly #onMove: (fraction: number) => void;
  /** Where in the thumb it was taken, in pixels. */
  #grip: number | undefined;
  #drawn = '';

  /** `onMove` receives the part of the list above the top; 1 for its end. */
  constructor(onMove: (fraction: number) => void) {
    this.#onMove = onMove;
    // The list is moved by keyboard.
    this.node.setAttribute('aria-hidden', 'true');
    this.node.append(this.#marks, this.#thumb);
    this.node.addEventListener('pointerdown', (event) => {
      this.node.setPointerCapture(event.pointerId);
      const { top, height } = this.#thumb.getBoundingClientRect();
      const isThumb = event.clientY >= top && event.clientY < top + height;
      this.#grip = isThumb ? event.clientY - top : height / 2;
      this.#move(event);
      event.preventDefault();
    });
    this.node.addEventListener('pointermove', (event) => this.#move(event));
    this.node.addEventListener('pointerup', () => (this.#grip = undefined));
  }

  /** `from` and `size`: parts of the list. `isEnd`: the end is shown. */
  setThumb(from: number, size: number, isEnd: boolean): void {
    const { clientHeight } = this.node;
    this.#thumb.hidden = size >= 1;
    const height = Math.max(smallestThumb, Math.min(1, size) * clientHeight);
    const room = clientHeight - height;
    const scale = Math.max(1e-9, 1 - Math.min(1, size));
    const top = isEnd ? room : Math.min(room, (from / scale) * room);
    this.#thumb.style.height = `${height}px`;
    this.#thumb.style.top = `${top}px`;
  }

  /** Places in thousandths of the list. */
  setMarks(errors: readonly number[], matches: readonly number[]): void {
    const key = JSON.stringify([errors, matches]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    const mark =
      (className: string) =>
      ([from, to]: readonly [number, number]) => {
        const created = element('i', { className });
        created.style.top = `${from / 10}%`;
        if (to > from) created.style.height = `calc(${(to - from) / 10}% + ${markHeight}px)`;
        return created;
      };
    const runs = [...runsOf(errors).map(mark('e')), ...runsOf(matches).map(mark('m'))];
    this.#marks.replaceChildren(...runs);
  }

  #move({ clientY }: PointerEvent): void {
    if (this.#grip === undefined) return;
    const { top, height } = this.node.getBoundingClientRect();
    const room = height - this.#thumb.offsetHeight;
    if (room > 0) this.#onMove(Math.max(0, Math.min(1, (clientY - this.#grip - top) / room)));
  }
}

/** The first and the last of places that follow each other, in ascending order: their marks would cover each other. */
export function runsOf(places: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const place of [...places].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && place - last[1] <= 1) last[1] = place;
    else runs.push([place, place]);
  }
  return runs;
}
