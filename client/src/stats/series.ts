/** What one container took over the last minutes. */
import type { Usage } from '../engine/usage.ts';
import type { Point } from './page.ts';

/** How much is kept and drawn, in milliseconds. */
export const span = 5 * 60_000;
/** Of the small drawings in the table. */
export const shortSpan = 60_000;

/** What it does in a second, from the last two measurements. */
export type Rates = Readonly<Record<'received' | 'sent' | 'read' | 'written', number>>;

export class Series {
  #points: Point[] = [];
  #latest: Usage | undefined;
  #rates: Rates | undefined;
  /** How many of the points have been handed out. */
  #told = 0;

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
    const before = this.#latest;
    // A clock that was put back would draw a line back in time.
    if (before !== undefined && usage.at <= before.at) {
      if (before.at - usage.at > span) this.#points = [];
      else return;
    }
    this.#rates = before && ratesBetween(before, usage);
    this.#latest = usage;
    const { received = null, sent = null, read = null, written = null } = this.#rates ?? {};
    this.#points.push([usage.at, usage.cpu, usage.memory, received, sent, read, written]);
    this.#forget(usage.at - span);
  }

  /** It does not run: what it takes is nothing, what it took stays drawn. */
  rest(): void {
    this.#latest = undefined;
    this.#rates = undefined;
  }

  /** The points since the last call, or all of them. */
  fresh(all: boolean): readonly Point[] {
    const points = this.#points.slice(all ? 0 : this.#told);
    this.#told = this.#points.length;
    return points;
  }

  #forget(until: number): void {
    const kept = this.#points.findIndex(([at]) => (at ?? 0) >= until);
    if (kept <= 0) return;
    this.#points.splice(0, kept);
    this.#told = Math.max(0, this.#told - kept);
  }
}

/** Undefined where it has started anew in between: its counts are smaller then. */
function ratesBetween(before: Usage, now: Usage): Rates | undefined {
  const seconds = (now.at - before.at) / 1000;
  const rate = (key: keyof Rates) => (now[key] - before[key]) / seconds;
  const rates = {
    received: rate('received'),
    sent: rate('sent'),
    read: rate('read'),
    written: rate('written'),
  };
  return Object.values(rates).every((one) => one >= 0) ? rates : undefined;
}
