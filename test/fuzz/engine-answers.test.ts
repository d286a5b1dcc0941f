import { test } from 'vitest';
import { engineOver } from '../../client/src/engine/docker-api/connect.ts';
import { defaultLimits } from '../../client/src/engine/docker-api/limits.ts';
import type { Answer, Wire } from '../../client/src/engine/docker-api/wire.ts';
import { buildFiles } from '../build-files.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { EngineError, isEngineError } from '../../client/src/engine/errors.ts';
import { containersView, defaultContainersOptions } from '../../client/src/explorer/containers.ts';
import { defaultImagesOptions, imagesView } from '../../client/src/explorer/images.ts';
import type { EngineView } from '../../client/src/explorer/item.ts';
import { networksView } from '../../client/src/explorer/networks.ts';
import { volumesView } from '../../client/src/explorer/volumes.ts';
import { forEachInput, pick, type Next } from './inputs.ts';

const id = 'a'.repeat(64);
const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };

/** What an engine answers, by path. Several values are lines. */
const samples = {
  '/version': [{ Version: '28.5.2', ApiVersion: '1.51', Os: 'linux', Arch: 'amd64' }],
  '/containers/json': [[{ Id: id, Names: ['/web'], Image: 'nginx:1', ImageID: `sha256:${id}`, State: 'running', Status: 'Up 2 hours (healthy)', Labels: labels, Ports: [{ IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }], Created: 1_700_000_000, Command: 'nginx', Mounts: [{ Type: 'volume', Name: 'data' }], NetworkSettings: { Networks: { front: { Aliases: ['web'] } } } }]],
  '/images/json': [[{ Id: `sha256:${id}`, RepoTags: ['nginx:1'], RepoDigests: [`nginx@sha256:${id}`], Size: 1_000_000, SharedSize: 5, Created: 1_700_000_000, Labels: labels, Manifests: [{ Kind: 'image', Available: true, Size: { Total: 10 }, ImageData: { Platform: { os: 'linux', architecture: 'arm', variant: 'v7' } } }] }]],
  '/volumes': [{ Volumes: [{ Name: 'data', Driver: 'local', Mountpoint: '/x', CreatedAt: '2026-01-01T00:00:00Z', Labels: labels }] }],
  '/networks': [[{ Id: id, Name: 'front', Driver: 'bridge', Internal: false, Created: '2026-01-01T00:00:00Z', IPAM: { Config: [{ Subnet: '10.0.0.0/8', Gateway: '10.0.0.1' }] }, Labels: labels }]],
  '/info': [{ Name: 'box', OperatingSystem: 'Debian', KernelVersion: '6', NCPU: 4, MemTotal: 1e10, Driver: 'overlay2', DockerRootDir: '/x', Runtimes: { runc: {} }, DefaultRuntime: 'runc', LoggingDriver: 'json-file', CgroupVersion: '2', SecurityOptions: ['name=rootless'], DiscoveredDevices: [{ ID: 'x' }], RegistryConfig: { Mirrors: ['https://m/'] }, Warnings: ['WARNING: x'] }],
  '/system/df': [{ LayersSize: 10, Images: [{ Id: `sha256:${id}`, RepoTags: ['a:1'], Size: 10, SharedSize: 5, Created: 1, Labels: null }], Containers: [{ Id: id, SizeRw: 3 }], Volumes: [{ Name: 'data', UsageData: { Size: 3, RefCount: 1 } }], BuildCache: [{ ID: 'x', Type: 'regular', Description: 'y', Size: 3, InUse: false, Shared: true, CreatedAt: '2026-01-01T00:00:00Z', LastUsedAt: null }] }],
  '/containers/x/json': [{ Id: id, Name: '/web', Image: `sha256:${id}`, State: { Running: true, StartedAt: '2026-01-01T00:00:00Z', OOMKilled: false }, RestartCount: 0, Config: { Cmd: ['a'], Env: ['A=b'], Tty: false, Labels: labels, ExposedPorts: { '80/tcp': {} } }, HostConfig: { Memory: 9_007_199_254_740_993, Binds: ['/a:/b'], PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '80' }] } }, NetworkSettings: { Networks: { front: { Aliases: ['web'] } } }, Mounts: [{ Type: 'bind', Source: '/a', Destination: '/b', RW: true }] }],
  '/containers/x/top': [{ Titles: ['PID'], Processes: [['1']] }],
  '/containers/x/changes': [[{ Kind: 1, Path: '/a' }]],
  '/containers/x/stats': [{ read: '2026-01-01T00:00:01Z', preread: '2026-01-01T00:00:00Z', cpu_stats: { cpu_usage: { total_usage: 3, percpu_usage: [1] }, system_cpu_usage: 10, online_cpus: 2 }, precpu_stats: { cpu_usage: { total_usage: 1 }, system_cpu_usage: 5 }, memory_stats: { usage: 5, limit: 10, stats: { inactive_file: 1 } }, networks: { eth0: { rx_bytes: 1, tx_bytes: 2 } }, blkio_stats: { io_service_bytes_recursive: [{ op: 'Read', value: 1 }] }, pids_stats: { current: 7 }, num_procs: 0 }],
  '/events': [{ Type: 'container', Action: 'start', Actor: { ID: id }, time: 1_700_000_000, timeNano: 1_700_000_000_000_000_000 }],
  '/images/x/history': [[{ Id: `sha256:${id}`, Created: 1_700_000_000, CreatedBy: 'RUN x', Size: 3, Tags: ['a:1'], Comment: '' }]],
  '/images/create': [{ status: 'Pulling', id: 'abcdef', progressDetail: { current: 1, total: 2 } }, { errorDetail: { message: 'no' }, error: 'no' }],
  '/build': [{ id: 'moby.buildkit.trace', aux: 'CgA=' }, { stream: 'Step 1/2 : FROM a\n' }, { aux: { ID: `sha256:${id}` } }, { errorDetail: { message: 'no' }, error: 'no' }],
  '/images/load': [{ stream: 'Loaded image: a:1\n' }],
  '/images/search': [[{ name: 'nginx', description: 'x', star_count: 3, is_official: true }]],
  '/auth': [{ Status: 'ok', IdentityToken: 'x' }],
  '/containers/create': [{ Id: id, Warnings: ['x'] }],
  '/volumes/create': [{ Name: 'data' }],
  '/build/prune': [{ SpaceReclaimed: 3 }],
} as const; // prettier-ignore

