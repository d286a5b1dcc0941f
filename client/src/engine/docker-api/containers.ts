/** Containers: listing, state changes, inspection and stats. */
import { stats } from './stats.ts';
import { every, list, map, number, object, text, type Reader } from './json-readers.ts';
import { isObject } from '../json-object.ts';
import { dateOf } from './dates.ts';
import { requestDone, requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';
import type { Container, Engine, Port, State } from '../engine.ts';
import type { Change, ProcessTable } from '../objects.ts';

type Methods =
  | 'containers'
  | 'start'
  | 'stop'
  | 'restart'
  | 'pause'
  | 'unpause'
  | 'kill'
  | 'rename'
  | 'remove'
  | 'top'
  | 'changes'
  | 'stats';

/** All containers, or those with these ids. */
export async function listContainers(
  wire: Wire,
  ids?: readonly string[],
): Promise<readonly Container[]> {
  if (ids?.length === 0) return [];
  const filters = ids && { filters: JSON.stringify({ id: ids }) };
  const query = { all: true, ...filters };
  const request = { method: 'GET', path: '/containers/json', query } as const;
  const read = await requestJson(wire, request, every(readContainer));
  // The filter also accepts the beginnings of ids.
  return ids === undefined ? read : read.filter(({ id }) => ids.includes(id));
}

/** `first` is the answer to the first call for all containers, if they were requested before. */
export function containerMethods(
  wire: Wire,
  first?: Promise<readonly Container[]>,
): Pick<Engine, Methods> {
  let early = first;
  const post = (id: string, action: string): Promise<void> =>
    requestDone(wire, { method: 'POST', path: `/containers/${segment(id)}/${action}` });
  return {
    containers: (ids) => {
      const known = ids === undefined ? early : undefined;
      if (known === undefined) return listContainers(wire, ids);
      early = undefined;
      // What is refused without a version of the API, such as by a proxy, is requested with it.
      return known.catch(() => listContainers(wire));
    },
    start: (id) => post(id, 'start'),
    stop: (id) => post(id, 'stop'),
    restart: (id) => post(id, 'restart'),
    pause: (id) => post(id, 'pause'),
    unpause: (id) => post(id, 'unpause'),
    kill: (id) => post(id, 'kill'),
    rename: (id, name) => {
      const path = `/containers/${segment(id)}/rename`;
      return requestDone(wire, { method: 'POST', path, query: { name } });
    },
    remove: (id, { force = false, volumes = false } = {}) => {
      const query = { force, v: volumes };
      return requestDone(wire, { method: 'DELETE', path: `/containers/${segment(id)}`, query });
    },
    top: (id) => {
      const request = { method: 'GET', path: `/containers/${segment(id)}/top` } as const;
      return requestJson(wire, request, processTable);
    },
    changes: async (id) => {
      const path = `/containers/${segment(id)}/changes`;
      const request = { method: 'GET', path, patience: 'work' } as const;
      const raw = await requestJson(wire, request, every(rawChange));
      return raw.map(({ Kind, Path }) => ({ kind: kinds[Kind] ?? 'changed', path: Path }));
    },
    stats: (id, signal) => stats(wire, id, signal),
  };
}

function processTable(json: unknown): ProcessTable | undefined {
  const raw = object<RawTop>({ Titles: list(text), Processes: list(list(text)) })(json);
  return raw && { titles: raw.Titles ?? [], processes: raw.Processes ?? [] };
}

interface RawTop {
  readonly Titles?: readonly string[];
  readonly Processes?: readonly (readonly string[])[];
}

interface RawChange {
  readonly Kind: number;
  readonly Path: string;
}

const rawChange = object<RawChange>({ Kind: number, Path: text }, 'Kind', 'Path');

/** Indexed by the number in the response. */
const kinds: readonly Change['kind'][] = ['changed', 'added', 'deleted'];

/**
 * A container of a list. Exported for tests: engines differ in the properties that they omit. It is read in one pass without
 * shapes of objects, since the first rows of the sidebar wait for a thousand of them, in code that is not compiled yet.
 */
export const readContainer: Reader<Container> = (raw) => {
  if (!isObject(raw)) return undefined;
  const id = text(raw['Id']);
  if (id === undefined) return undefined;
  const status = text(raw['Status']) ?? '';
  const state = stateOf(text(raw['State']));
  const labels = labelsOf(raw['Labels']) ?? {};
  const container: Writable<Container> = {
    id,
    name: nameOf(id, raw['Names']),
    image: text(raw['Image']) ?? '',
    imageId: text(raw['ImageID']) ?? '',
    state,
    status,
    ports: portsOf(raw['Ports']),
    createdAt: dateOf(number(raw['Created'])),
    command: text(raw['Command']) ?? '',
    labels,
    volumes: volumesOf(raw['Mounts']),
    networks: networksOf(raw['NetworkSettings']),
  };
  const health = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1];
  if (health !== undefined) container.health = health as NonNullable<Container['health']>;
  const exitCode = state === 'exited' ? /^Exited \((-?\d+)\)/.exec(status)?.[1] : undefined;
  if (exitCode !== undefined) container.exitCode = Number(exitCode);
  const project = labels['com.docker.compose.project'] || undefined;
  if (project !== undefined) container.project = project;
  const service = labels['com.docker.compose.service'];
  if (service !== undefined) container.service = service;
  return container;
};

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const labelsOf = map(text);

