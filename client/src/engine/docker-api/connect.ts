/** The adapter: the engine port over the Docker Engine API. */
import type { BuildEvent } from '../../../../contract/build.ts';
import type { Address } from '../address.ts';
import type { BuilderHost } from '../builders/builders.ts';
import { containerMethods, listContainers } from './containers.ts';
import { logMethods } from './logs.ts';
import { execIn } from './exec.ts';
import { fileMethods } from './files.ts';
import { imageMethods } from './images.ts';
import { inspectMethods } from './inspect.ts';
import { build, buildKitVersion, type BuildWork } from './build.ts';
import { buildHistory } from './build-history.ts';
import { openInContainer } from './program-stream.ts';
import { registryMethods } from './registry.ts';
import { runMethods } from './run.ts';
import { systemMethods } from './system.ts';
import { volumeMethods } from './volumes.ts';
import { map, object, text, type Reader } from './json-readers.ts';
import type { Limits } from './limits.ts';
import { linesOf, requestJson } from './requests.ts';
import { openWire, type Peer, type Wire } from './wire.ts';
import type { Container, Engine, EngineEvent, EngineVersion } from '../engine.ts';
import { isAborted, notRespondingError, streamError } from './engine-errors.ts';

/** Connects to an engine and negotiates the API version; rejects with EngineError if it does not respond. */
export async function connect(address: Address, limits?: Limits): Promise<Engine> {
  return (await connectWire(address, limits)).engine;
}

/** Connects as `connect` does, and requests all containers meanwhile, which the next call of `containers` must receive. */
export async function connectAndList(address: Address): Promise<Engine> {
  const wire = await openWire(address);
  const containers = listContainers(wire);
  // They are requested again if this fails.
  containers.catch(() => undefined);
  const peer = await negotiate(wire);
  // Without a version, an engine answers in its own.
  return engineOver(wire, peer, peer.api === peer.ownApi ? containers : undefined);
}

async function connectWire(
  address: Address,
  limits?: Limits,
): Promise<{ readonly wire: Wire; readonly engine: Engine }> {
  const wire = await openWire(address, limits);
  return { wire, engine: engineOver(wire, await negotiate(wire)) };
}

/** The engine at the other end of the wire, and its containers if they were requested before. */
export function engineOver(
  wire: Wire,
  peer: Peer,
  containers?: Promise<readonly Container[]>,
): Engine {
  const engine: Engine = {
    version: () => version(wire, peer),
    ...containerMethods(wire, containers),
    ...logMethods(wire, peer),
    ...runMethods(wire, peer),
    ...inspectMethods(wire),
    ...imageMethods(wire, peer),
    ...registryMethods(wire),
    ...volumeMethods(wire),
    ...fileMethods(wire),
    ...systemMethods(wire, peer),
    exec: (id, argv, options) => execIn(wire, id, argv, options),
    build: (request, signal) =>
      request.builder === undefined
        ? build(wire, peer, { request, signal })
        : buildWithBuilder(wire, engine, { request, signal }),
    builderVersion: (builder, signal) =>
      builder === undefined
        ? buildKitVersion(wire, peer, signal)
        : versionOfBuilder(builder, builderHost(wire, engine), signal),
    buildHistory: (signal) => buildHistory(wire, peer, signal),
    events: (signal, since, until) => events(wire, signal, { since, until }),
  };
  return engine;
}

/** With the builder that the request names. */
async function* buildWithBuilder(
  wire: Wire,
  engine: Engine,
  work: BuildWork,
): AsyncGenerator<BuildEvent, void, undefined> {
  const { buildElsewhere } = await import('../builders/builders.ts');
  yield* buildElsewhere({ ...work, host: builderHost(wire, engine) });
}

async function versionOfBuilder(
  name: string,
  host: BuilderHost,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { builderVersion } = await import('../builders/builders.ts');
  return builderVersion(name, host, signal);
}

function builderHost(wire: Wire, engine: Engine): BuilderHost {
  return {
    engine,
    address: wire.address,
    answerTime: wire.limits.answer.silence,
    refusal: streamError,
    connect: async (address) => {
      const other = await connectWire(address);
      return {
        engine: other.engine,
        openInContainer: (program) => openInContainer(other.wire, program),
      };
    },
  };
}

/** The newest version of the API that is tested. */
const newestApiVersion = '1.51';

