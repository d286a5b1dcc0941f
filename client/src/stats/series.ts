/** The measurements of a container in the last minutes. */
import type { Usage } from '../engine/usage.ts';
import type { Point } from './page.ts';

/** The longest time span that is kept and shown, in milliseconds. */
export const longestSpan = 5 * 60_000;
/** The time span that charts show at first. */
const shortestSpan = 10_000;

/** Rates per second, from the last two measurements. */
export type Rates = Readonly<Record<'received' | 'sent' | 'read' | 'written', number>>;

/** The time span of charts that begin with the first of these points; it grows until it is the longest one. */
export function spanOf(all: readonly Series[]): number {
  const times = all.flatMap(({ points }) =>
    [points[0]?.[0] ?? [], points.at(-1)?.[0] ?? []].flat(),
  );
  if (times.length === 0) return shortestSpan;
  const whole = Math.max(...times) - Math.min(...times);
  return Math.min(longestSpan, Math.max(shortestSpan, whole));
}

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
      if (previous.at - usage.at > longestSpan) this.#points = [];
      else return;
    }
    this.#rates = previous && ratesBetween(previous, usage);
    this.#latest = usage;
    const { received = null, sent = null, read = null, written = null } = this.#rates ?? {};
    const { at, cpu, memory, processes = null } = usage;
    this.#points.push([at, cpu, memory, received, sent, read, written, processes]);
    this.#dropBefore(at - longestSpan);
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
