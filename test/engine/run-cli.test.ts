/** The create request of a line, compared with the request that the docker CLI sends for the same line. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewContainer } from '../../client/src/engine/container-requests.ts';
import { stringifyExact } from '../../client/src/engine/exact-json.ts';
import { readTexts } from '../../client/src/run/host.ts';
import { argumentsOf, specOfLine, specOfWords } from '../../client/src/run/line.ts';
import type { OptionName } from '../../client/src/run/options.ts';
import { filesOf, newContainer } from '../../client/src/run/request.ts';
import { has, type RunSpec } from '../../client/src/run/spec.ts';
import { randomLine, wordsOf, type LineWorld } from '../random-lines.ts';
import { runLines, runPlace } from '../run-lines.ts';
import { onNewerEngine } from './buildkit.ts';

const run = promisify(execFile);
const docker = await run('docker', ['--version']).then(
  () => true,
  () => false,
);

interface Request {
  readonly path: string;
  readonly text: string;
}

/** An engine that records create requests and refuses them all. */
class RecordingServer {
  readonly requests: Request[] = [];
  #server: Server | undefined;
  readonly #api: string;
  readonly #os: string;

  constructor(api: string, os: string) {
    this.#api = api;
    this.#os = os;
  }

  /** Its address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => (text += data.toString()));
      request.on('end', () => {
        const { url: path = '' } = request;
        if (path.endsWith('/_ping')) {
          response.writeHead(200, { 'Api-Version': this.#api, Ostype: this.#os }).end('OK');
          return;
        }
        if (path.includes('/containers/create')) this.requests.push({ path, text });
        response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"no"}');
      });
    });
    this.#server = server;
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return `tcp://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
  }

  stop(): void {
    this.#server?.close();
  }
}

/** Options that the READMEs do not have. */
const others: Readonly<Record<string, string>> = {
  'two networks':
    'docker run --network name=front,alias=a,ip=172.30.0.5 --network back --ip6 2001:db8::5 x',
  'ranges of ports':
    'docker run -P --expose 7000-7002/udp -p 9000-9002:80 -p 8000-8001:8000-8001 -p [::1]:1:1 -p 5 x',
  'long ports': 'docker run -p published=8080,target=80,protocol=udp x',
  'mounts of all kinds':
    'docker run --mount type=volume,src=v,dst=/v,volume-nocopy,volume-opt=type=nfs,volume-driver=local --mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770 --mount type=bind,src=/etc,dst=/e,bind-propagation=rslave --mount type=volume,dst=/anonymous -v /only --tmpfs /run x',
  limits:
    'docker run --memory 512m --memory-swap -1 --memory-swappiness 10 --cpus .5 -c 512 --cpu-period 50000 --cpu-quota 25000 --cpuset-cpus 0-1 --cpuset-mems 0 --blkio-weight 300 --device-read-bps /dev/null:1mb --device-write-iops /dev/null:10 --blkio-weight-device /dev/null:200 --oom-score-adj=-500 --oom-kill-disable x',
  rights:
    'docker run --privileged --security-opt seccomp=unconfined --security-opt systempaths=unconfined --security-opt apparmor=unconfined --group-add 44 --userns host --cgroupns private --cgroup-parent /x --device-cgroup-rule "c 1:* rwm" --device nvidia.com/gpu=all --device /dev/null:r --annotation a=b --storage-opt size=1G x',
  processes:
    'docker run --pid host --uts host --ipc shareable --init --stop-signal SIGINT --domainname d --no-healthcheck --entrypoint "" x -c "a b"',
  'gpus by count': 'docker run --gpus 2 x',
  'gpus with capabilities': `docker run --gpus 'all,"capabilities=compute,utility"' --runtime nvidia x`,
  health:
    'docker run --health-cmd true --health-timeout 1m30s --health-start-period 500ms --health-start-interval 5s x',
  attach: 'docker run -a stdout -a STDERR -i x',
  environment:
    'docker run --env-file ./env -e HOME -e NOBODY_KNOWS -e EMPTY= -e TWICE=1 -e TWICE=2 x',
  'old links':
    'docker run --link db:database --dns-search example.com --dns-opt ndots:2 --volumes-from other:ro --volume-driver local --add-host=a=::1 x',
};

describe.skipIf(!docker)('the create request is that of the docker CLI', () => {
  const server = new RecordingServer('1.50', 'linux');
  let folder: string;
  let host: string;

  beforeAll(async () => {
    folder = await preparedFolder();
    host = await server.start();
  });
  afterAll(async () => {
    server.stop();
    await rm(folder, { recursive: true });
  });

  const variables = { ...runPlace.variables, HOME: '/home/me' };

  test.each([...Object.entries(runLines), ...Object.entries(others)])('%s', async (_, line) => {
    const { spec, troubles } = specOfLine(line, { ...runPlace, folder, variables });
    expect(troubles).toEqual([]);
    server.requests.length = 0;
    // `docker run` with a terminal needs a terminal itself; `docker create` does not.
    const [, ...args] = argumentsOf(spec);
    const verb = has(spec, 'tty') && !has(spec, 'detach') ? 'create' : 'run';
    await run('docker', [verb, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, DOCKER_HOST: host, ...variables, DOCKER_CONFIG: folder },
    }).catch(() => undefined);
    expectEqual(await requestOf(spec, variables), server.requests[0]);
  });
});

