/** Names the limits of RUN instructions that this version of BuildKit would ignore. */
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildRequest } from '../../../../contract/build.ts';
import { givenLimits, isSupported, supportedSince } from '../build-limits.ts';
import type { GrpcClient } from './grpc/client.ts';
import { workersOf } from './workers.ts';

interface LimitedWork {
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
  readonly peer: {
    readonly hasClassicBuilder: boolean;
    /** The version of BuildKit if it does not report one. */
    readonly assumedVersion?: string;
  };
}

/** One warning for each version that is required. Rejects with GrpcError, or with the error of the connection. */
export async function limitWarnings(
  client: GrpcClient,
  { request, peer, signal }: LimitedWork,
): Promise<readonly BuildEvent[]> {
  const given = givenLimits(request);
  if (given.length === 0) return [];
  const workers = await workersOf(client, signal);
  const reported = workers.find((one) => one.version !== undefined)?.version;
  const version = reported ?? peer.assumedVersion;
  const ignored = given.filter((option) => !isSupported(option, version));
  return [...new Set(ignored.map((option) => supportedSince[option]))].map((since) => {
    const names = ignored.filter((option) => supportedSince[option] === since);
    const text = names.map((name) => `--${name}`).join(', ');
    return {
      kind: 'warning',
      text: peer.hasClassicBuilder
        ? t('No effect on this build: {0} (requires BuildKit {1}, or the classic builder with `DOCKER_BUILDKIT=0`)', text, since) // prettier-ignore
        : t('No effect on this build: {0} (requires BuildKit {1})', text, since),
    };
  });
}
