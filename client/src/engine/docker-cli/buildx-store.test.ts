import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBuilders } from './buildx-store.ts';
import type { Environment } from './config-file.ts';

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'drydock-buildx-'));
});
afterAll(() => rm(root, { recursive: true }));

/** An environment with these files in the directory of buildx. */
async function environmentWith(
  files: Readonly<Record<string, unknown>>,
  env: Environment['env'] = {},
): Promise<Environment> {
  const home = join(root, String(++count));
  await mkdir(join(home, 'buildx/instances'), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(home, name.startsWith('config') ? '' : 'buildx', name), text);
  }
  return { env: { DOCKER_CONFIG: home, ...env }, home, platform: process.platform };
}

/** As `docker buildx create` of buildx 0.29 writes it. */
const farm = {
  Name: 'farm',
  Driver: 'remote',
  Nodes: [
    {
      Name: 'farm0',
      Endpoint: 'tcp://buildkit.example.com:1234',
      Platforms: [
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm', os: 'linux', variant: 'v7' },
      ],
      DriverOpts: { cacert: '/certs/ca.pem', servername: 'buildkit' },
      Flags: null,
      Files: null,
    },
    { Name: 'farm1', Endpoint: 'unix:///b.sock', Platforms: null, DriverOpts: null },
  ],
  Dynamic: false,
};

const node = { Name: 'x0', Endpoint: 'default' };

test('reads the builders of buildx', async () => {
  const environment = await environmentWith({
    'instances/farm': farm,
    'instances/box': { Name: 'box', Driver: 'docker-container', Nodes: [node] },
  });
  expect(await readBuilders(environment)).toEqual({
    builders: [
      {
        name: 'box',
        driver: 'docker-container',
        nodes: [{ name: 'x0', endpoint: 'default', platforms: [], options: {} }],
      },
      {
        name: 'farm',
        driver: 'remote',
        nodes: [
          {
            name: 'farm0',
            endpoint: 'tcp://buildkit.example.com:1234',
            platforms: ['linux/amd64', 'linux/arm/v7'],
            options: { cacert: '/certs/ca.pem', servername: 'buildkit' },
          },
          { name: 'farm1', endpoint: 'unix:///b.sock', platforms: [], options: {} },
        ],
      },
    ],
    current: undefined,
    problems: [],
  });
});

test('reads nothing where buildx has never been used', async () => {
  const environment = { env: {}, home: join(root, 'nobody'), platform: process.platform };
  expect(await readBuilders(environment)).toEqual({
    builders: [],
    current: undefined,
    problems: [],
  });
});

test('reads the directory that BUILDX_CONFIG names', async () => {
  const { home } = await environmentWith({ 'instances/farm': farm });
  const environment = await environmentWith({}, { BUILDX_CONFIG: join(home, 'buildx') });
  expect((await readBuilders(environment)).builders).toHaveLength(1);
});

test.each([
  ['of the default context', { Key: 'unix:///var/run/docker.sock', Name: 'farm' }, {}, {}, 'farm'],
  ['of the current context', { Key: 'box', Name: 'farm' }, {}, { currentContext: 'box' }, 'farm'],
  ['of DOCKER_CONTEXT', { Key: 'box', Name: 'farm' }, { DOCKER_CONTEXT: 'box' }, {}, 'farm'],
  ['of DOCKER_HOST', { Key: 'tcp://h:1', Name: 'farm' }, { DOCKER_HOST: 'tcp://h:1' }, {}, 'farm'],
  ['of all contexts', { Key: 'x', Name: 'farm', Global: true }, {}, {}, 'farm'],
  ['but not of another context', { Key: 'box', Name: 'farm' }, {}, {}, undefined],
  ['but not without a name', { Key: 'unix:///var/run/docker.sock', Name: '' }, {}, {}, undefined],
  ['but not of a malformed file', '{', {}, {}, undefined],
])('reads the current builder %s', async (_, current, env, config, expected) => {
  const files = { current, 'config.json': config };
  expect((await readBuilders(await environmentWith(files, env))).current).toBe(expected);
});

test.each([
  ['no JSON', '{"Name":', /is not valid JSON/],
  ['an empty file', '', /is not a builder/],
  ['a list', [], /is not a builder/],
  ['no driver', { Name: 'bad', Nodes: [node] }, /is not a builder/],
  ['a driver of another type', { Name: 'bad', Driver: 7, Nodes: [node] }, /is not a builder/],
  ['no nodes', { Name: 'bad', Driver: 'remote' }, /is not a builder/],
  ['nodes of other types', { Driver: 'remote', Nodes: [null, 'x', [], {}] }, /is not a builder/],
  ['too many levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /is not valid JSON/],
])('reports %s, and reads the other builders', async (_, content, problem) => {
  const environment = await environmentWith({ 'instances/farm': farm, 'instances/bad': content });
  const { builders, problems } = await readBuilders(environment);
  expect(builders.map(({ name }) => name)).toEqual(['farm']);
  expect(problems).toEqual([expect.stringMatching(problem) as string]);
  expect(problems[0]).toContain(join('instances', 'bad'));
});

test('skips values of other types, and names of the prototype', async () => {
  const odd = {
    ...{ Name: '__proto__', Driver: 'constructor' },
    Nodes: [
      {
        Name: 'n',
        Endpoint: 7,
        Platforms: [null, 'linux', { os: 'linux' }, { os: 7, architecture: 'arm' }],
        DriverOpts: { cacert: 7, key: '/k' },
      },
    ],
  };
  const { builders } = await readBuilders(await environmentWith({ 'instances/odd': odd }));
  expect(builders).toEqual([
    {
      name: 'odd',
      driver: 'constructor',
      nodes: [{ name: 'n', endpoint: '', platforms: [], options: { key: '/k' } }],
    },
  ]);
});

test.skipIf(process.platform === 'win32')('reports pipes, directories and loops', async () => {
  const environment = await environmentWith({ 'instances/.lock': '', 'instances/-x': '' });
  const instances = join(environment.home, 'buildx/instances');
  execFileSync('mkfifo', [join(instances, 'pipe')]);
  await mkdir(join(instances, 'directory'));
  await symlink('loop', join(instances, 'loop'));
  await symlink('/dev/zero', join(instances, 'device'));
  const { builders, problems } = await readBuilders(environment);
  expect(builders).toEqual([]);
  expect(problems).toHaveLength(4);
});
