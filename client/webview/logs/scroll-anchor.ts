/** The row at the top of a log, by its place: rows have different heights, and most of them do not exist as elements. */
export class ScrollAnchor {
  place = 0;
  /** How many pixels of the row are above the top, as a negative number. */
  offset = 0;

  /** Moves a row to the top. */
  set(place: number): void {
    this.place = place;
    this.offset = 0;
  }

  /** `lines`: rows of one line that are visible. */
  center(place: number, lines: number, first: number): void {
    const isVisible = place > this.place && place < this.place + lines - 2;
    if (!isVisible) this.set(Math.max(first, place - Math.floor(lines / 2)));
  }

  /** Moves no further than needed until the row is visible. */
  include(place: number, lines: number): void {
    if (place < this.place) this.set(place);
    else if (place > this.place + lines) this.set(place - lines + 1);
  }

  keepWithin(first: number, end: number): void {
    this.place = Math.max(first, Math.min(this.place, end - 1));
  }

  /** Takes the element that is at the top if all are moved by `top`; returns whether there is one. */
  take(elements: Iterable<Element>, top: number): boolean {
    for (const element of elements as Iterable<HTMLElement>) {
      if (element.offsetTop + element.offsetHeight + top <= 0) continue;
      this.place = Number(element.dataset.place);
      this.offset = element.offsetTop + top;
      return true;
    }
    return false;
  }
}

/** By how many pixels the rows are moved so that one of them is visible, from its beginning if it is higher than the list. */
export function topToShow(row: HTMLElement, top: number, height: number): number {
  const begin = row.offsetTop + top;
  if (begin < 0) return -row.offsetTop;
  const end = begin + row.offsetHeight;
  return end > height ? top - Math.min(end - height, begin) : top;
}
