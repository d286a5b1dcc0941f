/** Exits and restarts that happened before the log was opened; each is shown between the lines that were written around it. */
import type { LogBatch } from '../engine/log-batch.ts';
import type { Lane, LaneEvent } from './lane.ts';
import { exitMarker, startMarker, type Marker } from './markers.ts';

interface PastMarker {
  readonly lane: Lane;
  readonly marker: Marker;
}

export class PastMarkers {
  #markers: PastMarker[];
  #hasLines = false;

  /** From events in the order of time. */
  constructor(events: readonly (readonly [Lane, LaneEvent])[]) {
    const started = new Map<Lane, number>();
    const seen = new Set<Lane>();
    const markers: (PastMarker & { readonly kind: LaneEvent['kind'] })[] = [];
    for (const [lane, event] of events) {
      const { name } = lane;
      if (event.kind === 'exit') {
        const marker = exitMarker(name, event, { startedAt: started.get(lane) });
        markers.push({ lane, marker, kind: event.kind });
        seen.add(lane);
      } else if (event.kind === 'start') {
        started.set(lane, event.time);
        lane.startedAt = event.time;
        // The first start is where the log begins.
        if (seen.has(lane)) markers.push({ lane, marker: startMarker(name, event.time, { kind: 'restarted' }), kind: event.kind }); // prettier-ignore
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
      this.#markers = this.#markers.filter(({ marker }) => marker.time >= first);
    }
    const [next] = this.#markers;
    if (next === undefined || millisecondsOf(batch, to - 1) < next.marker.time) return undefined;
    let line = from;
    while (line < to && millisecondsOf(batch, line) < next.marker.time) line += 1;
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