/** Selects an API version that the engine and this adapter support. */
async function negotiate(wire: Wire): Promise<Peer & { readonly ownApi: string | undefined }> {
  const timeout = AbortSignal.timeout(wire.address.endpoint.kind === 'ssh' ? 60_000 : 15_000);
  const request = { method: 'HEAD', path: '/_ping', signal: timeout } as const;
  const answer = await wire.open(request).catch((error: unknown) => {
    throw timeout.aborted ? notRespondingError(wire.address) : error;
  });
  answer.close();
  const { headers } = answer;
  const supported = headers['api-version'];
  const isKnown = typeof supported === 'string' && /^\d+\.\d+$/.test(supported);
  const api = isKnown ? olderVersion(supported, newestApiVersion) : newestApiVersion;
  if (isKnown) wire.useApiVersion(api);
  return {
    podman: headers['libpod-api-version'] !== undefined,
    windows: headers.ostype === 'windows',
    api,
    ownApi: isKnown ? supported : undefined,
  };
}

function olderVersion(one: string, other: string): string {
  const minor = (version: string) => Number(version.split('.')[1]);
  return one.startsWith('1.') && minor(one) < minor(other) ? one : other;
}

interface RawVersion {
  readonly Version: string;
  readonly ApiVersion?: string;
  readonly Os?: string;
  readonly Arch?: string;
}

const rawVersion = object<RawVersion>(
  { Version: text, ApiVersion: text, Os: text, Arch: text },
  'Version',
);

async function version(wire: Wire, { podman }: Peer): Promise<EngineVersion> {
  const raw = await requestJson(wire, { method: 'GET', path: '/version' }, rawVersion);
  return {
    version: raw.Version,
    apiVersion: raw.ApiVersion ?? '',
    os: raw.Os ?? '',
    architecture: raw.Arch ?? '',
    product: podman ? 'podman' : 'docker',
  };
}

const objectTypes = ['container', 'image', 'network', 'volume'] as const;

async function* events(
  wire: Wire,
  signal: AbortSignal,
  { since, until }: { readonly since: string | undefined; readonly until: string | undefined },
): AsyncGenerator<EngineEvent, void, undefined> {
  if (isAborted(signal)) return;
  const times = { since: since && seconds(since), until: until && seconds(until) };
  const query = { ...times, filters: JSON.stringify({ type: objectTypes }) };
  const request = { method: 'GET', path: '/events', query, signal, patience: 'open' } as const;
  try {
    for await (const raw of linesOf(wire, request, rawEvent)) {
      const event = eventOf(raw);
      // Some engines also report the event at `since` itself.
      if (event && event.timeNano !== since) yield event;
    }
  } catch (error) {
    if (isAborted(signal)) return;
    throw error;
  }
  if (!isAborted(signal) && until === undefined) throw notRespondingError(wire.address);
}

interface RawEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  /** Seconds. */
  readonly time?: string;
  /** Has more digits than a number. */
  readonly timeNano?: string;
}

/** Of a time after 1970, as the parameter `since` accepts it. */
const digits: Reader<string> = (value) => {
  const written = typeof value === 'bigint' || typeof value === 'number' ? String(value) : '';
  return /^\d{1,19}$/.test(written) ? written : undefined;
};

const rawEvent = object<RawEvent>({
  Type: text,
  Action: text,
  Actor: object<NonNullable<RawEvent['Actor']>>({ ID: text, Attributes: map(text) }),
  time: digits,
  timeNano: digits,
});

function eventOf(raw: RawEvent): EngineEvent | undefined {
  const objectType = objectTypes.find((one) => one === raw.Type);
  if (objectType === undefined) return undefined;
  const nano = raw.timeNano ?? `${raw.time ?? '0'}000000000`;
  // Podman names this action differently.
  const action = objectType === 'container' && raw.Action === 'remove' ? 'destroy' : raw.Action;
  const { exitCode, containerExitCode, signal, name } = raw.Actor?.Attributes ?? {};
  const { image, container } = raw.Actor?.Attributes ?? {};
  // Podman names the attribute differently.
  const code = exitCode ?? containerExitCode;
  return {
    objectType,
    action: action ?? '',
    id: raw.Actor?.ID ?? '',
    timeNano: nano,
    ...(code !== undefined && /^\d{1,9}$/.test(code) && { exitCode: Number(code) }),
    ...(signal !== undefined && { signal }),
    ...(name !== undefined && { name }),
    ...(objectType === 'container' && image !== undefined && { image }),
    ...(objectType === 'network' && container !== undefined && { container }),
  };
}

/** The parameter `since` is in seconds, with nanoseconds as the fraction. */
function seconds(nano: string): string {
  const digits = nano.padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
