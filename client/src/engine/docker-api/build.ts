/** Builds images with BuildKit, or with the classic builder on engines without BuildKit. */
import type { BuildEvent, BuildRequest } from '../../../../contract/build.ts';
import { buildKitOfApi } from '../build-limits.ts';
import type { BuildKitPeer } from '../buildkit/buildkit.ts';
import { credentialsAt } from '../docker-cli/credentials.ts';
import { withProxies } from '../docker-cli/proxies.ts';
import { classicBuild } from './classic-build.ts';
import { dial, dialControl } from './dial-control.ts';
import { cancelledError, invalidResponseError, isAborted, streamError } from './engine-errors.ts';
import { registryMethods } from './registry.ts';
import { storesSeveralPlatforms } from './system.ts';
import type { Peer, Wire } from './wire.ts';

export interface BuildWork {
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
}

export async function* build(
  wire: Wire,
  peer: Peer,
  work: BuildWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const { signal } = work;
  if (isAborted(signal)) throw cancelledError();
  const buildArgs = await withProxies(work.request.buildArgs, wire.address.url);
  const complete = { ...work, request: { ...work.request, ...(buildArgs && { buildArgs }) } };
  // Podman has a different API for its builder, and Windows engines do not have BuildKit. The module is loaded before the
  // connection is opened: the engine closes one that is silent for some seconds, which loading can take on a busy machine.
  const isClassic = peer.podman || peer.windows || work.request.classicBuilder === true;
  const buildKit = isClassic ? undefined : await import('../buildkit/buildkit.ts');
  const control = buildKit && (await dialControl(wire, signal));
  if (buildKit === undefined || control === undefined) yield* classicBuild(wire, complete);
  else yield* buildKit.buildOver(control, { ...complete, peer: buildKitPeer(wire, peer, signal) });
  if (isAborted(signal)) throw cancelledError();
}

/** The version of the engine's BuildKit; undefined if it has none or does not report it. Rejects with EngineError. */
export async function buildKitVersion(
  wire: Wire,
  peer: Peer,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (isAborted(signal)) throw cancelledError();
  const control = peer.podman || peer.windows ? undefined : await dialControl(wire, signal);
  if (control === undefined) return undefined;
  const { grpcClient, workersOf } = await import('../buildkit/buildkit.ts');
  const client = grpcClient(control, wire.limits.open.silence);
  try {
    const limit = AbortSignal.timeout(wire.limits.answer.silence);
    const workers = await workersOf(client, AbortSignal.any([signal, limit]));
    return workers.find(({ version }) => version !== undefined)?.version;
  } catch (error) {
    throw await wire.toError(error);
  } finally {
    client.close();
  }
}

function buildKitPeer(wire: Wire, peer: Peer, signal: AbortSignal): BuildKitPeer {
  const { push } = registryMethods(wire);
  return {
    dialSession: (headers) => dial(wire, { path: '/session', headers, signal }),
    credentials: (host) => credentialsAt(host),
    toError: (error) => wire.toError(error),
    invalidAnswer: (cause) =>
      invalidResponseError({ method: 'POST', path: '/grpc' }, wire.address, cause),
    refusal: (message) => streamError(message),
    silence: wire.limits.open.silence,
    push: (reference, stop) => push(reference, stop),
    // Since Docker 25.
    hasSeveralOutputs: Number(peer.api.split('.')[1]) >= 44,
    hasClassicBuilder: true,
    assumedVersion: buildKitOfApi(peer.api),
    storesSeveralPlatforms: () => storesSeveralPlatforms(wire),
  };
}
