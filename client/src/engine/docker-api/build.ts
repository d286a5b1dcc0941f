/** Builds images with BuildKit, or with the classic builder on engines without BuildKit. */
import type { BuildEvent, BuildRequest } from '../../../../contract/build.ts';
import { createContext } from '../build-context/context.ts';
import { credentialsAt } from '../docker-cli/credentials.ts';
import { classicEvents, commonEvents, rawLine } from './classic-builder.ts';
import { linesOf } from './requests.ts';
import type { Request } from './request.ts';
import type { Peer, Wire } from './wire.ts';
import { isEngineError } from '../errors.ts';
import { cancelledError, isAborted } from './engine-errors.ts';

export interface BuildWork {
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
}

export async function* build(
  wire: Wire,
  peer: Peer,
  work: BuildWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  if (isAborted(work.signal)) throw cancelledError();
  // Podman has a different API for its builder, and Windows engines do not have BuildKit.
  const classic = peer.podman || peer.windows;
  if (classic) yield* classicBuild(wire, work);
  else yield* buildKitBuild(wire, work);
  if (isAborted(work.signal)) throw cancelledError();
}

async function* buildKitBuild(
  wire: Wire,
  work: BuildWork,
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
    for await (const raw of linesOf(wire, await httpRequest(work, query), rawLine)) {
      if (raw.id === 'moby.buildkit.trace') yield* trace.events(raw.aux ?? '');
      else yield* commonEvents(raw);
    }
  } finally {
    session.close();
  }
}

async function* classicBuild(
  wire: Wire,
  work: BuildWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const request = await httpRequest(work, { rm: true, forcerm: true });
  yield* classicEvents(linesOf(wire, request, rawLine));
}

async function httpRequest(
  { request, signal }: BuildWork,
  extra: Request['query'],
): Promise<Request> {
  const { context, dockerfile, tags, target, buildArgs, platforms, noCache, pull, labels } =
    request;
  const local =
    context.kind === 'directory' ? await createContext(context.path, dockerfile) : undefined;
  const query = {
    dockerfile: local?.dockerfile ?? dockerfile,
    remote: context.kind === 'remote' ? context.address : undefined,
    t: tags,
    target,
    platform: platforms?.join(','),
    buildargs: buildArgs && JSON.stringify(buildArgs),
    labels: labels && JSON.stringify(labels),
    nocache: noCache === true ? true : undefined,
    pull: pull === true ? true : undefined,
    ...extra,
  };
  const body = local && { tar: local.tar };
  return { method: 'POST', path: '/build', query, ...body, signal, patience: 'open' };
}
