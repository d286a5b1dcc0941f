/** What happens to a container after its log has ended: how it exited, and whether it is started or created again. */
import type { ContainerDetails } from '../engine/details.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { Lane, LaneEvent } from './lane.ts';
import { isAborted, pause } from './log-events.ts';
import { exitMarker, removalMarker, startMarker, type Marker } from './markers.ts';

export interface LaneEndsOptions {
  readonly mark: (lane: Lane, marker: Marker) => void;
  /** No more lines come until the container is started. */
  readonly onEnd: () => void;
  readonly onChange: () => void;
}

/** How long the event of an exit can come after the end of the log, in milliseconds. */
const eventDelay = 2000;
/** Before the log of a container that runs is opened again. */
const openDelay = 500;

export class LaneEnds {
  readonly #options: LaneEndsOptions;

  constructor(options: LaneEndsOptions) {
    this.#options = options;
  }

  /** Waits until a container whose log has ended runs again; resolves to whether it does. */
  async untilStarted(lane: Lane, engine: Engine, signal: AbortSignal): Promise<boolean> {
    let patience = eventDelay;
    // Of a container that did not run when the view was opened, events can be out of date.
    if (!lane.isUp && lane.endedAt === undefined) {
      if (await this.#compare(lane, engine)) return true;
      patience = Infinity;
    }
    while (!isAborted(signal)) {
      const event = await lane.next(patience, signal);
      if (isAborted(signal)) return false;
      if (event === undefined) {
        const isRunning = await this.#compare(lane, engine);
        if (isRunning) {
          await pause(openDelay, signal);
          return !isAborted(signal);
        }
      } else if (await this.#apply(lane, engine, event)) return true;
      patience = lane.isUp ? eventDelay : Infinity;
    }
    return false;
  }

  /** Compares a container whose log has ended with the engine; resolves to whether it runs. */
  async #compare(lane: Lane, engine: Engine): Promise<boolean> {
    const details = await engine.inspect('container', lane.container.id).catch((error: unknown) => {
      if (isEngineError(error) && error.kind === 'missing') return undefined;
      throw error;
    });
    if (details?.running === true) return true;
    const { mark, onEnd, onChange } = this.#options;
    lane.isUp = false;
    onEnd();
    if (details === undefined) this.#remove(lane, Date.now());
    else if (details.finishedAt !== undefined) {
      const { exitCode: code, outOfMemory: isOutOfMemory } = details;
      const exit = { time: details.finishedAt.getTime(), code, isOutOfMemory };
      lane.exitCode = code;
      lane.endedAt = exit.time;
      mark(lane, exitMarker(lane.name, exit, { details, startedAt: details.startedAt?.getTime() })); // prettier-ignore
    }
    onChange();
    return false;
  }

  /** Marks an event; resolves to whether the container has been started. */
  async #apply(lane: Lane, engine: Engine, event: LaneEvent): Promise<boolean> {
    const { mark, onChange } = this.#options;
    const { name } = lane;
    const { id } = lane.container;
    const { time } = event;
    const inspect = (): Promise<ContainerDetails | undefined> =>
      engine.inspect('container', id).catch(() => undefined);
    switch (event.kind) {
      case 'exit': {
        if (!lane.isUp) return false;
        const details = await inspect();
        lane.isUp = false;
        lane.endedAt = time;
        lane.exitCode = event.code;
        const isOutOfMemory = event.isOutOfMemory || (details?.running === false && details.outOfMemory); // prettier-ignore
        const startedAt = details?.running === false ? details.startedAt?.getTime() : lane.startedAt; // prettier-ignore
        mark(lane, exitMarker(name, { ...event, isOutOfMemory }, { details, startedAt }));
        break;
      }
      case 'start': {
        if (lane.isUp || time <= (lane.endedAt ?? 0)) return false;
        const kind = lane.wasStarted ? 'restarted' : 'started';
        Object.assign(lane, { isUp: true, wasStarted: true, startedAt: time, exitCode: undefined });
        mark(lane, startMarker(name, time, { details: await inspect(), kind }));
        break;
      }
      case 'removal':
        this.#remove(lane, time);
        break;
      case 'replacement':
        lane.position.reset();
        Object.assign(lane, {
          isUp: true,
          isGone: false,
          wasStarted: true,
          startedAt: time,
          exitCode: undefined,
        });
        mark(lane, startMarker(name, time, { details: await inspect(), kind: 'recreated' }));
    }
    onChange();
    return lane.isUp;
  }

  #remove(lane: Lane, time: number): void {
    lane.isUp = false;
    lane.isRemoved = true;
    if (!lane.isGone) this.#options.mark(lane, removalMarker(lane.name, time));
    lane.isGone = true;
  }
}
