/** The adapter: the engine port over the Docker Engine API. */
import { t } from '@vscode/l10n';
import type { Address } from '../address.ts';
import { containerMethods } from './containers.ts';
import { execIn } from './exec.ts';
import { fileMethods } from './files.ts';
import { imageMethods } from './images.ts';
import { inspectMethods } from './inspect.ts';
import { build } from './build.ts';
import { registryMethods } from './registry.ts';
import { runMethods } from './run.ts';
import { systemMethods } from './system.ts';
import { volumeMethods } from './volumes.ts';
import { linesOf, openWire, type Peer, type Wire } from './wire.ts';
import type { Engine, EngineEvent, EngineVersion } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { isAborted } from './engine-errors.ts';

/** Connects to an engine and negotiates the API version; rejects if it does not respond. */
export async function connect(address: Address): Promise<Engine> {
  const wire = await openWire(address);
  const peer = await negotiate(wire);
  return {
    version: () => version(wire, peer),
    ...containerMethods(wire),
    ...runMethods(wire, peer),
    ...inspectMethods(wire),
    ...imageMethods(wire),
    ...registryMethods(wire),
    ...volumeMethods(wire),
    ...fileMethods(wire),
    ...systemMethods(wire, peer),
    exec: (id, argv, options) => execIn(wire, id, argv, options),
    build: (context, options, signal) => build(wire, peer, { context, options, signal }),
    events: (signal, since) => events(wire, signal, since),
  };
}

/** The newest version of the API that is tested. */
const newestApiVersion = '1.51';

/** Selects an API version that the engine and this adapter support. */
async function negotiate(wire: Wire): Promise<Peer> {
  const timeout = AbortSignal.timeout(wire.address.endpoint.kind === 'ssh' ? 60_000 : 15_000);
  const request = { method: 'HEAD', path: '/_ping', signal: timeout } as const;
  const response = await wire.stream(request).catch((error: unknown) => {
    throw timeout.aborted ? notRespondingError(wire.address) : error;
  });
  response.destroy();
  const { headers } = response;
  const supported = headers['api-version'];
  const isKnown = typeof supported === 'string' && /^\d+\.\d+$/.test(supported);
  const api = isKnown ? olderVersion(supported, newestApiVersion) : newestApiVersion;
  if (isKnown) wire.useApiVersion(api);
  return {
    podman: headers['libpod-api-version'] !== undefined,
    windows: headers.ostype === 'windows',
    api,
  };
}

function notRespondingError({ endpoint, url }: Address): EngineError {
  const kind = endpoint.kind === 'socket' ? 'not-running' : 'unreachable';
  return new EngineError(kind, t('The engine at {0} is not responding', url));
}

function olderVersion(one: string, other: string): string {
  const minor = (version: string) => Number(version.split('.')[1]);
  return one.startsWith('1.') && minor(one) < minor(other) ? one : other;
}

interface RawVersion {
  readonly Version?: string;
  readonly ApiVersion?: string;
  readonly Os?: string;
  readonly Arch?: string;
}

async function version(wire: Wire, { podman }: Peer): Promise<EngineVersion> {
  const raw = await wire.json<RawVersion>({ method: 'GET', path: '/version' });
  return {
    version: raw.Version ?? '',
    apiVersion: raw.ApiVersion ?? '',
    os: raw.Os ?? '',
    architecture: raw.Arch ?? '',
    product: podman ? 'podman' : 'docker',
  };
}

interface RawEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string };
  readonly time?: number;
}

const objectTypes = ['container', 'image', 'network', 'volume'] as const;

async function* events(
  wire: Wire,
  signal: AbortSignal,
  since?: string,
): AsyncGenerator<EngineEvent, void, undefined> {
  if (isAborted(signal)) return;
  const query = { since: since && seconds(since), filters: JSON.stringify({ type: objectTypes }) };
  try {
    for await (const line of linesOf(wire, { method: 'GET', path: '/events', query, signal })) {
      const event = eventOf(line);
      // Some engines also report the event at `since` itself.
      if (event && event.timeNano !== since) yield event;
    }
  } catch (error) {
    if (isAborted(signal)) return;
    throw error;
  }
  if (!isAborted(signal)) throw notRespondingError(wire.address);
}

function eventOf(line: string): EngineEvent | undefined {
  const raw = JSON.parse(line) as RawEvent;
  const objectType = objectTypes.find((one) => one === raw.Type);
  if (objectType === undefined) return undefined;
  // Parsed as a number it would lose its last digits.
  const nano = /"timeNano":(\d+)/.exec(line)?.[1] ?? `${raw.time ?? 0}000000000`;
  // Podman names this action differently.
  const action = objectType === 'container' && raw.Action === 'remove' ? 'destroy' : raw.Action;
  return { objectType, action: action ?? '', id: raw.Actor?.ID ?? '', timeNano: nano };
}

/** The parameter `since` is in seconds, with nanoseconds as the fraction. */
function seconds(nano: string): string {
  const digits = nano.padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
