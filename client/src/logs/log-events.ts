/** Distributes the engine's events to the containers whose logs are shown. */
import type { Container, Engine, EngineEvent } from '../engine/engine.ts';
import type { Lane, LaneEvent } from './lane.ts';

export interface LogEventsOptions {
  readonly engine: () => Promise<Engine>;
  readonly lanes: () => readonly Lane[];
  /** Another container was started that has no lane. */
  readonly onOther: (container: Container, time: number) => void;
  readonly onChange: () => void;
}

const firstWait = 500;
const longestWait = 5000;
/** Of past events, the engine remembers the last ones only, and answers at once. */
const pastLimit = 2000;

export class LogEvents {
  readonly #options: LogEventsOptions;

  constructor(options: LogEventsOptions) {
    this.#options = options;
  }

  /** What happened before, in the order of time; empty if the engine does not say. */
  async past(
    engine: Engine,
    until: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly [Lane, LaneEvent])[]> {
    const found: (readonly [Lane, LaneEvent])[] = [];
    const lanes = new Map(this.#options.lanes().map((lane) => [lane.container.id, lane]));
    const created = Math.min(...[...lanes.values()].map(({ container }) => container.createdAt.getTime())); // prettier-ignore
    const since = `${String(Math.max(0, created - 1000) || 0)}000000`;
    try {
      const either = AbortSignal.any([signal, AbortSignal.timeout(pastLimit)]);
      for await (const event of engine.events(either, since, until)) {
        const lane = lanes.get(event.id);
        const known = lane && event.objectType === 'container' ? laneEvent(lane, event) : undefined;
        if (lane !== undefined && known !== undefined) found.push([lane, known]);
      }
    } catch {
      // The log can be read without its past restarts.
    }
    for (const lane of lanes.values()) forgetReasons(lane);
    return found;
  }

  /** Follows the events until the signal is aborted, also over lost connections. */
  async follow(since: string, signal: AbortSignal): Promise<void> {
    let last = since;
    let wait = firstWait;
    while (!isAborted(signal)) {
      try {
        const engine = await this.#options.engine();
        const onTime = (time: string): void => {
          last = time;
          wait = firstWait;
        };
        await this.#read(engine, engine.events(signal, last), onTime);
      } catch {
        // Readers of the logs report a lost connection.
      }
      await pause(wait, signal);
      wait = Math.min(2 * wait, longestWait);
    }
  }

  /** Distributes events until they end; `onTime` receives the time of each. */
  async #read(
    engine: Engine,
    events: AsyncIterable<EngineEvent>,
    onTime: (time: string) => void,
  ): Promise<void> {
    for await (const event of events) {
      onTime(event.timeNano);
      if (event.objectType === 'container') await this.#onEvent(engine, event);
    }
  }

  async #onEvent(engine: Engine, event: EngineEvent): Promise<void> {
    const { lanes, onOther, onChange } = this.#options;
    const lane = lanes().find(({ container }) => container.id === event.id);
    if (lane !== undefined) {
      const known = laneEvent(lane, event);
      if (known?.kind === 'removal') lane.isRemoved = true;
      if (known !== undefined) lane.push(known);
      if (event.action === 'rename' && event.name !== undefined)
        lane.container = { ...lane.container, name: event.name };
      onChange();
      return;
    }
    if (event.action !== 'start') return;
    const all = await engine.containers().catch(() => []);
    const container = all.find(({ id }) => id === event.id);
    if (container === undefined) return;
    const time = timeOf(event);
    const replaced = lanes().find((one) => one.isRemoved && replaces(container, one.container));
    if (replaced === undefined) onOther(container, time);
    else {
      // Later events are those of the new container.
      replaced.former.push(replaced.container.id);
      replaced.container = container;
      replaced.isRemoved = false;
      replaced.push({ kind: 'replacement', time, container });
    }
  }
}

/** Whether a container takes the place of another one: the same name, or the same service of a compose project. */
function replaces(container: Container, other: Container): boolean {
  if (container.name === other.name) return true;
  const number = 'com.docker.compose.container-number';
  return (
    container.project !== undefined &&
    container.service !== undefined &&
    container.project === other.project &&
    container.service === other.service &&
    container.labels[number] === other.labels[number]
  );
}

/** Undefined for events that say nothing about the main process. */
function laneEvent(lane: Lane, event: EngineEvent): LaneEvent | undefined {
  const time = timeOf(event);
  switch (event.action) {
    case 'oom':
      lane.isOutOfMemory = true;
      return undefined;
    case 'kill':
      lane.signal = Number(event.signal) || undefined;
      return undefined;
    case 'die': {
      const { isOutOfMemory, signal } = lane;
      forgetReasons(lane);
      const code = event.exitCode ?? 0;
      return { kind: 'exit', time, code, isOutOfMemory, ...(signal !== undefined && { signal }) };
    }
    case 'start':
      forgetReasons(lane);
      return { kind: 'start', time };
    case 'destroy':
      return { kind: 'removal', time };
  }
  return undefined;
}

function forgetReasons(lane: Lane): void {
  lane.isOutOfMemory = false;
  lane.signal = undefined;
}

function timeOf({ timeNano }: EngineEvent): number {
  return Number(BigInt(timeNano) / 1_000_000n);
}

/** A function, because TypeScript assumes that `signal.aborted` does not change during an await. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
