/** Reads the time before an entry of a log, `2026-01-02T03:04:05.123456789Z` or with a time zone, without creating strings. */
import type { LogTime } from '../log-batch.ts';

/** `2026-01-02T03:04:05` */
const secondsLength = 19;
/** `2026-01-02T03:04:05Z ` */
const shortest = secondsLength + 2;
const zero = 48;
const space = 32;

export class TimeReader implements LogTime {
  seconds = 0;
  nanoseconds = 0;
  /** The date and time up to the second that was read last, since the next line usually has the same. */
  readonly #last = Buffer.alloc(secondsLength);
  #lastSeconds = 0;

  /**
   * Reads the time at `start`, and returns where the text begins. If there is no time, the text begins at `start` and the time
   * stays that of the entry before.
   */
  read(bytes: Buffer, start: number, end: number): number {
    if (end - start < shortest || !hasForm(bytes, start)) return start;
    let at = start + secondsLength;
    let nanoseconds = 0;
    if (bytes[at] === 46 /* . */) {
      let unit = 100_000_000;
      for (at += 1; at < end; at += 1, unit /= 10) {
        const digit = (bytes[at] ?? 0) - zero;
        if (digit < 0 || digit > 9) break;
        if (unit >= 1) nanoseconds += digit * unit;
      }
    }
    let offset = 0;
    if (bytes[at] === 90 /* Z */) at += 1;
    else {
      const zone = zoneOf(bytes, at, end);
      if (zone === undefined) return start;
      offset = zone;
      at += 6;
    }
    if (bytes[at] !== space) return start;
    if (bytes.compare(this.#last, 0, secondsLength, start, start + secondsLength) !== 0) {
      const written = Date.parse(`${bytes.toString('latin1', start, start + secondsLength)}Z`);
      if (Number.isNaN(written)) return start;
      bytes.copy(this.#last, 0, start, start + secondsLength);
      this.#lastSeconds = written / 1000;
    }
    this.seconds = Math.max(0, this.#lastSeconds - offset);
    this.nanoseconds = nanoseconds;
    return at + 1;
  }
}

/** Whether the separators are in their places. */
function hasForm(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 4] === 45 && bytes[at + 7] === 45 && bytes[at + 10] === 84 && bytes[at + 13] === 58 && bytes[at + 16] === 58 // prettier-ignore
  );
}

/** The offset in `+01:00`, in seconds. */
function zoneOf(bytes: Buffer, at: number, end: number): number | undefined {
  if (end - at < 7) return undefined;
  const found = /^([+-])(\d\d):(\d\d)$/.exec(bytes.toString('latin1', at, at + 6));
  if (found === null) return undefined;
  const size = Number(found[2]) * 3600 + Number(found[3]) * 60;
  return found[1] === '-' ? -size : size;
}
