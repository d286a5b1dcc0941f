/** Decodes the status messages of BuildKit and converts them to build events. */
import { StringDecoder } from 'node:string_decoder';
import { t } from '@vscode/l10n';
import { parse } from 'protobufjs';
import type { BuildEvent } from '../../../../contract/build.ts';
import { EngineError } from '../errors.ts';

const status = parse(
  `syntax = "proto3";
  message StatusResponse {
    repeated Vertex vertexes = 1; repeated Log logs = 3; repeated Warning warnings = 4;
  }
  message Vertex {
    string digest = 1; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message Log { string vertex = 1; bytes msg = 4; }
  message Warning { string vertex = 1; bytes short = 3; repeated Range ranges = 7; }
  message Range { Position start = 1; }
  message Position { int32 line = 1; }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }`,
  { keepCase: true },
).root.lookupType('StatusResponse');

interface Timestamp {
  readonly seconds?: number;
  readonly nanos?: number;
}

/** Empty texts and bytes are absent. */
interface Vertex {
  readonly digest?: string;
  readonly name?: string;
  readonly cached?: boolean;
  readonly started?: Timestamp;
  readonly completed?: Timestamp;
  readonly error?: string;
}

interface Warning {
  readonly short?: Uint8Array;
  readonly ranges: readonly { readonly start?: { readonly line?: number } }[];
}

interface Status {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly { readonly vertex?: string; readonly msg?: Uint8Array }[];
  readonly warnings: readonly Warning[];
}

/** Keeps what it has reported, because BuildKit repeats its status. */
export class Trace {
  readonly #reported = new Map<string, string>();
  readonly #decoders = new Map<string, StringDecoder>();

  /** `aux` is the base64 of one message. Throws EngineError if it is not a status. */
  events(aux: string): readonly BuildEvent[] {
    const { vertexes, logs, warnings } = decode(aux);
    const steps = vertexes.flatMap((vertex) => this.#step(vertex));
    const logEvents = logs.flatMap(({ vertex = '', msg }) =>
      msg === undefined ? [] : [this.#log(vertex, msg)],
    );
    const warningEvents = warnings.flatMap((warning) => this.#warning(warning));
    // The output of a step comes before its end.
    const running = steps.filter((step) => step.kind === 'step' && step.state === 'running');
    return [
      ...running,
      ...logEvents,
      ...warningEvents,
      ...steps.filter((step) => !running.includes(step)),
    ];
  }

  #step(vertex: Vertex): readonly BuildEvent[] {
    const state = stateOf(vertex);
    const { digest: id = '', name = '', started, completed, error } = vertex;
    // BuildKit reports a short step only once, when it has ended; the start is added here.
    const endedUnreported = (state === 'done' || state === 'failed') && !this.#reported.has(id);
    if (state === undefined || !this.#isNew(id, state)) return [];
    const duration = started && completed && milliseconds(completed) - milliseconds(started);
    return [
      ...(endedUnreported ? [{ kind: 'step', id, name, state: 'running' } as const] : []),
      {
        kind: 'step',
        id,
        name,
        state,
        ...(duration !== undefined && { duration: Math.max(0, Math.round(duration)) }),
        ...(error !== undefined && error !== '' && { error }),
      },
    ];
  }

  #log(id: string, bytes: Uint8Array): BuildEvent {
    const decoder = this.#decoders.get(id) ?? new StringDecoder('utf8');
    this.#decoders.set(id, decoder);
    return { kind: 'log', id, text: decoder.write(Buffer.from(bytes)) };
  }

  #warning({ short, ranges }: Warning): readonly BuildEvent[] {
    const text = new TextDecoder().decode(short ?? new Uint8Array());
    const line = ranges[0]?.start?.line;
    if (!this.#isNew(`warning ${text} ${line ?? ''}`, 'reported')) return [];
    return [{ kind: 'warning', text, ...(line !== undefined && { line }) }];
  }

  /** A step can be started again after it was completed; this is not reported again. */
  #isNew(id: string, state: string): boolean {
    const before = this.#reported.get(id);
    if (before === state || (before !== undefined && state === 'running')) return false;
    this.#reported.set(id, state);
    return true;
  }
}

function decode(aux: string): Status {
  try {
    const message = status.decode(Buffer.from(aux, 'base64'));
    return status.toObject(message, { longs: Number, arrays: true }) as Status;
  } catch (error) {
    throw new EngineError('failed', t('BuildKit sent an invalid status message'), error);
  }
}

function stateOf({ started, completed, cached, error }: Vertex) {
  if (completed === undefined) return started === undefined ? undefined : 'running';
  if (error !== undefined && error !== '') return 'failed';
  return cached === true ? 'cached' : 'done';
}

function milliseconds({ seconds = 0, nanos = 0 }: Timestamp): number {
  return seconds * 1000 + nanos / 1e6;
}
