/** Creates, attaches to, updates and commits containers. */
import type { Duplex as Socket } from 'node:stream';
import { t } from '@vscode/l10n';
import { readOutput } from './exec.ts';
import { digest } from './images.ts';
import { list, number, object, text } from './json-readers.ts';
import { requestDone, requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Answer, Peer, Wire } from './wire.ts';
import type { AttachOptions, Duplex, Engine } from '../engine.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { cancelledError } from './engine-errors.ts';
import type { CreateRequest } from '../container-config.ts';
import type { CreatedContainer, Limits, NewContainer, NewImage } from '../container-requests.ts';

type Methods = 'create' | 'attach' | 'update' | 'commit';

export function runMethods(wire: Wire, peer: Peer): Pick<Engine, Methods> {
  return {
    create: (container) => create(wire, peer, container),
    attach: (id, options) => attach(wire, id, options),
    update: (id, limits) => update(wire, id, limits),
    commit: async (id, image) => {
      const query = { container: id, ...imageQuery(image) };
      // Podman requires a body; for an empty one, Docker uses the configuration of the container.
      const request = {
        method: 'POST',
        path: '/commit',
        query,
        body: {},
        patience: 'transfer',
      } as const;
      return digest((await requestJson(wire, request, object<RawId>({ Id: text }, 'Id'))).Id);
    },
  };
}

interface RawId {
  readonly Id: string;
}

interface RawCreated extends RawId {
  readonly Warnings?: readonly string[];
}

const rawCreated = object<RawCreated>({ Id: text, Warnings: list(text) }, 'Id');

/** Adapts the request to the API version of the engine, as the docker CLI does. */
async function create(
  wire: Wire,
  peer: Peer,
  { name, platform, body }: NewContainer,
): Promise<CreatedContainer> {
  const { request, connections } = adaptRequest(body, peer);
  const query = { name, platform };
  const creation = { method: 'POST', path: '/containers/create', query, body: request } as const;
  const { Id, Warnings } = await requestJson(wire, creation, rawCreated);
  try {
    for (const [network, settings] of connections) {
      const connect = { Container: Id, EndpointConfig: settings };
      const where = `/networks/${segment(network)}/connect`;
      await requestDone(wire, { method: 'POST', path: where, body: connect });
    }
  } catch (error) {
    const removal = { method: 'DELETE', path: `/containers/${segment(Id)}` } as const;
    // What failed first is the error to report.
    await requestDone(wire, { ...removal, query: { v: true } }).catch(() => undefined);
    throw error;
  }
  return { id: Id, warnings: Warnings ?? [] };
}

interface AdaptedRequest {
  readonly request: CreateRequest;
  /** Networks to connect the container to after it is created. */
  readonly connections: readonly (readonly [network: string, settings: object])[];
}

/** Before API 1.44, the MAC address is in the configuration, and the create request has only one network. */
function adaptRequest(body: CreateRequest, { api, podman }: Peer): AdaptedRequest {
  const endpoints = Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {});
  if (Number(api.split('.')[1]) >= 44 || endpoints.length === 0)
    return { request: body, connections: [] };
  const main = body.HostConfig?.NetworkMode ?? 'default';
  const [, settings = {}] = endpoints.find(([name]) => name === main) ?? [];
  const { MacAddress, ...others } = settings;
  const request = { ...body, ...(MacAddress && { MacAddress }) };
  // Podman accepts several networks.
  if (podman) return { request, connections: [] };
  const first = Object.keys(others).length === 0 ? {} : { [main]: others };
  return {
    request: { ...request, NetworkingConfig: { EndpointsConfig: first } },
    connections: endpoints.filter(([name]) => name !== main),
  };
}

/** Called before the container starts, so that neither output nor its exit is missed. */
async function attach(wire: Wire, id: string, { tty, detachKeys }: AttachOptions): Promise<Duplex> {
  const path = `/containers/${segment(id)}`;
  const socket = await wire.hijack({
    method: 'POST',
    path: `${path}/attach`,
    query: { stream: true, stdin: true, stdout: true, stderr: true, detachKeys },
  });
  // The response starts when the engine begins to wait, and its body follows when the container has exited.
  const query = { condition: 'next-exit' };
  const wait = { method: 'POST', path: `${path}/wait`, query, patience: 'open' } as const;
  const waitResponse = await wire.open(wait).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  let closed = false;
  const exit = exitCode(wire, waitResponse, () => closed);
  exit.catch(() => undefined);
  return {
    output: readOutput(wire, socket, tty, () => closed),
    write: (data) => void socket.write(data),
    end: () => void socket.end(),
    resize: async (columns, rows) => {
      const size = { w: columns, h: rows };
      await requestDone(wire, { method: 'POST', path: `${path}/resize`, query: size });
    },
    close: () => {
      if (closed) return;
      closed = true;
      waitResponse.close();
      closeSocket(socket);
    },
    exit,
  };
}

/** Closes a socket after sending buffered data. */
function closeSocket(socket: Socket): void {
  socket.end(() => socket.destroy());
  socket.resume();
}

async function exitCode(wire: Wire, answer: Answer, closed: () => boolean): Promise<number> {
  try {
    let json = '';
    for await (const chunk of answer.body) json += Buffer.from(chunk).toString();
    const raw = rawWait(parseJson(json));
    if (raw !== undefined) return raw.StatusCode;
  } catch (error) {
    throw closed() ? cancelledError() : await wire.toError(error);
  }
  throw closed()
    ? cancelledError()
    : new EngineError('failed', t('The engine did not report an exit code'));
}

const rawWait = object<{ readonly StatusCode: number }>({ StatusCode: number }, 'StatusCode');

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Podman 4 supports this request only at its own path, and cannot change the restart policy. */
async function update(wire: Wire, id: string, limits: Limits): Promise<void> {
  const path = `/containers/${segment(id)}/update`;
  try {
    await requestDone(wire, { method: 'POST', path, body: limits });
  } catch (error) {
    const unsupported =
      isEngineError(error) && error.kind === 'missing' && error.message === podmanNotFound;
    if (!unsupported) throw error;
    if (limits.RestartPolicy) {
      throw new EngineError(
        'failed',
        t('This engine cannot change the restart policy of a container'),
      );
    }
    const body = podmanResources(limits);
    await requestDone(wire, { method: 'POST', path: `/libpod${path}`, body });
  }
}

/** The message of Podman for an unsupported request; for an unknown container the message is longer. */
const podmanNotFound = 'Not Found';

/** Limits in the format of the OCI runtime specification: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md. */
function podmanResources(limits: Limits): object {
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
