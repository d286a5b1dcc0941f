/** Builds with another builder than the engine itself: the engine of another context, or a builder of docker buildx. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { t } from '@vscode/l10n';
import type { BuildEvent, BuildRequest } from '../../../../contract/build.ts';
import {
  buildWith,
  builderExportsOf,
  grpcClient,
  isGrpcError,
  isInvalidAnswer,
  sessionOver,
  workersOf,
  type BuildKitPeer,
  type GrpcClient,
  type Worker,
} from '../buildkit/buildkit.ts';
import { findAddress } from '../docker-cli/address-lookup.ts';
import type { BuildxBuilder, BuildxNode } from '../docker-cli/buildx-store.ts';
import { currentEnvironment, type Environment } from '../docker-cli/config-file.ts';
import { credentialsAt } from '../docker-cli/credentials.ts';
import { withProxies } from '../docker-cli/proxies.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { openSocket } from '../transport/http2-socket.ts';
import { containerOf, openContainer, startContainer } from './containers.ts';
import { endpointOf } from './endpoint.ts';
import {
  connectionError,
  failed,
  lostError,
  notBuildKitError,
  silentError,
  unavailableError,
  type NamedBuilder,
} from './errors.ts';
import { findBuilder } from './find.ts';
import type { BuilderHost, ConnectedEngine } from './host.ts';
import { openPod } from './kubernetes.ts';
import { Loader } from './loader.ts';
import { nodeFor } from './nodes.ts';

export type { BuilderHost, ConnectedEngine } from './host.ts';

export interface BuilderWork {
  readonly request: BuildRequest;
  readonly signal: AbortSignal;
  readonly host: BuilderHost;
  readonly environment?: Environment;
}

/** Builds with the builder that the request names. Rejects with EngineError. */
export async function* buildElsewhere(
  work: BuilderWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const { request, signal, host, environment = currentEnvironment() } = work;
  const { builder: name = '', ...rest } = request;
  const found = await findBuilder(name, environment, host.address);
  if (found === undefined) yield* host.engine.build(rest, signal);
  else if (found.kind === 'context') {
    // As with the docker CLI, the image is then in the engine that built it.
    const { engine } = await connectContext(found.name, host, environment);
    yield* engine.build(rest, signal);
  } else yield* buildxBuild(found.builder, { ...work, request: rest, environment });
}

async function connectContext(
  name: string,
  host: BuilderHost,
  environment: Environment,
): Promise<ConnectedEngine> {
  try {
    return await host.connect(await findAddress('', environment, name));
  } catch (error) {
    // It must not be taken for an error of the connection to the engine of this window.
    throw isEngineError(error) ? unavailableError(name, error) : error;
  }
}

/**
 * The version of BuildKit in the builder with this name; undefined if it does not report one. A builder that would have to be
 * started is not asked, since this is not a build. Rejects with EngineError.
 */
export async function builderVersion(
  name: string,
  host: BuilderHost,
  signal: AbortSignal,
): Promise<string | undefined> {
  const environment = currentEnvironment();
  const found = await findBuilder(name, environment, host.address);
  if (found === undefined) return host.engine.builderVersion(undefined, signal);
  if (found.kind === 'context') {
    const { engine } = await connectContext(found.name, host, environment);
    return engine.builderVersion(undefined, signal);
  }
  const { builder } = found;
  const node = nodeFor(builder, []);
  if (builder.driver !== 'remote' || endpointOf(node).kind === 'container') return undefined;
  // Nothing is built: only what leads to the builder is read.
  const request = { context: { kind: 'remote', address: '' }, dockerfile: '', tags: [] } as const;
  const connecting = connected(builder, node, { request, signal, host, environment });
  let result = await connecting.next();
  while (result.done !== true) result = await connecting.next();
  const { client, workers } = result.value;
  client.close();
  return workers.find(({ version }) => version !== undefined)?.version;
}

type Work = BuilderWork & { readonly environment: Environment };