const { signal } = new AbortController();

async function all(items: AsyncIterable<unknown>): Promise<void> {
  let most = 100;
  for await (const item of items) if (item === undefined || --most === 0) return;
}

async function rowsOf(view: EngineView, engine: Engine): Promise<void> {
  const rows = await view.read(engine);
  JSON.stringify(rows(new Date(0)));
}

type Path = keyof typeof samples;
interface Call {
  readonly run: (engine: Engine) => Promise<unknown>;
  readonly paths: readonly Path[];
}
const call = (run: Call['run'], ...paths: Path[]): Call => ({ run, paths });

const calls: readonly [Call, ...Call[]] = [
  call((e) => e.version(), '/version'),
  call((e) => rowsOf(containersView(() => defaultContainersOptions), e), '/containers/json', '/containers/x/json'),
  call((e) => rowsOf(imagesView(() => defaultImagesOptions), e), '/images/json', '/containers/json'),
  call((e) => rowsOf(volumesView(() => ({ filter: '', sizes: new Map() })), e), '/volumes', '/containers/json'),
  call((e) => rowsOf(networksView(() => ({ filter: '' })), e), '/networks', '/containers/json'),
  call((e) => e.info(), '/info'),
  call((e) => e.imageUsage(), '/images/json'),
  call((e) => e.diskUsage(signal), '/system/df', '/images/json'),
  call((e) => e.inspect('container', 'x'), '/containers/x/json'),
  call((e) => e.top('x'), '/containers/x/top'),
  call((e) => e.changes('x'), '/containers/x/changes'),
  call((e) => all(e.stats('x', signal)), '/containers/x/stats'),
  call((e) => all(e.events(signal)), '/events'),
  call((e) => e.history('x'), '/images/x/history'),
  call((e) => all(e.pull('x', signal)), '/images/create'),
  call((e) => all(e.load(none(), signal)), '/images/load'),
  call((e) => e.search('x'), '/images/search'),
  call((e) => e.login({ serveraddress: 'x', username: 'a', password: 'b' }), '/auth'),
  call((e) => e.create({ body: { Image: 'x' } }), '/containers/create'),
  call((e) => e.createVolume({ name: 'x' }), '/volumes/create'),
  call((e) => e.pruneBuildCache(['a'], signal), '/build/prune'),
  call((e) => all(buildFiles(e, { Dockerfile: 'FROM x' })), '/build'),
]; // prettier-ignore