const count = Number(process.env.DRYDOCK_LINES ?? 100);
const from = Number(process.env.DRYDOCK_SEED ?? 1);

/** Options that `docker create` does not have, or with which it sends other requests first. */
const notCreated: ReadonlySet<OptionName> = new Set<OptionName>([
  'detach',
  'detach-keys',
  'sig-proxy',
  'pull',
  'disable-content-trust',
  // The docker CLI has not sent it since 23; engines before that use it.
  'kernel-memory',
]);

/** Options that the docker CLI refuses for an engine of this kind. */
const refused: Readonly<Record<string, readonly OptionName[]>> = {
  linux: ['cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'],
  windows: ['use-api-socket'],
};

describe('random lines over all options give the create request of the docker CLI', () => {
  const stops: (() => unknown)[] = [];
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  test.each(['linux', 'windows'])('for a %s engine', async (os) => {
    const newer = await onNewerEngine((engine) => Promise.resolve(engine));
    if (newer === undefined) return;
    stops.push(() => newer.stop());
    const server = new RecordingServer('1.51', os);
    const host = await server.start();
    stops.push(() => server.stop());
    const folder = await preparedFolder();
    stops.push(() => rm(folder, { recursive: true }));
    const world: LineWorld = {
      folder,
      images: ['x', 'localhost:5000/a/b:c'],
      containers: ['other', 'db'],
      networks: [
        { name: 'front', v4: '172.30.1.', v6: '2001:db8:1::' },
        { name: 'back', v4: '172.30.2.', v6: '2001:db8:2::' },
      ],
      ...(os === 'windows' && { devices: ['class/5B45201D-F2F2-4F3B-85BB-30FF1F953599'] }),
      without: new Set([...notCreated, ...(refused[os] ?? [])]),
    };
    const variables = { HOME: '/home/me' };
    const env = { ...newer.env, ...variables, DOCKER_HOST: host };
    for (let seed = from; seed < from + count; seed++) {
      const words = wordsOf(randomLine(seed, world));
      const { spec, troubles } = specOfWords(words, { folder, variables });
      expect(troubles, `${seed}`).toEqual([]);
      server.requests.length = 0;
      const sent = await run('docker', ['create', ...words], { cwd: folder, env }).catch(
        (error: unknown) => (error as { readonly stderr: string }).stderr,
      );
      const [theirs] = server.requests;
      if (theirs === undefined)
        throw new Error(`${seed}: ${JSON.stringify(sent)} ${words.join(' ')}`);
      expectEqual(await requestOf(spec, variables), theirs, `seed ${seed}: ${words.join(' ')}`);
    }
  });
});

async function preparedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-run-'));
  for (const name of ['www', 'one', 'two', 'with space']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'labels'), 'from.file=yes\n# no label\n');
  await writeFile(join(folder, 'env'), 'A=1\n\n# comment\nB="quoted"\nHOME\nTWICE=0\n');
  await writeFile(join(folder, 'seccomp.json'), '{ "defaultAction": "SCMP_ACT_ALLOW" }\n');
  return folder;
}

async function requestOf(
  spec: RunSpec,
  variables: Readonly<Record<string, string>>,
): Promise<NewContainer> {
  return newContainer(spec, { variables, files: await readTexts(filesOf(spec)) });
}

function expectEqual(ours: NewContainer, theirs: Request | undefined, of = ''): void {
  const { searchParams } = new URL(theirs?.path ?? '', 'http://engine');
  const parameter = (name: string) => searchParams.get(name) ?? '';
  expect(ours.name ?? '', of).toBe(parameter('name'));
  const { platform = '' } = ours;
  const theirPlatform = parameter('platform');
  // Without an architecture, the docker CLI adds its own and an engine the one of its machine.
  const isWithout = platform !== '' && !platform.includes('/');
  expect(platform, of).toBe(isWithout ? theirPlatform.split('/')[0] : theirPlatform);
  expect(said(exact(stringifyExact(ours.body))), of).toEqual(said(exact(theirs?.text ?? '{}')));
}

/** With numbers that a double cannot hold as texts. */
function exact(json: string): unknown {
  return JSON.parse(
    json.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}/g, (token) =>
      token.startsWith('"') ? token : JSON.stringify(token),
    ),
  );
}

/** Without what means nothing: zeros, empty texts and lists, and docker's own way to say that nothing was said. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, one]) =>
          !(name === 'MemorySwappiness' && one === -1) &&
          // The size of this terminal, and a name that the engine only stores.
          name !== 'ConsoleSize' &&
          name !== 'ContainerIDFile',
      )
      .map(([name, one]) => [name, kept.has(name) ? one : said(sorted(name, one))] as const)
      .filter(([name, one]) => (kept.has(name) ? one !== null : !isEmpty(one))),
  );
}

/** The order of variables and capabilities has no effect, and the docker CLI takes bind mounts and ulimits from unordered maps of Go. */
function sorted(name: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (name === 'Ulimits') return value.toSorted((one, other) => byJson(one, other));
  const texts = value as readonly string[];
  if (/^(?:Binds|CapAdd|CapDrop)$/.test(name)) return [...texts].sort();
  // Of several values of a variable, the last one is used.
  if (name === 'Env') return Object.fromEntries(texts.map((entry) => [entry.split('=')[0], entry]));
  return value;
}

function byJson(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

/** Where an empty list differs from none. */
const kept = new Set(['MaskedPaths', 'ReadonlyPaths', 'Entrypoint']);

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false)
    return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
