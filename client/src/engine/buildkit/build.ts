/** Builds with BuildKit: starts the build, serves its session, and reports what happens. */
import { randomBytes } from 'node:crypto';
import { Readable, type Duplex } from 'node:stream';
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildFailure, BuildRequest } from '../../../../contract/build.ts';
import type { Credentials } from '../credentials.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { exportsOf, type Exports } from './exporters.ts';
import { failureOf } from './failure.ts';
import { frontendAttributes, toTyped } from './frontend-attributes.ts';
import { grpcClient, isInvalidAnswer, type GrpcClient } from './grpc/client.ts';
import { isGrpcError } from './grpc/status.ts';
import { decode, encode, type SolveRequest } from './messages.ts';
import { limitWarnings } from './limit-warnings.ts';
import { localCaches } from './local-caches.ts';
import { pushedEvents, type Push } from './push.ts';
import { SentCounter } from './sent.ts';
import { openSession, type Session, type SessionHeaders } from './session/session.ts';
import { sessionInputs } from './session-inputs.ts';
import { sharedKeyOf } from './shared-key.ts';
import { Trace } from './trace.ts';

/** What a build needs from the connection to the engine. */
export interface BuildKitPeer {
  /** Opens the session with these headers. */
  dialSession(headers: SessionHeaders): Promise<Duplex>;
  credentials(host: string): Promise<Credentials | undefined>;
  /** Converts an error of the connection. */
  toError(error: unknown): Promise<EngineError>;
  /** The error for something that is not an answer of BuildKit. */
  invalidAnswer(cause: unknown): EngineError;
  /** The error for the reason that BuildKit gives. */
  refusal(message: string): EngineError;
  /** Pushes what the outputs name after the build; absent if the builder pushes. */
  readonly push?: Push;
  /** Milliseconds without a byte until the connection is checked. */
  readonly silence: number;
  /** Whether a build can have several outputs; older engines use the first one only. */
  readonly hasSeveralOutputs: boolean;
  /** Whether the same engine can also build without BuildKit. */
  readonly hasClassicBuilder: boolean;
  /** The version of BuildKit if it does not report one. */
  readonly assumedVersion?: string;
  /** Whether the engine can store an image for several platforms. */
  storesSeveralPlatforms(): Promise<boolean>;
  /** Where the result goes, for builders without an image store; throws EngineError. */
  readonly exportsOf?: (request: BuildRequest, report: Report) => Exports;
  /** The image id in the engine, if it is not what the builder says. */
  readonly imageId?: (digest: string) => Promise<string>;
  /** Attributes that replace those of the request. */
  readonly frontendAttributes?: Readonly<Record<string, string>>;
}

export type Report = (event: BuildEvent) => unknown;

export interface BuildKitWork {
  readonly peer: BuildKitPeer;
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
}

/** Yields the events of one build over a connection to BuildKit's API, which is closed in the end. Rejects with EngineError. */
export async function* buildOver(
  control: Duplex,
  work: BuildKitWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  yield* buildWith(grpcClient(control, work.peer.silence), work);
}

/** The same with a client, which is closed in the end. */
export async function* buildWith(
  client: GrpcClient,
  work: BuildKitWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  work.signal.addEventListener('abort', abort, { once: true });
  if (work.signal.aborted) abort();
  // Everything is kept until it is read, also what was reported before an error.
  const events = new Readable({ objectMode: true, read: () => undefined });
  const build = new Build(client, { ...work, signal: stop.signal, abort }, (event) =>
    events.push(event),
  );
  let failure: unknown;
  const running = build
    .run()
    .catch((error: unknown) => (failure = error))
    .finally(() => events.push(null));
  try {
    yield* events as AsyncIterable<BuildEvent>;
  } finally {
    // Also if the reader stops before the end.
    abort();
    work.signal.removeEventListener('abort', abort);
    await running;
    client.close();
  }
  if (failure !== undefined) throw failure as EngineError;
}

/** Milliseconds after the last message until the status of a build that was refused is not waited for any more. */
const quietTime = 1000;
/** The same for a build that has run, whose status ends by itself. */
const endTime = 10_000;

interface AbortableWork extends BuildKitWork {
  /** Aborts the signal. */
  readonly abort: () => void;
}

class Build {
  readonly #client: GrpcClient;
  readonly #work: AbortableWork;
  readonly #report: Report;
  readonly #trace = new Trace();
  readonly #ref: string;
  /** A file of this machine that could not be read or written, which is the reason of whatever BuildKit reports. */
  #failure: EngineError | undefined;
  #lastStatusAt = performance.now();

  constructor(client: GrpcClient, work: AbortableWork, report: Report) {
    this.#client = client;
    this.#work = work;
    this.#report = report;
    this.#ref = work.request.ref ?? randomBytes(16).toString('hex');
  }