/** Legacy links add names such as `/web/db`. */
function nameOf(id: string, raw: unknown): string {
  let first: string | undefined;
  for (const one of entriesOf(raw)) {
    if (typeof one !== 'string') continue;
    const name = one.startsWith('/') ? one.slice(1) : one;
    if (!name.includes('/')) return name;
    first ??= name;
  }
  return first ?? id.slice(0, 12);
}

function volumesOf(raw: unknown): readonly string[] {
  const names: string[] = [];
  for (const mount of entriesOf(raw)) {
    if (!isObject(mount) || mount['Type'] !== 'volume') continue;
    const name = text(mount['Name']);
    if (name) names.push(name);
  }
  return names;
}

function networksOf(raw: unknown): readonly string[] {
  const networks = isObject(raw) ? raw['Networks'] : undefined;
  return isObject(networks) ? Object.keys(networks) : [];
}

/** The entries of a list; Go writes an empty one as null. */
function entriesOf(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

/** A map, because an object has a value for the name `__proto__`. */
const states: ReadonlyMap<string, State> = new Map<string, State>(
  Object.entries({
    created: 'created',
    running: 'running',
    paused: 'paused',
    restarting: 'restarting',
    removing: 'removing',
    exited: 'exited',
    dead: 'dead',
    // States of Podman.
    configured: 'created',
    initialized: 'created',
    stopped: 'exited',
    stopping: 'running',
  } as const),
);

function stateOf(state: string | undefined): State {
  return states.get(state?.toLowerCase() ?? '') ?? 'dead';
}

/** A port that is published on IPv4 and IPv6 is listed once. */
function portsOf(raw: unknown): readonly Port[] {
  const entries = entriesOf(raw);
  if (entries.length === 0) return [];
  const ports = new Map<string, Port>();
  for (const entry of entries) {
    const port = rawPort(entry);
    if (port === undefined) continue;
    const { IP, PrivatePort, PublicPort, Type } = port;
    const protocol = Type === 'udp' || Type === 'sctp' ? Type : 'tcp';
    const key = `${PrivatePort} ${PublicPort ?? ''} ${protocol} ${wildcards.has(IP ?? '') ? '' : (IP ?? '')}`;
    if (ports.has(key)) continue;
    ports.set(key, {
      container: PrivatePort,
      ...(PublicPort !== undefined && PublicPort > 0 && { host: PublicPort }),
      ...(IP && { address: IP }),
      protocol,
    });
  }
  return [...ports.values()].sort(
    (a, b) => a.container - b.container || (a.host ?? 0) - (b.host ?? 0),
  );
}

interface RawPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type?: string;
}

const rawPort = object<RawPort>(
  { IP: text, PrivatePort: number, PublicPort: number, Type: text },
  'PrivatePort',
);

const wildcards = new Set(['', '0.0.0.0', '::']);
