import { describe, expect, test } from 'vitest';
import { runPlace } from '../../../test/run-lines.ts';
import type { Container } from '../engine/engine.ts';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import type { PathFacts } from './check-mounts.ts';
import { troublesOf, type World } from './check.ts';
import { specOfValues, valuesOf } from './draft.ts';
import { failureOf } from './failure.ts';
import { gpuFacts, isOlder } from './gpu.ts';
import { firstSpec, imageFacts } from './image.ts';
import { lineOfSpec, specOfLine } from './line.ts';
import { rememberedLine } from './memory.ts';

async function told(line: string, world: FakeWorld = {}, more: Partial<World> = {}) {
  const { engine } = fakeEngine({ images: [{ id: 'sha256:1', tags: ['x:latest'] }], ...world });
  const { spec } = specOfLine(`docker run ${line}`, runPlace);
  const troubles = troublesOf(spec, {
    containers: await engine.containers(),
    images: await engine.images(),
    networks: await engine.networks(),
    info: { ...(await engine.info()), cpus: 4, memory: 8e9 },
    image: imageFacts('x'),
    gpu: { available: true, devices: [] },
    ...more,
  });
  return troubles.map(({ place, message, offer }) =>
    [place, message, ...(offer ? [offer.value] : [])].join(' | '),
  );
}

const api = {
  name: 'api',
  state: 'running',
  ports: [{ container: 80, host: 8080, protocol: 'tcp' }],
} as const;

describe('what would not run is told before', () => {
  test.each([
    ['-p 8080:80 x', 'publish | Port 8080 is taken by api | 8081'],
    ['-p 127.0.0.1:8080:80 x', 'publish | Port 8080 is taken by api | 8081'],
    ['-p 8079-8080:79-80 x', 'publish | Port 8080 is taken by api'],
    ['-p 1:1 -p 1:2 x', 'publish | Port 1 is published twice'],
    ['--name api x', 'name | There is a container api already | api-2'],
    ['--network nowhere x', 'network | There is no network nowhere'],
    ['--network container:gone x', 'network | There is no container gone'],
    ['-m 1m x', 'memory | 6m is the least'],
    [
      '-m 64m --memory-swap 32m x',
      'memory-swap | Memory and swap together cannot be less than memory',
    ],
    ['--cpus 5 x', 'cpus | The engine’s machine has 4'],
    [
      '--rm --restart always x',
      'restart | A container that is removed when it ends cannot be restarted',
    ],
    ['-d -a stdout x', 'attach | Detached, nothing can be attached'],
    ['-e A=1 -e A=2 x', 'env | A is set twice; the last counts'],
    ['y', 'image | y will be pulled first'],
    ['--pull never y', 'image | y is not on this engine'],
    ['-v aa:/x -v bb:/x/ x', 'volume | Something else is mounted at /x'],
    ['-v aa:/ x', 'volume | Nothing can be mounted at /'],
    ['-v a/b:/x x', 'volume | a/b is no name of a volume; a path begins with / or ./'],
    [
      '--network host -p 1:1 x',
      'publish | On the host’s network nothing is published: every port is the host’s',
    ],
  ])('%s', async (line, expected) => {
    expect(await told(line, { containers: [api] })).toEqual([expected]);
  });

  test.each([
    '-p 8080:80/udp x',
    '-p 80 x',
    '-p 9000-9010:80 x',
    '--name other --network bridge -m 64m --cpus 4 x',
    '--network container:api x',
    'docker.io/library/x',
    'x:latest',
  ])('nothing is said of %s', async (line) => {
    expect(await told(line, { containers: [api] })).toEqual([]);
  });

  test('a container that ended holds no port, but its name', async () => {
    const world = { containers: [{ ...api, state: 'exited' as const }] };
    expect(await told('-p 8080:80 --name api x', world)).toEqual([
      'name | There is a container api already | api-2',
    ]);
  });

  test('what the new one takes the place of is not in its way', async () => {
    const world = { containers: [{ ...api, id: 'old' }] };
    expect(await told('-p 8080:80 --name api x', world, { replaces: 'old' })).toEqual([]);
  });
});

