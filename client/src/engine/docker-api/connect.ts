/** The adapter: the engine port over the Docker Engine API. */
import { t } from '@vscode/l10n';
import type { Address } from '../address.ts';
import { containersOf } from './containers.ts';
import { execIn } from './exec.ts';
import { filesOf } from './files.ts';
import { imagesOf } from './images.ts';
import { build } from './build.ts';
import { registryOver } from './registry.ts';
import { runsOf } from './run.ts';
import { systemOf } from './system.ts';
import { volumesOf } from './volumes.ts';
import { linesOf, openWire, type Peer, type Wire } from './wire.ts';
import type { Engine, EngineEvent, EngineVersion } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { isAborted } from './engine-errors.ts';

/** Asks the engine who it is; rejects where none answers. */
export async function connect(address: Address): Promise<Engine> {
  const wire = await openWire(address);
  const peer = await greet(wire);
  return {
    version: () => version(wire, peer),
    ...containersOf(wire),
    ...runsOf(wire),
    ...imagesOf(wire),
    ...registryOver(wire),
    ...volumesOf(wire),
    ...filesOf(wire),
    ...systemOf(wire),
    exec: (id, argv, options) => execIn(wire, id, argv, options),
    build: (context, options, signal) => build(wire, peer, { context, options, signal }),
    events: (signal, since) => events(wire, signal, since),
  };
}

/** The newest version of the API that this was tried with. */
const newest = '1.51';

/** Agrees on a version of the API. */
async function greet(wire: Wire): Promise<Peer> {
  const patience = AbortSignal.timeout(wire.address.place.kind === 'ssh' ? 60_000 : 15_000);
  const request = { method: 'HEAD', path: '/_ping', signal: patience } as const;
  const response = await wire.stream(request).catch((error: unknown) => {
    throw patience.aborted ? silent(wire.address) : error;
  });
  response.destroy();
  const { headers } = response;
  const theirs = headers['api-version'];
  if (typeof theirs === 'string' && /^\d+\.\d+$/.test(theirs)) wire.speak(older(theirs, newest));
  return {
    podman: headers['libpod-api-version'] !== undefined,
    windows: headers.ostype === 'windows',
  };
}

function silent({ place, url }: Address): EngineError {
  const kind = place.kind === 'socket' ? 'not-running' : 'unreachable';
  return new EngineError(kind, t('{0} does not answer', url));
}

function older(one: string, other: string): string {
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

const abouts = ['container', 'image', 'network', 'volume'] as const;

async function* events(
  wire: Wire,
  signal: AbortSignal,
  since?: string,
): AsyncGenerator<EngineEvent, void, undefined> {
  if (isAborted(signal)) return;
  const query = { since: since && seconds(since), filters: JSON.stringify({ type: abouts }) };
  try {
    for await (const line of linesOf(wire, { method: 'GET', path: '/events', query, signal })) {
      const event = eventOf(line);
      // Engines differ in whether `since` itself is told.
      if (event && event.timeNano !== since) yield event;
    }
  } catch (error) {
    if (isAborted(signal)) return;
    throw error;
  }
  if (!isAborted(signal)) throw silent(wire.address);
}

function eventOf(line: string): EngineEvent | undefined {
  const raw = JSON.parse(line) as RawEvent;
  const about = abouts.find((one) => one === raw.Type);
  if (about === undefined) return undefined;
  // As a number it would lose its last digits.
  const nano = /"timeNano":(\d+)/.exec(line)?.[1] ?? `${raw.time ?? 0}000000000`;
  // Podman's word for it is another.
  const action = about === 'container' && raw.Action === 'remove' ? 'destroy' : raw.Action;
  return { about, action: action ?? '', id: raw.Actor?.ID ?? '', timeNano: nano };
}

/** `since` takes seconds, with nanoseconds behind a dot. */
function seconds(nano: string): string {
  const digits = nano.padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