// eslint-disable-next-line @typescript-eslint/require-await
async function* none(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array();
}

const odd = [null, undefined, '', 'x', 0, -1, 1e300, 2 ** 60, true, [], {}, [null], { a: null }, '\0', '__proto__', '2026-99-99', 'a'.repeat(2000)] as const; // prettier-ignore

/** The value with some of its parts replaced. */
function changed(next: Next, value: unknown, chance: number): unknown {
  if (next() < chance) return pick<unknown>(next, odd);
  if (Array.isArray(value)) {
    const list = value.map((one: unknown) => changed(next, one, chance));
    return next() < chance ? [...list, ...list, pick<unknown>(next, odd)] : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, changed(next, one, chance)]),
  );
}

interface Input {
  readonly call: number;
  readonly podman: boolean;
  readonly bodies: Readonly<Record<string, string>>;
}

function randomAnswers(next: Next): Input {
  const index = Math.floor(next() * calls.length);
  const bodies = (calls[index] ?? calls[0]).paths.map((path) => {
    const lines: readonly unknown[] = samples[path];
    const written = lines.map((line) => JSON.stringify(changed(next, line, 0.06) ?? null));
    let text = written.join('\n');
    if (next() < 0.1) text = text.slice(0, Math.floor(next() * text.length));
    if (next() < 0.1) {
      const at = Math.floor(next() * text.length);
      text = `${text.slice(0, at)}${pick(next, ['"', '{', ']', '\n', '\\', '\u{1F40B}'])}${text.slice(at + 1)}`;
    }
    return [path, text] as const;
  });
  return {
    call: index,
    podman: next() < 0.2,
    bodies: Object.fromEntries(bodies),
  };
}

/** A wire whose responses are these bodies. */
function wireOver(bodies: Readonly<Record<string, string>>): Wire {
  // eslint-disable-next-line @typescript-eslint/require-await
  async function* bodyOf(path: string): Answer['body'] {
    const bytes = Buffer.from(bodies[path] ?? '{}');
    yield bytes.subarray(0, 7);
    yield bytes.subarray(7);
  }
  return {
    address: { endpoint: { kind: 'socket', path: '/x' }, source: 'default', url: 'unix:///x' },
    limits: defaultLimits,
    open: ({ path }) =>
      Promise.resolve({
        headers: {},
        body: bodyOf(path),
        pass: async (take) => {
          for await (const chunk of bodyOf(path)) await take(chunk);
        },
        close: () => undefined,
      }),
    hijack: () => Promise.reject(new EngineError('missing', 'no session')),
    toError: (error) => Promise.resolve(error as EngineError),
    useApiVersion: () => undefined,
  };
}

test('any answers of an engine give a result, or one sentence', async () => {
  await forEachInput(randomAnswers, async ({ call: index, podman, bodies }) => {
    const engine = engineOver(wireOver(bodies), { podman, windows: false, api: '1.41' });
    try {
      await calls[index]?.run(engine);
      return undefined;
    } catch (error) {
      if (!isEngineError(error)) throw error;
      return error.message.trim() === '' ? 'an error without a sentence' : undefined;
    }
  });
});
