/** The measurements of a container in the last minutes. */
import type { Usage } from '../engine/usage.ts';
import type { Point } from './page.ts';

/** Time span that is kept and shown in the large charts, in milliseconds. */
export const span = 5 * 60_000;
/** Time span of the small charts in the table, in milliseconds. */
export const shortSpan = 60_000;

/** Rates per second, from the last two measurements. */
export type Rates = Readonly<Record<'received' | 'sent' | 'read' | 'written', number>>;

export class Series {
  #points: Point[] = [];
  #latest: Usage | undefined;
  #rates: Rates | undefined;
  /** Number of points that were already sent. */
  #sentCount = 0;

  get latest(): Usage | undefined {
    return this.#latest;
  }

  get rates(): Rates | undefined {
    return this.#rates;
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  add(usage: Usage): void {
    const previous = this.#latest;
    // If the clock was set back, the line of the chart would go backwards.
    if (previous !== undefined && usage.at <= previous.at) {
      if (previous.at - usage.at > span) this.#points = [];
      else return;
    }
    this.#rates = previous && ratesBetween(previous, usage);
    this.#latest = usage;
    const { received = null, sent = null, read = null, written = null } = this.#rates ?? {};
    this.#points.push([usage.at, usage.cpu, usage.memory, received, sent, read, written]);
    this.#dropBefore(usage.at - span);
  }

  /** Called when the container does not run: it has no current usage, but its points are kept. */
  stop(): void {
    this.#latest = undefined;
    this.#rates = undefined;
  }

  /** Returns the points since the last call, or all points. */
  takeNewPoints(all: boolean): readonly Point[] {
    const points = this.#points.slice(all ? 0 : this.#sentCount);
    this.#sentCount = this.#points.length;
    return points;
  }

  #dropBefore(time: number): void {
    const kept = this.#points.findIndex(([at]) => (at ?? 0) >= time);
    if (kept <= 0) return;
    this.#points.splice(0, kept);
    this.#sentCount = Math.max(0, this.#sentCount - kept);
  }
}

/** Undefined if the container was restarted in between, which resets its counters. */
function ratesBetween(previous: Usage, current: Usage): Rates | undefined {
  const seconds = (current.at - previous.at) / 1000;
  const rate = (key: keyof Rates) => (current[key] - previous[key]) / seconds;
  const rates = {
    received: rate('received'),
    sent: rate('sent'),
    read: rate('read'),
    written: rate('written'),
  };
  return Object.values(rates).every((one) => one >= 0) ? rates : undefined;
}