describe('mounted folders', () => {
  const folder: PathFacts = { kind: 'directory', uid: 1000, gid: 1001 };
  const at = (facts: PathFacts) => ({ paths: new Map([['/a', facts]]) });

  test('that are not there are told: an error with --mount, an empty folder with -v', async () => {
    const missing = at({ kind: 'missing' });
    expect(await told('-v /a:/x x', {}, missing)).toEqual([
      'volume | /a does not exist: docker will make an empty folder that belongs to root',
    ]);
    expect(await told('--mount type=bind,src=/a,dst=/x x', {}, missing)).toEqual([
      'mount | /a does not exist',
    ]);
  });

  test('of another owner are told, with who to run as', async () => {
    expect(await told('-v /a:/x x', {}, at(folder))).toEqual([
      'volume | The container runs as root: what it writes in /a of 1000:1001 will be root’s | 1000:1001',
    ]);
    const node = { image: imageFacts('x', { Config: { User: 'node' } }) };
    expect(await told('-v /a:/x x', {}, { ...at(folder), ...node })).toEqual([
      'volume | /a belongs to 1000:1001, the container runs as node and may not write there | 1000:1001',
    ]);
  });

  test.each(['-u 1000 -v /a:/x x', '-u 1000:50 -v /a:/x x', '-v /a:/x:ro x'])(
    'nothing is said of %s',
    async (line) => {
      expect(await told(line, {}, at(folder))).toEqual([]);
    },
  );

  test('of root are root’s, and files are files', async () => {
    expect(await told('-v /a:/x x', {}, at({ kind: 'directory', uid: 0, gid: 0 }))).toEqual([]);
    expect(await told('-v /a:/x x', {}, at({ ...folder, kind: 'other' }))).toEqual([]);
  });

  test('the offer goes into the field for the user, the free port into its row', async () => {
    const { engine } = fakeEngine({
      containers: [api],
      images: [{ id: 'sha256:1', tags: ['x:latest'] }],
    });
    const { spec } = specOfLine('docker run -p 1:1 -p 127.0.0.1:8080:80 -v /a:/x x', runPlace);
    const { spec: typed, mark } = specOfValues(valuesOf(spec), runPlace);
    const world = {
      containers: await engine.containers(),
      images: await engine.images(),
      networks: [],
      image: imageFacts('x'),
      gpu: gpuFacts(undefined, undefined),
      ...at(folder),
    };
    const marks = troublesOf(typed, world).map(mark);
    expect(
      marks.map(({ field, row, offer }) => [
        field,
        row,
        offer?.field,
        offer?.row,
        offer?.column,
        offer?.value,
      ]),
    ).toEqual([
      ['ports', 1, 'ports', 1, 'host', '127.0.0.1:8081'],
      ['mounts', 0, 'user', undefined, undefined, '1000:1001'],
    ]);
  });
});

describe('GPUs', () => {
  test('that the engine cannot hand out are told with what to install', async () => {
    const [first = ''] = await told('--gpus all x', {}, { gpu: { available: false, devices: [] } });
    expect(first).toMatch(/^gpus \| .*NVIDIA Container Toolkit/);
    expect(await told('--gpus all x')).toEqual([]);
    expect(await told('--gpus all x', {}, { gpu: gpuFacts(undefined, undefined) })).toEqual([]);
  });

  test('CUDA of the image is held against the driver', async () => {
    const old = { gpu: { available: true, devices: [], driver: '470.256.02' } };
    const image = { images: [{ id: 'sha256:1', tags: ['nvidia/cuda:12.4.1-base-ubuntu22.04'] }] };
    expect(await told('--gpus all nvidia/cuda:12.4.1-base-ubuntu22.04', image, old)).toEqual([
      'gpus | CUDA 12.4 of this image needs driver 525.60.13 or newer, and this machine has 470.256.02',
    ]);
    const byVariable = {
      ...old,
      image: imageFacts('x', { Config: { Env: ['CUDA_VERSION=12.4.1'] } }),
    };
    expect(await told('--gpus all x', {}, byVariable)).toHaveLength(1);
    const recent = { gpu: { available: true, devices: [], driver: '550.90' } };
    expect(await told('--gpus all nvidia/cuda:12.4.1-base-ubuntu22.04', image, recent)).toEqual([]);
  });

  test('drivers are compared number by number', () => {
    expect([
      isOlder('99.1', '100.0'),
      isOlder('525.60.13', '525.60.13'),
      isOlder('525.60', '525.60.13'),
    ]).toEqual([true, false, true]);
  });
});

