/** Converts the status messages of BuildKit to build events. */
import { StringDecoder } from 'node:string_decoder';
import type { BuildEvent, StepState } from '../../../../contract/build.ts';
import {
  decode,
  type Timestamp,
  type Vertex,
  type VertexLog,
  type VertexStatus,
  type VertexWarning,
} from './messages.ts';

type StepEvent = Extract<BuildEvent, { kind: 'step' }>;

/** Something that happened in a step, or in the build as a whole. */
interface Timed {
  readonly vertex: string;
  /** Milliseconds; undefined if BuildKit does not say. */
  readonly at: number | undefined;
  readonly events: readonly BuildEvent[];
}

/** Keeps what it has reported, because BuildKit repeats its status, and changes it: the last word about a step is right. */
export class Trace {
  readonly #steps = new Map<string, { readonly event: StepEvent; readonly startedAt: number }>();
  readonly #decoders = new Map<string, StringDecoder>();
  readonly #reported = new Set<string>();
  readonly #progress = new Map<string, string>();

  /**
   * The events of one message, in the order in which they happened: several short steps can start, print and end within one.
   * Throws InvalidAnswerError if the bytes are not a status.
   */
  events(message: Uint8Array): readonly BuildEvent[] {
    const { vertexes, statuses, logs, warnings } = decode('StatusResponse', message);
    const steps = vertexes.flatMap((vertex) => this.#step(vertex));
    return inOrder(
      steps.filter(isStart),
      [
        ...statuses.map((status) => timed(status, this.#part(status))),
        ...logs.map((log) => timed(log, this.#log(log))),
      ],
      steps.filter((step) => !isStart(step)),
    ).concat(warnings.flatMap((warning) => this.#warning(warning)));
  }

  /** The rest of outputs that end within a character, and the end of steps that the end of the build has stopped. */
  end(): readonly BuildEvent[] {
    const rests = [...this.#decoders].flatMap(([key, decoder]): readonly BuildEvent[] => {
      const text = decoder.end();
      return text === '' ? [] : [{ kind: 'log', ...keyParts(key), text }];
    });
    const stopped = this.steps.filter(({ state }) => state === 'running');
    return [...rests, ...stopped.map((step) => ({ ...step, state: 'canceled' }) as const)];
  }

  /** The last event of each step. */
  get steps(): readonly StepEvent[] {
    return [...this.#steps.values()].map(({ event }) => event);
  }

  #step(vertex: Vertex): readonly TimedStep[] {
    const state = stateOf(vertex);
    const { digest: id = '', name = '', started, completed, error = '', inputs } = vertex;
    const before = this.#steps.get(id);
    const startedAt = started ? milliseconds(started) : 0;
    if (state === undefined) return [];
    // Messages about the start can come again after the end; a step that has really started again has a later start.
    if (before && state === 'running' && startedAt <= before.startedAt) return [];
    const common = { kind: 'step', id, name, ...(inputs.length > 0 && { inputs }) } as const;
    const duration = started && completed && milliseconds(completed) - startedAt;
    const event: StepEvent = {
      ...common,
      state,
      ...(duration !== undefined && { duration: Math.max(0, Math.round(duration)) }),
      ...(error !== '' && { error }),
    };
    const { event: last } = before ?? {};
    if (last?.state === event.state && last.duration === event.duration && last.name === name)
      return [];
    this.#steps.set(id, { event, startedAt });
    // BuildKit reports a short step only when it has ended; the start is added here.
    const isUnstarted = before === undefined && (state === 'done' || state === 'failed');
    const start: StepEvent = { ...common, state: 'running' };
    return [
      ...(isUnstarted ? [{ at: startedAt, event: start }] : []),
      { at: completed ? milliseconds(completed) : startedAt, event },
    ];
  }

  #part({ ID = '', vertex = '', name = '', current = 0, total = 0, completed }: VertexStatus) {
    const action = name === '' ? ID : name;
    const done = completed !== undefined;
    const key = `${vertex} ${ID}`;
    const state = `${action} ${current} ${total} ${done}`;
    if (this.#progress.get(key) === state) return [];
    this.#progress.set(key, state);
    const item = { kind: 'progress', id: vertex, item: ID, action, current } as const;
    return [{ ...item, ...(total > 0 && { total }), done }] satisfies readonly BuildEvent[];
  }

  #log({ vertex = '', stream = 0, msg }: VertexLog): readonly BuildEvent[] {
    if (msg === undefined) return [];
    const key = `${stream} ${vertex}`;
    const decoder = this.#decoders.get(key) ?? new StringDecoder('utf8');
    this.#decoders.set(key, decoder);
    const text = decoder.write(Buffer.from(msg));
    return text === '' ? [] : [{ kind: 'log', ...keyParts(key), text }];
  }

  #warning({ short, url = '', ranges }: VertexWarning): readonly BuildEvent[] {
    const text = new TextDecoder().decode(short ?? new Uint8Array());
    const line = ranges[0]?.start?.line;
    const key = `${line ?? ''} ${text}`;
    if (this.#reported.has(key)) return [];
    this.#reported.add(key);
    return [
      { kind: 'warning', text, ...(line !== undefined && { line }), ...(url !== '' && { url }) },
    ];
  }
}

interface TimedStep {
  readonly at: number;
  readonly event: StepEvent;
}

function isStart({ event }: TimedStep): boolean {
  return event.state === 'running';
}

function timed(
  { vertex = '', timestamp }: Pick<VertexLog, 'vertex' | 'timestamp'>,
  events: readonly BuildEvent[],
): Timed {
  return { vertex, at: timestamp && milliseconds(timestamp), events };
}

/** By time; but a step starts before everything that it does, and ends after that, whatever the times say. */
function inOrder(
  starts: readonly TimedStep[],
  between: readonly Timed[],
  ends: readonly TimedStep[],
): readonly BuildEvent[] {
  /** The time of the last event of each step. */
  const latest = new Map(starts.map(({ event, at }) => [event.id, at]));
  const sorted = [...between].sort(({ at: one = 0 }, { at: other = 0 }) => one - other);
  const placed = sorted.map(({ vertex, at = 0, events }) => {
    const time = Math.max(at, latest.get(vertex) ?? 0);
    latest.set(vertex, time);
    return { at: time, events };
  });
  const ended = ends.map(({ event, at }) => ({
    at: Math.max(at, latest.get(event.id) ?? 0),
    events: [event],
  }));
  return [...starts.map(({ at, event }) => ({ at, events: [event] })), ...placed, ...ended]
    .sort((one, other) => one.at - other.at)
    .flatMap(({ events }): readonly BuildEvent[] => events);
}

/** The step and the stream of a key in `#decoders`. */
function keyParts(key: string): { readonly id: string; readonly stream?: 'stdout' | 'stderr' } {
  const space = key.indexOf(' ');
  const stream = key.slice(0, space);
  const id = key.slice(space + 1);
  return stream === '1' || stream === '2'
    ? { id, stream: stream === '1' ? 'stdout' : 'stderr' }
    : { id };
}

function stateOf({ started, completed, cached, error = '' }: Vertex): StepState | undefined {
  if (completed === undefined) return started === undefined ? undefined : 'running';
  if (error !== '') return /context canceled/.test(error) ? 'canceled' : 'failed';
  return cached === true ? 'cached' : 'done';
}

function milliseconds({ seconds = 0, nanos = 0 }: Timestamp): number {
  return seconds * 1000 + nanos / 1e6;
}
