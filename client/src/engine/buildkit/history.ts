/** The builds that BuildKit remembers, and those that run now, also of other programs. */
import type { Duplex } from 'node:stream';
import type { BuildEvent, BuildRecord } from '../../../../contract/build.ts';
import type { EngineError } from '../errors.ts';
import { failureOf } from './failure.ts';
import { grpcClient, isInvalidAnswer, type GrpcClient } from './grpc/client.ts';
import { codes, GrpcError, isGrpcError } from './grpc/status.ts';
import {
  decode,
  encode,
  type BuildHistoryRecord,
  type Descriptor,
  type Timestamp,
} from './messages.ts';
import { readProvenance } from './provenance.ts';
import { Trace } from './trace.ts';

/** What reading the history needs from the connection to the engine. */
export interface HistoryPeer {
  toError(error: unknown): Promise<EngineError>;
  invalidAnswer(cause: unknown): EngineError;
  readonly silence: number;
  /** The context and the Dockerfile of a build that buildx has started on this machine. */
  pathsOf(ref: string): Promise<BuildRecord['paths']>;
}

/** Builds that ended before are reported up to this number, the newest first. */
const mostRecent = 10;

/** Larger documents are not read. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Yields the last builds, and then each build when it starts and when it ends, until the signal is aborted. Ends at once on
 * engines without a history. Rejects with EngineError if the connection is lost.
 */
export async function* historyOver(
  control: Duplex,
  peer: HistoryPeer,
  signal: AbortSignal,
): AsyncGenerator<BuildRecord, void, undefined> {
  const client = grpcClient(control, peer.silence);
  try {
    const history = new History(client, peer, signal);
    // Builds that end while the earlier ones are read must not be missed.
    const live = history.live();
    let next = live.next();
    next.catch(() => undefined);
    for (const record of await history.recent()) yield await history.read(record);
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      yield await history.read(value);
      next = live.next();
    }
  } catch (error) {
    const isOver = signal.aborted || (isGrpcError(error) && error.code !== codes.unavailable);
    if (isOver) return;
    throw isInvalidAnswer(error) ? peer.invalidAnswer(error) : await peer.toError(error);
  } finally {
    client.close();
  }
}

class History {
  readonly #client: GrpcClient;
  readonly #peer: HistoryPeer;
  readonly #signal: AbortSignal;

  constructor(client: GrpcClient, peer: HistoryPeer, signal: AbortSignal) {
    this.#client = client;
    this.#peer = peer;
    this.#signal = signal;
  }

  async recent(): Promise<readonly BuildHistoryRecord[]> {
    const records: BuildHistoryRecord[] = [];
    for await (const record of this.#listen({ EarlyExit: true }))
      if (record.CompletedAt) records.push(record);
    const endOf = ({ CompletedAt }: BuildHistoryRecord): number => milliseconds(CompletedAt) ?? 0;
    return records.sort((one, other) => endOf(other) - endOf(one)).slice(0, mostRecent);
  }

  live(): AsyncGenerator<BuildHistoryRecord, void, undefined> {
    return this.#listen({ ActiveOnly: true });
  }

  /** The record with what is stored beside it. */
  async read(raw: BuildHistoryRecord): Promise<BuildRecord> {
    const { Ref: ref = '', FrontendAttrs: attributes, Exporters } = raw;
    const completedAt = milliseconds(raw.CompletedAt);
    const paths = await this.#peer.pathsOf(ref);
    const common = {
      ref,
      createdAt: milliseconds(raw.CreatedAt) ?? 0,
      attributes: harmless(attributes),
      argumentNames: Object.keys(attributes).flatMap(
        (key) => /^build-arg:(.+)/s.exec(key)?.[1] ?? [],
      ),
      tags: Exporters.flatMap(({ Attrs }) => (Attrs.name ?? '').split(',')).filter(
        (tag) => tag !== '',
      ),
      ...(paths && { paths }),
    };
    if (completedAt === undefined) return { ...common, state: 'started', events: [] };
    const trace = new Trace();
    const events = await this.#events(ref, trace);
    const provenance = await this.#provenance(raw);
    const failure = await this.#failure(raw, trace);
    const dockerfile = provenance.dockerfile ?? failure?.sources[0]?.text;
    return {
      ...common,
      state: 'completed',
      completedAt,
      events,
      ...provenance,
      ...(dockerfile !== undefined && { dockerfile }),
      ...(failure && { failure }),
    };
  }

  async *#listen(request: {
    readonly ActiveOnly?: boolean;
    readonly EarlyExit?: boolean;
  }): AsyncGenerator<BuildHistoryRecord, void, undefined> {
    const message = encode('BuildHistoryRequest', request);
    const path = '/moby.buildkit.v1.Control/ListenBuildHistory';
    for await (const bytes of this.#client.call({ path, message, signal: this.#signal })) {
      const { type = 0, record } = decode('BuildHistoryEvent', bytes);
      if (record && type !== deleted) yield record;
    }
  }

  /** BuildKit replays the whole build. Nothing if it is removed meanwhile. */
  async #events(Ref: string, trace: Trace): Promise<readonly BuildEvent[]> {
    const message = encode('StatusRequest', { Ref });
    const path = '/moby.buildkit.v1.Control/Status';
    const events: BuildEvent[] = [];
    try {
      for await (const bytes of this.#client.call({ path, message, signal: this.#signal }))
        events.push(...trace.events(bytes).filter(({ kind }) => kind !== 'progress'));
    } catch (error) {
      if (!isGrpcError(error)) throw error;
    }
    return [...events, ...trace.end()];
  }

  async #provenance({ Result }: BuildHistoryRecord) {
    const stored = Result?.Attestations.find(({ annotations }) =>
      /slsa\.dev\/provenance/.test(
        annotations['in-toto.io/predicate-type'] ?? 'slsa.dev/provenance',
      ),
    );
    return readProvenance(await this.#content(stored));
  }

  async #failure({ error, externalError }: BuildHistoryRecord, trace: Trace) {
    if (error === undefined) return undefined;
    const { code = codes.unknown, message = '' } = error;
    const details = await this.#content(externalError);
    return failureOf(
      new GrpcError(code, message, details.length > 0 ? details : undefined),
      trace.steps,
    );
  }

  /** Empty if it is not stored any more. */
  async #content(stored: Descriptor | undefined): Promise<Uint8Array> {
    const { digest = '', size = 0 } = stored ?? {};
    if (digest === '' || size > mostBytes) return Buffer.alloc(0);
    const message = encode('ReadContentRequest', { digest });
    const path = '/containerd.services.content.v1.Content/Read';
    const parts: Uint8Array[] = [];
    try {
      for await (const bytes of this.#client.call({ path, message, signal: this.#signal })) {
        const { data } = decode('ReadContentResponse', bytes);
        if (data) parts.push(data);
      }
    } catch (error) {
      if (!isGrpcError(error)) throw error;
      return Buffer.alloc(0);
    }
    return Buffer.concat(parts);
  }
}

/** The type of an event about a record that was removed. */
const deleted = 2;

function milliseconds(time: Timestamp | undefined): number | undefined {
  return time && Math.round((time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6);
}

const harmlessNames = /^(?:filename|target|platform|no-cache|vcs:.*)$/;

/** Values of arguments and labels can be secret, and addresses can contain a password. */
function harmless(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(attributes).filter(([name]) => harmlessNames.test(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, value.replace(/\/\/[^/@\s]*@/, '//')]),
  );
}