  async run(): Promise<void> {
    const { request, signal, peer } = this.#work;
    try {
      const exports = (peer.exportsOf ?? exportsOf)(request, this.#report);
      await this.#check(exports);
      for (const event of await limitWarnings(this.#client, this.#work)) this.#report(event);
      const response = await this.#solve(exports);
      await this.#reportImage(response);
      if (peer.push === undefined) return;
      for await (const event of pushedEvents(exports.pushed, peer.push, signal))
        this.#report(event);
    } catch (error) {
      if (this.#failure) this.#reportFailure({ message: this.#failure.message, sources: [] });
      else if (signal.aborted) throw new EngineError('cancelled', t('Cancelled'));
      throw this.#failure ?? (await this.#converted(error));
    }
  }

  /** Refuses what the engine would ignore, or refuse only after the whole build. */
  async #check({ exporters }: Exports): Promise<void> {
    const { peer, request } = this.#work;
    if (exporters.length > 1 && !peer.hasSeveralOutputs)
      throw new EngineError('failed', t('This engine supports only one output for a build'));
    const isStored = exporters.some(({ Type }) => Type === 'moby');
    const several = (request.platforms ?? []).length > 1;
    if (isStored && several && !(await peer.storesSeveralPlatforms()))
      throw new EngineError(
        'failed',
        t(
          'This engine cannot store an image for several platforms: build one platform, or enable the containerd image store',
        ),
      );
  }

  async #solve(exports: Exports): Promise<Readonly<Record<string, string>>> {
    const { peer, signal } = this.#work;
    const caches = await localCaches(this.#work.request, this.#report);
    const { request, stores } = caches;
    const inputs = await sessionInputs(request);
    const counter = new SentCounter(this.#report);
    const session = await openSession(
      {
        ...inputs,
        stores,
        sharedKey: sharedKeyOf(request, inputs),
        destinations: exports.destinations,
        credentials: (host) => peer.credentials(host),
        sent: (directory, bytes, isFileEnd) => counter.add(directory, bytes, isFileEnd),
        offered: (directory, bytes) => counter.offer(directory, bytes),
        requested: (directory, bytes) => counter.request(directory, bytes),
        finished: () => counter.end(),
        failed: (error) => {
          if (isEngineError(error)) this.#failure ??= error;
        },
      },
      (headers) => peer.dialSession(headers),
    );
    const stopStatus = new AbortController();
    const status = this.#followStatus(stopStatus.signal);
    try {
      const message = encode('SolveRequest', this.#solveRequest(session, exports, request));
      const path = '/moby.buildkit.v1.Control/Solve';
      let response: Readonly<Record<string, string>> = {};
      for await (const answer of this.#client.call({ path, message, signal }))
        response = decode('SolveResponse', answer).ExporterResponse;
      await this.#quiet(status, endTime);
      await caches.finish(response);
      return response;
    } catch (error) {
      // The last lines of the failed step arrive with the status.
      const hasRun = this.#trace.steps.length > 0;
      if (isGrpcError(error) && !signal.aborted)
        await this.#quiet(status, hasRun ? endTime : quietTime);
      throw error;
    } finally {
      stopStatus.abort();
      session.close();
      counter.end();
      for (const event of this.#trace.end()) this.#report(event);
    }
  }

  #solveRequest({ id }: Session, { exporters }: Exports, request: BuildRequest): SolveRequest {
    const { peer } = this.#work;
    const [first] = exporters;
    return {
      Ref: this.#ref,
      Session: id,
      Frontend: 'dockerfile.v0',
      FrontendAttrs: { ...frontendAttributes(request), ...peer.frontendAttributes },
      // Older engines read this, newer ones the list.
      Exporter: first?.Type ?? '',
      ExporterAttrs: first?.Attrs ?? {},
      Exporters: exporters,
      Cache: {
        Exports: (request.cacheTo ?? []).map(toTyped),
        Imports: (request.cacheFrom ?? []).map(toTyped),
      },
      Entitlements: request.network === 'host' ? ['network.host'] : [],
    };
  }

  /** Never rejects: a build that fails says so itself. */
  async #followStatus(signal: AbortSignal): Promise<void> {
    const message = encode('StatusRequest', { Ref: this.#ref });
    const path = '/moby.buildkit.v1.Control/Status';
    try {
      for await (const one of this.#client.call({ path, message, signal })) {
        this.#lastStatusAt = performance.now();
        for (const event of this.#trace.events(one)) this.#report(event);
      }
    } catch (error) {
      if (!isInvalidAnswer(error)) return;
      this.#failure ??= this.#work.peer.invalidAnswer(error);
      this.#work.abort();
    }
  }

  /** Resolves when the status has ended, or when nothing has arrived for some milliseconds. */
  async #quiet(status: Promise<void>, limit: number): Promise<void> {
    const ended = status.then(() => true);
    this.#lastStatusAt = performance.now();
    for (let left = limit; left > 0; left = this.#lastStatusAt + limit - performance.now()) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), left);
      });
      const hasEnded = await Promise.race([ended, late]);
      clearTimeout(timer);
      if (hasEnded) return;
    }
  }

  async #reportImage(response: Readonly<Record<string, string>>): Promise<void> {
    const digest = response['containerimage.digest'];
    if (digest === undefined) return;
    const id = (await this.#work.peer.imageId?.(digest)) ?? digest;
    this.#report({ kind: 'image', id, metadata: response, ref: this.#ref });
  }

  /** The error that the reader gets; the reason is reported first. */
  async #converted(error: unknown): Promise<EngineError> {
    if (isGrpcError(error)) {
      const failure = failureOf(error, this.#trace.steps);
      this.#reportFailure(failure);
      return this.#work.peer.refusal(failure.message);
    }
    if (isEngineError(error)) return error;
    return isInvalidAnswer(error)
      ? this.#work.peer.invalidAnswer(error)
      : this.#work.peer.toError(error);
  }

  #reportFailure(failure: BuildFailure): void {
    this.#report({ kind: 'failed', failure, ref: this.#ref });
  }
}