async function* buildxBuild(
  builder: BuildxBuilder,
  work: Work,
): AsyncGenerator<BuildEvent, void, undefined> {
  const { request, signal, host } = work;
  const node = nodeFor(builder, request.platforms ?? []);
  const loader = new Loader(host.engine, signal);
  // Refused before anything is connected.
  builderExportsOf(request, () => Promise.resolve());
  const { client, workers, named } = yield* connected(builder, node, work);
  const peer: BuildKitPeer = {
    dialSession: (headers) => Promise.resolve(sessionOver(client, headers)),
    credentials: (registry) => credentialsAt(registry, work.environment),
    toError: (error) => Promise.resolve(lostError(error, named)),
    invalidAnswer: (cause) => notBuildKitError(cause, named),
    refusal: (message) => host.refusal(message),
    silence,
    hasSeveralOutputs: workers.every(hasSeveralOutputs),
    hasClassicBuilder: false,
    storesSeveralPlatforms: () => Promise.resolve(true),
    exportsOf: (one, report) => builderExportsOf(one, loader.receiver(report)),
    imageId: (digest) => loader.imageId(digest),
    // Builders of buildx have no images of their own.
    frontendAttributes: { 'image-resolve-mode': request.pull === true ? 'pull' : 'default' },
  };
  const buildArgs = await withProxies(request.buildArgs, host.address.url, work.environment);
  yield* buildWith(client, {
    peer,
    request: { ...request, ...(buildArgs && { buildArgs }) },
    signal,
  });
}

/** Milliseconds without a byte until the connection is checked. */
const silence = 30_000;
/** Milliseconds between two attempts to reach a builder that was started. */
const retryTime = 200;

interface Connected {
  readonly client: GrpcClient;
  readonly workers: readonly Worker[];
  readonly named: NamedBuilder;
}

type Dial = (signal: AbortSignal) => Promise<Duplex>;

async function* connected(
  builder: BuildxBuilder,
  node: BuildxNode,
  work: Work,
): AsyncGenerator<BuildEvent, Connected, undefined> {
  const { dial, named, wasStarted } = yield* wayTo(builder, node, work);
  const deadline = performance.now() + work.host.answerTime;
  for (;;) {
    try {
      return { ...(await answering(dial, named, work)), named };
    } catch (error) {
      if (work.signal.aborted) throw new EngineError('cancelled', t('Cancelled'));
      if (!wasStarted || performance.now() > deadline) throw error;
      // BuildKit listens some time after its container has started.
      await wait(retryTime);
    }
  }
}

/** A client of BuildKit that has responded once. Rejects with EngineError. */
async function answering(
  dial: Dial,
  named: NamedBuilder,
  { signal, host }: Work,
): Promise<Omit<Connected, 'named'>> {
  const limit = AbortSignal.timeout(host.answerTime);
  const either = AbortSignal.any([limit, signal]);
  let client: GrpcClient | undefined;
  try {
    client = grpcClient(await dial(either), silence);
    return { client, workers: await workersOf(client, either) };
  } catch (error) {
    client?.close();
    if (limit.aborted) throw silentError(named);
    if (isEngineError(error)) throw error;
    throw isInvalidAnswer(error) || isGrpcError(error)
      ? notBuildKitError(error, named)
      : connectionError(error, named);
  }
}

interface Way {
  readonly dial: Dial;
  readonly named: NamedBuilder;
  readonly wasStarted: boolean;
}

/** How the node is reached; a container that is stopped is started. Rejects with EngineError. */
async function* wayTo(
  { name, driver }: BuildxBuilder,
  node: BuildxNode,
  { host, environment }: Work,
): AsyncGenerator<BuildEvent, Way, undefined> {
  const inContainer = async function* (
    container: string,
    engine: string,
  ): AsyncGenerator<BuildEvent, Way, undefined> {
    const named = { name, place: container, transport: 'program' } as const;
    let wasStarted = false;
    const starting = startContainer({ name: container, engine }, named, { host, environment });
    let result = await starting.next();
    for (; result.done !== true; result = await starting.next()) {
      wasStarted = true;
      yield result.value;
    }
    const { value } = result;
    return { dial: () => openContainer(container, value, named), named, wasStarted };
  };
  switch (driver) {
    case 'docker-container':
      return yield* inContainer(containerOf(node.name), node.endpoint);
    case 'kubernetes': {
      const named = { name, place: node.name, transport: 'program' } as const;
      return { dial: (signal) => openPod(node, named, signal), named, wasStarted: false };
    }
    case 'remote': {
      const endpoint = endpointOf(node);
      if (endpoint.kind === 'container')
        return yield* inContainer(endpoint.name, endpoint.context ?? '');
      const isTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined;
      const named = { name, place: node.endpoint, transport: isTls ? 'tls' : 'plain' } as const;
      return { dial: (signal) => openSocket(endpoint, signal), named, wasStarted: false };
    }
    default:
      throw failed(
        t(
          'Builder {0} uses the driver {1}, which is not supported; use {2}',
          name,
          driver,
          'docker-container, remote, kubernetes',
        ),
      );
  }
}

/** Since BuildKit 0.13; BuildKit in an engine does not say its version. */
function hasSeveralOutputs({ version }: Worker): boolean {
  if (version === undefined) return true;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 0 || minor >= 13;
}
