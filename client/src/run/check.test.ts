import { describe, expect, test } from 'vitest';
import { runPlace } from '../../../test/run-lines.ts';
import type { Container } from '../engine/engine.ts';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import type { PathFacts } from './check-mounts.ts';
import { troublesOf, type World } from './check.ts';
import { specOfValues } from './spec-of-values.ts';
import { valuesOf } from './values-of-spec.ts';
import { failureOf } from './failure.ts';
import { gpuFacts, isOlder } from './gpu.ts';
import { firstSpec, imageFacts } from './image.ts';
import { lineOfSpec, specOfLine } from './line.ts';
import { rememberedLine } from './memory.ts';

async function troublesIn(line: string, world: FakeWorld = {}, more: Partial<World> = {}) {
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

describe('problems of a spec', () => {
  test.each([
    ['-p 8080:80 x', 'publish | Port 8080 is in use by api | 8081'],
    ['-p 127.0.0.1:8080:80 x', 'publish | Port 8080 is in use by api | 8081'],
    ['-p 8079-8080:79-80 x', 'publish | Port 8080 is in use by api'],
    ['-p 1:1 -p 1:2 x', 'publish | Port 1 is published twice'],
    ['--name api x', 'name | Container api already exists | api-2'],
    ['--network nowhere x', 'network | Network nowhere does not exist'],
    ['--network container:gone x', 'network | Container gone does not exist'],
    ['-m 1m x', 'memory | The memory limit must be at least 6m'],
    [
      '-m 64m --memory-swap 32m x',
      'memory-swap | The limit of memory and swap must not be less than the memory limit',
    ],
    ['--cpus 5 x', 'cpus | The host has 4 CPUs'],
    ['--rm --restart always x', 'restart | --restart cannot be combined with --rm'],
    ['-d -a stdout x', 'attach | --attach cannot be combined with --detach'],
    ['-e A=1 -e A=2 x', 'env | A is set twice; the last value is used'],
    ['y', 'image | y will be pulled first'],
    ['--pull never y', 'image | y is not available locally'],
    ['-v aa:/x -v bb:/x/ x', 'volume | /x is already a mount point'],
    ['-v aa:/ x', 'volume | / cannot be a mount point'],
    ['-v a/b:/x x', 'volume | a/b is not a valid volume name; a path begins with / or ./'],
    ['--network host -p 1:1 x', 'publish | Published ports have no effect with the host network'],
  ])('%s', async (line, expected) => {
    expect(await troublesIn(line, { containers: [api] })).toEqual([expected]);
  });

  test.each([
    '-p 8080:80/udp x',
    '-p 80 x',
    '-p 9000-9010:80 x',
    '--name other --network bridge -m 64m --cpus 4 x',
    '--network container:api x',
    'docker.io/library/x',
    'x:latest',
  ])('does not report problems for %s', async (line) => {
    expect(await troublesIn(line, { containers: [api] })).toEqual([]);
  });

  test('reports the name but not the port of a stopped container', async () => {
    const world = { containers: [{ ...api, state: 'exited' as const }] };
    expect(await troublesIn('-p 8080:80 --name api x', world)).toEqual([
      'name | Container api already exists | api-2',
    ]);
  });

  test('does not report the name and port of the replaced container', async () => {
    const world = { containers: [{ ...api, id: 'old' }] };
    expect(await troublesIn('-p 8080:80 --name api x', world, { replaces: 'old' })).toEqual([]);
  });
});

describe('bind mounts', () => {
  const folder: PathFacts = { kind: 'directory', uid: 1000, gid: 1001 };
  const at = (facts: PathFacts) => ({ paths: new Map([['/a', facts]]) });

  test('reports a missing source', async () => {
    const missing = at({ kind: 'missing' });
    expect(await troublesIn('-v /a:/x x', {}, missing)).toEqual([
      'volume | /a does not exist; Docker will create it as an empty directory of root',
    ]);
    expect(await troublesIn('--mount type=bind,src=/a,dst=/x x', {}, missing)).toEqual([
      'mount | /a does not exist',
    ]);
  });

  test('reports a source of another owner, and offers to run as that user', async () => {
    expect(await troublesIn('-v /a:/x x', {}, at(folder))).toEqual([
      'volume | /a belongs to 1000:1001, but files that the container creates in it will belong to root | 1000:1001',
    ]);
    const node = { image: imageFacts('x', { config: { User: 'node' } }) };
    expect(await troublesIn('-v /a:/x x', {}, { ...at(folder), ...node })).toEqual([
      'volume | /a belongs to 1000:1001; the container runs as node and may not be able to write to it | 1000:1001',
    ]);
  });

  test.each(['-u 1000 -v /a:/x x', '-u 1000:50 -v /a:/x x', '-v /a:/x:ro x'])(
    'does not report problems for %s',
    async (line) => {
      expect(await troublesIn(line, {}, at(folder))).toEqual([]);
    },
  );

  test('does not report a source of root for a container of root, or a special file', async () => {
    expect(await troublesIn('-v /a:/x x', {}, at({ kind: 'directory', uid: 0, gid: 0 }))).toEqual(
      [],
    );
    expect(await troublesIn('-v /a:/x x', {}, at({ ...folder, kind: 'other' }))).toEqual([]);
  });

  test('offers a free port for its row, and a user for its field', async () => {
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
  test('reports what to install when GPUs are not available', async () => {
    const [first = ''] = await troublesIn(
      '--gpus all x',
      {},
      { gpu: { available: false, devices: [] } },
    );
    expect(first).toMatch(/^gpus \| .*NVIDIA Container Toolkit/);
    expect(await troublesIn('--gpus all x')).toEqual([]);
    expect(await troublesIn('--gpus all x', {}, { gpu: gpuFacts(undefined, undefined) })).toEqual(
      [],
    );
  });

  test('reports a driver that is too old for the CUDA version of the image', async () => {
    const old = { gpu: { available: true, devices: [], driver: '470.256.02' } };
    const image = { images: [{ id: 'sha256:1', tags: ['nvidia/cuda:12.4.1-base-ubuntu22.04'] }] };
    expect(await troublesIn('--gpus all nvidia/cuda:12.4.1-base-ubuntu22.04', image, old)).toEqual([
      'gpus | CUDA 12.4 of this image requires driver 525.60.13 or later; the host has 470.256.02',
    ]);
    const byVariable = {
      ...old,
      image: imageFacts('x', { config: { Env: ['CUDA_VERSION=12.4.1'] } }),
    };
    expect(await troublesIn('--gpus all x', {}, byVariable)).toHaveLength(1);
    const recent = { gpu: { available: true, devices: [], driver: '550.90' } };
    expect(
      await troublesIn('--gpus all nvidia/cuda:12.4.1-base-ubuntu22.04', image, recent),
    ).toEqual([]);
  });

  test('compares driver versions number by number', () => {
    expect([
      isOlder('99.1', '100.0'),
      isOlder('525.60.13', '525.60.13'),
      isOlder('525.60', '525.60.13'),
    ]).toEqual([true, false, true]);
  });
});

describe('the initial command for an image', () => {
  const image = (config: object) => imageFacts('docker.io/library/postgres:17', { config });
  const line = (config: object, taken: readonly number[] = []) =>
    lineOfSpec(firstSpec(image(config), new Set(taken)));

  test('publishes ports on free ports of the host, and names volumes', () => {
    const config = {
      ExposedPorts: { '5432/tcp': {} },
      Volumes: { '/var/lib/postgresql/data': {} },
      Cmd: ['postgres'],
    };
    expect(line(config, [5432])).toBe(
      'docker run -d -p 5433:5432 -v postgres-data:/var/lib/postgresql/data docker.io/library/postgres:17',
    );
  });

  test('runs a shell in a terminal', () => {
    expect(line({ Cmd: ['/bin/bash'] })).toBe('docker run -it --rm docker.io/library/postgres:17');
    expect(line({ Cmd: ['python3', 'app.py'] })).toBe(
      'docker run -d docker.io/library/postgres:17',
    );
  });

  test('has the variables that are empty in the image', () => {
    expect(line({ Env: ['PATH=/bin', 'KEY='] })).toBe(
      'docker run -d -e KEY= docker.io/library/postgres:17',
    );
  });
});

test('does not store passwords, but names of password files', () => {
  const { spec } = specOfLine(
    'docker run -e DB_PASSWORD=x -e API_KEY=y -e TOKEN_FILE=/run/t -e A=b x',
    runPlace,
  );
  expect(rememberedLine(spec)).toBe(
    'docker run -e DB_PASSWORD= -e API_KEY= -e TOKEN_FILE=/run/t -e A=b x',
  );
});

describe('reasons of a failed start', () => {
  const containers = [{ ...api, id: 'a1', state: 'running' }] as unknown as readonly Container[];
  test.each([
    [
      'driver failed programming external connectivity on endpoint web (1): Bind for 0.0.0.0:8080 failed: port is already allocated',
      'publish',
      'port 8080 is in use by api',
    ],
    [
      'Error starting userland proxy: listen tcp4 0.0.0.0:22: bind: address already in use',
      'publish',
      'port 22 is in use by another program',
    ],
    [
      'listen tcp4 0.0.0.0:80: bind: permission denied',
      'publish',
      'the engine is not allowed to use port 80; ports below 1024 require root',
    ],
    [
      'Conflict. The container name "/api" is already in use by container "a1". You have to remove (or rename) that container',
      'name',
      'the name api is in use by a running container',
    ],
    [
      'invalid mount config for type "bind": bind source path does not exist: /nowhere',
      'mount',
      '/nowhere does not exist',
    ],
    [
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
      'command',
      'executable nope was not found in the image',
    ],
    [
      'exec /bin/x: exec format error',
      'platform',
      'the image was built for another CPU architecture',
    ],
    [
      'unable to find user bob: no matching entries in passwd file',
      'user',
      'user bob does not exist in the image',
    ],
    [
      'CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=7',
      'gpus',
      'device nvidia.com/gpu=7 does not exist',
    ],
    [
      'creating container storage: the container name "web" is already in use by 0123abc. You have to remove that container to be able to reuse that name: that name is already in use',
      'name',
      'the name web is in use by a stopped container',
    ],
    [
      'failed to set up container networking: driver failed programming external connectivity on endpoint x (0a1): failed to bind host port for 0.0.0.0:8090:172.17.0.5:80/tcp: address already in use',
      'publish',
      'port 8090 is in use by another program',
    ],
    [
      'failed to bind host port for [::]:80:172.17.0.5:80/tcp: permission denied',
      'publish',
      'the engine is not allowed to use port 80; ports below 1024 require root',
    ],
    ['something new', undefined, 'something new'],
  ])('%s', (text, place, message) => {
    const { spec } = specOfLine('docker run x', runPlace);
    expect(failureOf(text, { spec, containers })).toEqual({
      message,
      ...(place !== undefined && { place }),
    });
  });

  test('says what to install when GPUs are not available', () => {
    const { spec } = specOfLine('docker run --gpus all x', runPlace);
    const { place, message } = failureOf(
      'could not select device driver "" with capabilities: [[gpu]]',
      { spec, containers },
    );
    expect([place, message]).toEqual(['gpus', expect.stringContaining('NVIDIA Container Toolkit')]);
  });
});
