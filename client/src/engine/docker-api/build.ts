/** Builds images with BuildKit, or with the classic builder on engines without BuildKit. */
import { credentialsAt } from '../docker-cli/credentials.ts';
import { classicEvents, commonEvents, rawLine } from './classic-builder.ts';
import { linesOf } from './requests.ts';
import type { Request } from './request.ts';
import type { Peer, Wire } from './wire.ts';
import type { BuildEvent, BuildOptions } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { cancelledError, isAborted } from './engine-errors.ts';

export interface BuildRequest {
  readonly context: AsyncIterable<Uint8Array>;
  readonly options: BuildOptions;
  readonly signal: AbortSignal;
}

export async function* build(
  wire: Wire,
  peer: Peer,
  buildRequest: BuildRequest,
): AsyncGenerator<BuildEvent, void, undefined> {
  if (isAborted(buildRequest.signal)) throw cancelledError();
  // Podman has a different API for its builder, and Windows engines do not have BuildKit.
  const classic = peer.podman || peer.windows;
  if (classic) yield* classicBuild(wire, buildRequest);
  else yield* buildKitBuild(wire, buildRequest);
  if (isAborted(buildRequest.signal)) throw cancelledError();
}

async function* buildKitBuild(
  wire: Wire,
  work: BuildRequest,
): AsyncGenerator<BuildEvent, void, undefined> {
  const { openSession, Trace } = await import('../buildkit/buildkit.ts');
  const dial = (headers: NonNullable<Request['headers']>) =>
    wire.hijack({ method: 'POST', path: '/session', headers });
  const session = await openSession(dial, (host) => credentialsAt(host)).catch((error: unknown) => {
    // The engine is older than BuildKit.
    if (isEngineError(error) && error.kind === 'missing') return undefined;
    throw error;
  });
  if (session === undefined) {
    yield* classicBuild(wire, work);
    return;
  }
  const trace = new Trace();
  try {
    const query = { version: '2', session: session.id };
    for await (const raw of linesOf(wire, request(work, query), rawLine)) {
      if (raw.id === 'moby.buildkit.trace') yield* trace.events(raw.aux ?? '');
      else yield* commonEvents(raw);
    }
  } finally {
    session.close();
  }
}

async function* classicBuild(
  wire: Wire,
  work: BuildRequest,
): AsyncGenerator<BuildEvent, void, undefined> {
  yield* classicEvents(linesOf(wire, request(work, { rm: true, forcerm: true }), rawLine));
}

function request({ context, options, signal }: BuildRequest, extra: Request['query']): Request {
  const { dockerfile, tags, target, buildArgs, platform, noCache, pull } = options;
  const query = {
    dockerfile,
    t: tags,
    target,
    platform,
    buildargs: buildArgs && JSON.stringify(buildArgs),
    nocache: noCache === true ? true : undefined,
    pull: pull === true ? true : undefined,
    ...extra,
  };
  return { method: 'POST', path: '/build', query, tar: context, signal, patience: 'open' };
}
