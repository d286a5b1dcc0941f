/** The workers of BuildKit: the first question to a builder, which shows that it responds and what it can build. */
import type { GrpcClient } from './grpc/client.ts';
import { decode, encode } from './messages.ts';

export interface Worker {
  /** `linux/arm64`, also those that run under emulation. */
  readonly platforms: readonly string[];
  /** `0.17.3`; absent for older versions and for BuildKit in an engine. */
  readonly version?: string;
}

/** Rejects with GrpcError, or with the error of the connection. */
export async function workersOf(
  client: GrpcClient,
  signal: AbortSignal,
): Promise<readonly Worker[]> {
  const path = '/moby.buildkit.v1.Control/ListWorkers';
  const workers: Worker[] = [];
  for await (const answer of client.call({ path, message: encode('Empty', {}), signal }))
    for (const { platforms, BuildkitVersion } of decode('ListWorkersResponse', answer).record) {
      const version = /^v?(\d+\.\d+\.\d+)/.exec(BuildkitVersion?.version ?? '')?.[1];
      const isKnown = version !== undefined && version !== '0.0.0';
      workers.push({
        platforms: platforms.map(({ OS = '', Architecture = '', Variant = '' }) =>
          [OS, Architecture, ...(Variant === '' ? [] : [Variant])].join('/'),
        ),
        ...(isKnown && { version }),
      });
    }
  return workers;
}
