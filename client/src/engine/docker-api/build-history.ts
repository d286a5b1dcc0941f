/** The builds of all programs on this engine. */
import type { BuildRecord } from '../../../../contract/build.ts';
import { buildxPaths } from '../docker-cli/buildx-refs.ts';
import { dialControl } from './dial-control.ts';
import { invalidResponseError, isAborted } from './engine-errors.ts';
import type { Peer, Wire } from './wire.ts';

/** Ends at once on engines without a history of builds, and on abort. Rejects with EngineError if the connection is lost. */
export async function* buildHistory(
  wire: Wire,
  peer: Peer,
  signal: AbortSignal,
): AsyncGenerator<BuildRecord, void, undefined> {
  if (isAborted(signal) || peer.podman || peer.windows) return;
  // Loaded before the connection is opened, which the engine closes if nothing is sent for some seconds.
  const { historyOver } = await import('../buildkit/buildkit.ts');
  const control = await dialControl(wire, signal).catch((error: unknown) => {
    if (isAborted(signal)) return undefined;
    throw error;
  });
  if (control === undefined) return;
  const historyPeer = {
    toError: (error: unknown) => wire.toError(error),
    invalidAnswer: (cause: unknown) =>
      invalidResponseError({ method: 'POST', path: '/grpc' }, wire.address, cause),
    silence: wire.limits.open.silence,
    pathsOf: (ref: string) => buildxPaths(ref),
  };
  yield* historyOver(control, historyPeer, signal);
}
