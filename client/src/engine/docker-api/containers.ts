/** Containers: listing, state changes, inspection, logs and stats. */
import { stats } from './stats.ts';
import { bodyOf, segment, type Wire } from './wire.ts';
import { isAborted } from './engine-errors.ts';
import type { Container, Engine, LogsOptions, Port, State } from '../engine.ts';
import type { Change } from '../objects.ts';

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
  | 'logs'
  | 'stats';

export function containerMethods(wire: Wire): Pick<Engine, Methods> {
  const post = async (id: string, action: string) => {
    await wire.json({ method: 'POST', path: `/containers/${segment(id)}/${action}` });
  };
  return {
    containers: async () => {
      const query = { all: true };
      const raw = await wire.json<readonly RawContainer[]>({
        method: 'GET',
        path: '/containers/json',
        query,
      });
      return raw.map(toContainer);
    },
    start: (id) => post(id, 'start'),
    stop: (id) => post(id, 'stop'),
    restart: (id) => post(id, 'restart'),
    pause: (id) => post(id, 'pause'),
    unpause: (id) => post(id, 'unpause'),
    kill: (id) => post(id, 'kill'),
    rename: async (id, name) => {
      const path = `/containers/${segment(id)}/rename`;
      await wire.json({ method: 'POST', path, query: { name } });
    },
    remove: async (id, { force = false, volumes = false } = {}) => {
      const query = { force, v: volumes };
      await wire.json({ method: 'DELETE', path: `/containers/${segment(id)}`, query });
    },
    top: async (id) => {
      const path = `/containers/${segment(id)}/top`;
      const { Titles, Processes } = await wire.json<RawTop>({ method: 'GET', path });
      return { titles: Titles ?? [], processes: Processes ?? [] };
    },
    changes: async (id) => {
      const path = `/containers/${segment(id)}/changes`;
      const raw = await wire.json<readonly RawChange[] | Buffer>({ method: 'GET', path });
      // If nothing changed, the body is `null`, which docker-modem returns as bytes.
      const changes = Array.isArray(raw) ? (raw as readonly RawChange[]) : [];
      return changes.map(({ Kind, Path }) => ({ kind: kinds[Kind] ?? 'changed', path: Path }));
    },
    stats: (id, signal) => stats(wire, id, signal),
    logs: (id, options, signal) => logs(wire, id, { ...options, signal }),
  };
}

interface RawTop {
  readonly Titles?: readonly string[] | null;
  readonly Processes?: readonly (readonly string[])[] | null;
}

interface RawChange {
  readonly Kind: number;
  readonly Path: string;
}

/** Indexed by the number in the response. */
const kinds: readonly Change['kind'][] = ['changed', 'added', 'deleted'];

interface RawPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type?: string;
}

interface RawContainer {
  readonly Id: string;
  readonly Names?: readonly string[] | null;
  readonly Image?: string;
  readonly ImageID?: string;
  readonly State?: string;
  readonly Status?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Ports?: readonly RawPort[] | null;
  readonly Created?: number;
  readonly Command?: string;
  readonly Mounts?: readonly { readonly Type?: string; readonly Name?: string }[] | null;
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, unknown>> | null };
}

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
    createdAt: new Date((raw.Created ?? 0) * 1000),
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

const states: Readonly<Record<string, State>> = {
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
};

function stateOf(state: string | undefined): State {
  return states[state?.toLowerCase() ?? ''] ?? 'dead';
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

interface LogsRequest extends LogsOptions {
  readonly signal: AbortSignal;
}

async function* logs(
  wire: Wire,
  id: string,
  { follow, tail, timestamps = false, since, signal }: LogsRequest,
): AsyncGenerator<Uint8Array, void, undefined> {
  const path = `/containers/${segment(id)}`;
  const raw = await wire.json<{ readonly Config?: { readonly Tty?: boolean } }>({
    method: 'GET',
    path: `${path}/json`,
  });
  if (isAborted(signal)) return;
  const lines = Number.isFinite(tail) && tail >= 0 ? String(Math.floor(tail)) : 'all';
  const times = { timestamps, ...(since !== undefined && { since }) };
  const query = { follow, tail: lines, ...times, stdout: true, stderr: true };
  const body = bodyOf(wire, { method: 'GET', path: `${path}/logs`, query, signal });
  try {
    yield* raw.Config?.Tty === true ? body : demultiplex(body);
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}

/** Removes the headers of a multiplexed stream: 8 bytes each, the last four are the length of the frame. */
export async function* demultiplex(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const header = Buffer.alloc(8);
  let filled = 0;
  let left = 0;
  for await (const chunk of body) {
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const part = chunk.subarray(at, at + left);
        at += part.length;
        left -= part.length;
        yield part;
        continue;
      }
      const part = chunk.subarray(at, at + header.length - filled);
      header.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < header.length) continue;
      left = header.readUInt32BE(4);
      filled = 0;
    }
  }
}
