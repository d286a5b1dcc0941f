/** Exits and restarts that happened before the log was opened; each is shown between the lines that were written around it. */
import type { LogBatch } from '../engine/log-batch.ts';
import type { Lane, LaneEvent } from './lane.ts';
import { exitMarker, startMarker, type Marker } from './markers.ts';

interface PastMarker {
  readonly lane: Lane;
  readonly marker: Marker;
  /** Lines from this time on come after it, in milliseconds. */
  readonly at: number;
}

export class PastMarkers {
  #markers: PastMarker[];
  #hasLines = false;

  /** From events in the order of time. */
  constructor(events: readonly (readonly [Lane, LaneEvent])[]) {
    const started = new Map<Lane, number>();
    const exits = new Map<Lane, number>();
    const markers: (PastMarker & { readonly kind: LaneEvent['kind'] })[] = [];
    for (const [lane, event] of events) {
      const { name } = lane;
      if (event.kind === 'exit') {
        const marker = exitMarker(name, event, { startedAt: started.get(lane) });
        markers.push({ lane, marker, at: event.time, kind: event.kind });
        exits.set(lane, event.time);
      } else if (event.kind === 'start') {
        started.set(lane, event.time);
        lane.startedAt = event.time;
        // The first start is where the log begins. The engine reports a start after the process has begun to write.
        const at = exits.get(lane);
        const marker = startMarker(name, event.time, { kind: 'restarted' });
        if (at !== undefined) markers.push({ lane, marker, at, kind: event.kind });
      }
    }
    // The last exit of a stopped container is marked at the end of its log, with more details.
    this.#markers = markers.filter(({ lane, kind }, index) => lane.isUp || kind !== 'exit' || markers.slice(index + 1).some((later) => later.lane === lane)); // prettier-ignore
  }

  /** The next marker that belongs before a line of the batch, and the index of the line. */
  before(
    batch: LogBatch,
    from: number,
    to: number,
  ): (PastMarker & { readonly line: number }) | undefined {
    if (this.#markers.length === 0 || from >= to) return undefined;
    if (!this.#hasLines) {
      this.#hasLines = true;
      const first = millisecondsOf(batch, from);
      this.#markers = this.#markers.filter(({ at }) => at >= first);
    }
    const [next] = this.#markers;
    if (next === undefined || millisecondsOf(batch, to - 1) < next.at) return undefined;
    let line = from;
    while (line < to && millisecondsOf(batch, line) < next.at) line += 1;
    if (line === to) return undefined;
    this.#markers.shift();
    return { ...next, line };
  }

  /** The markers after the last line. */
  rest(): readonly PastMarker[] {
    return this.#hasLines ? this.#markers.splice(0) : [];
  }
}

function millisecondsOf({ seconds, nanoseconds }: LogBatch, line: number): number {
  return (seconds[line] ?? 0) * 1000 + (nanoseconds[line] ?? 0) / 1e6;
}
