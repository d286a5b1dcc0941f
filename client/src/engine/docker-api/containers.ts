/** Containers: listing, state changes, inspection and stats. */
import { stats } from './stats.ts';
import { anyObject, every, list, map, number, object, text } from './json-readers.ts';
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
  const read = (await requestJson(wire, request, every(rawContainer))).map(toContainer);
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

interface RawMount {
  readonly Type?: string;
  readonly Name?: string;
}

interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[];
  readonly Image?: string;
  readonly ImageID?: string;
  readonly State?: string;
  readonly Status?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Ports?: readonly RawPort[];
  readonly Created?: number;
  readonly Command?: string;
  readonly Mounts?: readonly RawMount[];
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> };
}

const rawContainer = object<RawContainer>(
  {
    Id: text,
    Names: list(text),
    Image: text,
    ImageID: text,
    State: text,
    Status: text,
    Labels: map(text),
    Ports: list(rawPort),
    Created: number,
    Command: text,
    Mounts: list(object<RawMount>({ Type: text, Name: text })),
    NetworkSettings: object<NonNullable<RawContainer['NetworkSettings']>>({ Networks: anyObject }),
  },
  'Id',
);

/** Exported for tests: engines differ in the properties that they omit. */
export function toContainer(raw: RawContainer): Container {
  const status = raw.Status ?? '';
  const state = stateOf(raw.State);
  const health = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1];
  const exitCode = /^Exited \((-?\d+)\)/.exec(status)?.[1];
  const project = raw.Labels?.['com.docker.compose.project'] || undefined;
  const service = raw.Labels?.['com.docker.compose.service'];
  return {
    id: raw.Id,
    name: nameOf(raw),
    image: raw.Image ?? '',
    imageId: raw.ImageID ?? '',
    state,
    status,
    ...(health !== undefined && { health: health as NonNullable<Container['health']> }),
    ...(state === 'exited' && exitCode !== undefined && { exitCode: Number(exitCode) }),
    ...(project !== undefined && { project }),
    ...(service !== undefined && { service }),
    ports: portsOf(raw.Ports ?? []),
    createdAt: dateOf(raw.Created),
    command: raw.Command ?? '',
    labels: raw.Labels ?? {},
    volumes: (raw.Mounts ?? []).flatMap(({ Type, Name }) =>
      Type === 'volume' && Name ? [Name] : [],
    ),
    networks: Object.keys(raw.NetworkSettings?.Networks ?? {}),
  };
}

/** Legacy links add names such as `/web/db`. */
function nameOf({ Id, Names }: RawContainer): string {
  const names = (Names ?? []).map((name) => name.replace(/^\//, ''));
  return names.find((name) => !name.includes('/')) ?? names[0] ?? Id.slice(0, 12);
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
function portsOf(raw: readonly RawPort[]): readonly Port[] {
  const ports = new Map<string, Port>();
  for (const { IP, PrivatePort, PublicPort, Type } of raw) {
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

const wildcards = new Set(['', '0.0.0.0', '::']);