describe('the first line for an image', () => {
  const image = (Config: object) => imageFacts('docker.io/library/postgres:17', { Config });
  const line = (Config: object, taken: readonly number[] = []) =>
    lineOfSpec(firstSpec(image(Config), new Set(taken)));

  test('publishes its ports where they are free, and keeps its data in volumes with a name', () => {
    const config = {
      ExposedPorts: { '5432/tcp': {} },
      Volumes: { '/var/lib/postgresql/data': {} },
      Cmd: ['postgres'],
    };
    expect(line(config, [5432])).toBe(
      'docker run -d -p 5433:5432 -v postgres-data:/var/lib/postgresql/data docker.io/library/postgres:17',
    );
  });

  test('opens a terminal on a shell', () => {
    expect(line({ Cmd: ['/bin/bash'] })).toBe('docker run -it --rm docker.io/library/postgres:17');
    expect(line({ Cmd: ['python3', 'app.py'] })).toBe(
      'docker run -d docker.io/library/postgres:17',
    );
  });

  test('asks for variables that the image leaves empty', () => {
    expect(line({ Env: ['PATH=/bin', 'KEY='] })).toBe(
      'docker run -d -e KEY= docker.io/library/postgres:17',
    );
  });
});

test('passwords are not remembered, the names of their files are', () => {
  const { spec } = specOfLine(
    'docker run -e DB_PASSWORD=x -e API_KEY=y -e TOKEN_FILE=/run/t -e A=b x',
    runPlace,
  );
  expect(rememberedLine(spec)).toBe(
    'docker run -e DB_PASSWORD= -e API_KEY= -e TOKEN_FILE=/run/t -e A=b x',
  );
});

describe('a failed start is one sentence', () => {
  const containers = [{ ...api, id: 'a1', state: 'running' }] as unknown as readonly Container[];
  test.each([
    [
      'driver failed programming external connectivity on endpoint web (1): Bind for 0.0.0.0:8080 failed: port is already allocated',
      'publish',
      'port 8080 is taken by api',
    ],
    [
      'Error starting userland proxy: listen tcp4 0.0.0.0:22: bind: address already in use',
      'publish',
      'port 22 is taken by another program',
    ],
    [
      'listen tcp4 0.0.0.0:80: bind: permission denied',
      'publish',
      'this engine may not use port 80: those below 1024 are root’s',
    ],
    [
      'Conflict. The container name "/api" is already in use by container "a1". You have to remove (or rename) that container',
      'name',
      'the name api is that of a running container',
    ],
    [
      'invalid mount config for type "bind": bind source path does not exist: /nowhere',
      'mount',
      '/nowhere does not exist',
    ],
    [
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
      'command',
      'the image has no program nope',
    ],
    [
      'exec /bin/x: exec format error',
      'platform',
      'the image was made for another kind of processor',
    ],
    [
      'unable to find user bob: no matching entries in passwd file',
      'user',
      'the image knows no user bob',
    ],
    [
      'CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=7',
      'gpus',
      'there is no device nvidia.com/gpu=7',
    ],
    [
      'creating container storage: the container name "web" is already in use by 0123abc. You have to remove that container to be able to reuse that name: that name is already in use',
      'name',
      'the name web is that of a container that has ended',
    ],
    [
      'failed to set up container networking: driver failed programming external connectivity on endpoint x (0a1): failed to bind host port for 0.0.0.0:8090:172.17.0.5:80/tcp: address already in use',
      'publish',
      'port 8090 is taken by another program',
    ],
    [
      'failed to bind host port for [::]:80:172.17.0.5:80/tcp: permission denied',
      'publish',
      'this engine may not use port 80: those below 1024 are root’s',
    ],
    ['something new', undefined, 'something new'],
  ])('%s', (text, place, message) => {
    const { spec } = specOfLine('docker run x', runPlace);
    expect(failureOf(text, { spec, containers })).toEqual({
      message,
      ...(place !== undefined && { place }),
    });
  });

  test('no GPU says what to install', () => {
    const { spec } = specOfLine('docker run --gpus all x', runPlace);
    const { place, message } = failureOf(
      'could not select device driver "" with capabilities: [[gpu]]',
      { spec, containers },
    );
    expect([place, message]).toEqual(['gpus', expect.stringContaining('nvidia-container-toolkit')]);
  });
});
