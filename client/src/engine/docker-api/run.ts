/** Containers that are made, attached to and changed, and images made of them. */
import type { Duplex as Socket } from 'node:stream';
import { t } from '@vscode/l10n';
import { output } from './exec.ts';
import { digest } from './images.ts';
import { segment, type Peer, type Wire } from './wire.ts';
import type { Duplex, Engine } from '../engine.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { cancelled } from './engine-errors.ts';
import type { CreateRequest } from '../container-config.ts';
import type { Limits, MadeContainer, NewContainer, NewImage } from '../container-requests.ts';

type Methods = 'create' | 'attach' | 'update' | 'commit';

export function runsOf(wire: Wire, peer: Peer): Pick<Engine, Methods> {
  return {
    create: (container) => create(wire, peer, container),
    attach: (id, { tty }) => attach(wire, id, tty),
    update: (id, limits) => update(wire, id, limits),
    commit: async (id, image) => {
      const query = { container: id, ...imageQuery(image) };
      // Podman reads a body, and Docker takes the container's own configuration for an empty one.
      const request = { method: 'POST', path: '/commit', query, body: {} } as const;
      return digest((await wire.json<{ readonly Id: string }>(request)).Id);
    },
  };
}

interface RawMade {
  readonly Id: string;
  readonly Warnings?: readonly string[] | null;
}

/** Adapts the request to the API version of the engine, as the docker CLI does. */
async function create(
  wire: Wire,
  peer: Peer,
  { name, platform, body }: NewContainer,
): Promise<MadeContainer> {
  const { request, later } = adapted(body, peer);
  const query = { name, platform };
  const path = '/containers/create';
  const { Id, Warnings } = await wire.json<RawMade>({ method: 'POST', path, query, body: request });
  try {
    for (const [network, settings] of later) {
      const connect = { Container: Id, EndpointConfig: settings };
      const where = `/networks/${segment(network)}/connect`;
      await wire.json({ method: 'POST', path: where, body: connect });
    }
  } catch (error) {
    await wire.json({ method: 'DELETE', path: `/containers/${segment(Id)}`, query: { v: true } });
    throw error;
  }
  return { id: Id, warnings: Warnings ?? [] };
}

/** Before API 1.44, Docker takes the MAC address in the configuration, and only one network. */
function adapted(
  body: CreateRequest,
  { api, podman }: Peer,
): { readonly request: CreateRequest; readonly later: readonly (readonly [string, object])[] } {
  const endpoints = Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {});
  if (Number(api.split('.')[1]) >= 44 || endpoints.length === 0)
    return { request: body, later: [] };
  const main = body.HostConfig?.NetworkMode ?? 'default';
  const [, settings = {}] = endpoints.find(([name]) => name === main) ?? [];
  const { MacAddress, ...others } = settings;
  const request = { ...body, ...(MacAddress && { MacAddress }) };
  // Podman takes all of them at once.
  if (podman) return { request, later: [] };
  const first = Object.keys(others).length === 0 ? {} : { [main]: others };
  return {
    request: { ...request, NetworkingConfig: { EndpointsConfig: first } },
    later: endpoints.filter(([name]) => name !== main),
  };
}

/** Before it starts: nothing of what it says is lost, and its end is not missed. */
async function attach(wire: Wire, id: string, tty: boolean): Promise<Duplex> {
  const path = `/containers/${segment(id)}`;
  const socket = await wire.hijack({
    method: 'POST',
    path: `${path}/attach`,
    query: { stream: true, stdin: true, stdout: true, stderr: true },
  });
  // The answer begins when the engine waits, and goes on when the container has ended.
  const query = { condition: 'next-exit' };
  const waiting = await wire.stream({ method: 'POST', path: `${path}/wait`, query });
  let closed = false;
  const exit = exitCode(wire, waiting as AsyncIterable<Uint8Array>, () => closed);
  exit.catch(() => undefined);
  socket.on('error', () => undefined);
  return {
    output: output(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const size = { w: columns, h: rows };
      await wire.json({ method: 'POST', path: `${path}/resize`, query: size });
    },
    close: () => {
      if (closed) return;
      closed = true;
      waiting.destroy();
      endOf(socket);
    },
    exit,
  };
}

/** What was written is still sent. */
function endOf(socket: Socket): void {
  socket.end(() => socket.destroy());
  socket.resume();
}

async function exitCode(
  wire: Wire,
  answer: AsyncIterable<Uint8Array>,
  closed: () => boolean,
): Promise<number> {
  let text = '';
  try {
    for await (const chunk of answer) text += Buffer.from(chunk).toString();
    return (JSON.parse(text) as { readonly StatusCode: number }).StatusCode;
  } catch (error) {
    throw closed() ? cancelled() : await wire.trouble(error);
  }
}

/** Podman 4 knows the request only by a name of its own, and keeps the restart policy that a container was made with. */
async function update(wire: Wire, id: string, limits: Limits): Promise<void> {
  const path = `/containers/${segment(id)}/update`;
  try {
    await wire.json({ method: 'POST', path, body: limits });
  } catch (error) {
    const unknown = isEngineError(error) && error.kind === 'missing' && error.message === notKnown;
    if (!unknown) throw error;
    if (limits.RestartPolicy) {
      throw new EngineError('failed', t('This engine cannot change when a container restarts'));
    }
    await wire.json({ method: 'POST', path: `/libpod${path}`, body: resources(limits) });
  }
}

/** What Podman says of a request that it does not know; of a container that it does not know it says more. */
const notKnown = 'Not Found';

/** As the runtime's specification writes limits: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md. */
function resources(limits: Limits): object {
  const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpusetCpus, PidsLimit } = limits;
  const period = 100_000;
  const quota = NanoCpus === undefined ? undefined : (Number(NanoCpus) / 1e9) * period;
  return {
    memory: { limit: Memory, swap: MemorySwap, reservation: MemoryReservation },
    cpu: { cpus: CpusetCpus, ...(quota !== undefined && { period, quota: Math.round(quota) }) },
    ...(PidsLimit !== undefined && { pids: { limit: PidsLimit } }),
  };
}

function imageQuery({ reference, message, author, changes = [], pause }: NewImage) {
  const [, repo, tag] = /^(.*?)(?::([^:/]+))?$/.exec(reference ?? '') ?? [];
  return {
    repo: repo === '' ? undefined : repo,
    tag,
    comment: message,
    author,
    changes: changes.length === 0 ? undefined : changes.join('\n'),
    pause,
  };
}
