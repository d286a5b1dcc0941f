/** Builds: through the engine's BuildKit where it has one, else by its classic builder. */
import { credentialsAt } from '../docker-cli/credentials.ts';
import { classicEvents, common, type RawLine } from './classic-builder.ts';
import type { Peer } from './wire.ts';
import { linesOf, type Request, type Wire } from './wire.ts';
import type { BuildEvent, BuildOptions } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import { cancelled, isAborted } from './engine-errors.ts';

export interface Work {
  readonly context: AsyncIterable<Uint8Array>;
  readonly options: BuildOptions;
  readonly signal: AbortSignal;
}

export async function* build(
  wire: Wire,
  peer: Peer,
  work: Work,
): AsyncGenerator<BuildEvent, void, undefined> {
  if (isAborted(work.signal)) throw cancelled();
  // Its builder is behind another door, and Windows has none.
  const classic = peer.podman || peer.windows;
  if (classic) yield* classicBuild(wire, work);
  else yield* modernBuild(wire, work);
  if (isAborted(work.signal)) throw cancelled();
}

async function* modernBuild(wire: Wire, work: Work): AsyncGenerator<BuildEvent, void, undefined> {
  const { openSession, Trace } = await import('../buildkit/buildkit.ts');
  const dial = (headers: NonNullable<Request['headers']>) =>
    wire.hijack({ method: 'POST', path: '/session', headers });
  const session = await openSession(dial, (host) => credentialsAt(host)).catch((error: unknown) => {
    // An engine from before BuildKit.
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
    for await (const line of linesOf(wire, request(work, query))) {
      const raw = JSON.parse(line) as RawLine;
      if (raw.id === 'moby.buildkit.trace') yield* trace.events(String(raw.aux));
      else yield* common(raw);
    }
  } finally {
    session.close();
  }
}

async function* classicBuild(wire: Wire, work: Work): AsyncGenerator<BuildEvent, void, undefined> {
  const lines = linesOf(wire, request(work, { rm: true, forcerm: true }));
  yield* classicEvents(rawLines(lines));
}

async function* rawLines(lines: AsyncIterable<string>): AsyncGenerator<RawLine> {
  for await (const line of lines) yield JSON.parse(line) as RawLine;
}

function request({ context, options, signal }: Work, more: Request['query']): Request {
  const { dockerfile, tags, target, buildArgs, platform, noCache, pull } = options;
  const query = {
    dockerfile,
    t: tags,
    target,
    platform,
    buildargs: buildArgs && JSON.stringify(buildArgs),
    nocache: noCache === true ? true : undefined,
    pull: pull === true ? true : undefined,
    ...more,
  };
  return { method: 'POST', path: '/build', query, tar: context, signal };
}
