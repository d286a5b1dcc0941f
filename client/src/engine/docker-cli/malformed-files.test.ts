/** Configuration files and helpers with any content: each gives a result, none, or an EngineError with one sentence. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isEngineError } from '../errors.ts';
import { findAddress } from './address-lookup.ts';
import { updateConfig, type Environment } from './config-file.ts';
import { contextPaths } from './context-files.ts';
import { contextStore } from './context-store.ts';
import { credentialsAt } from './credentials.ts';
import { listLogins, removeLogin, saveLogin } from './login-store.ts';

const onPosix = test.skipIf(process.platform === 'win32');

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'drydock-malformed-'));
});
afterAll(() => rm(root, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

/** An environment with a new directory, and with this text as `config.json`. */
async function environmentWith(config?: string | Uint8Array): Promise<Environment> {
  const directory = join(root, String(++count));
  await mkdir(directory);
  if (config !== undefined) await writeFile(join(directory, 'config.json'), config);
  const PATH = `${directory}:${process.env.PATH ?? ''}`;
  return { env: { DOCKER_CONFIG: directory, PATH }, home: directory, platform: process.platform };
}

async function addHelper({ home }: Environment, name: string, script: string): Promise<void> {
  const file = join(home, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

const login = { username: 'me', password: 'secret', serveraddress: 'r.io' };

/** The results of everything that reads the file; fails for any error that is not an EngineError with a sentence. */
async function everyResult(environment: Environment): Promise<readonly unknown[]> {
  const store = contextStore(environment);
  const calls: readonly (() => Promise<unknown>)[] = [
    () => findAddress('', environment),
    () => credentialsAt('r.io', environment),
    () => credentialsAt('docker.io', environment),
    () => listLogins(environment),
    () => store.list(),
    () => removeLogin('r.io', environment),
    () => saveLogin(login, environment),
  ];
  const results: unknown[] = [];
  for (const call of calls) {
    results.push(
      await call().catch((error: unknown) => {
        if (!isEngineError(error)) throw error;
        expect(error.message).toMatch(/^[^\n]{10,}$/);
        return error;
      }),
    );
  }
  return results;
}

const odd = [null, true, 0, 1e999, '', 'x', [], [null], {}, { x: null }, { 'r.io': null }, { 'r.io': [] }, { 'r.io': 'x' }, { 'r.io': 7 }, { 'r.io': {} }, { 'r.io': { auth: null } }, { 'r.io': { auth: 'bm9jb2xvbg==' } }, { 'r.io': { auth: '%%' } }, { 'r.io': { auth: 1, username: [] } }, { 'r.io': { username: null, password: {} } }, { 'r.io': { identitytoken: {} } }]; // prettier-ignore

test.each(['auths', 'credHelpers', 'credsStore', 'currentContext', 'HttpHeaders'])(
  'accepts any value of %s',
  async (name) => {
    for (const value of odd) {
      const [, credentials] = await everyResult(
        await environmentWith(JSON.stringify({ [name]: value })),
      );
      expect([JSON.stringify(value), credentials]).toEqual([JSON.stringify(value), undefined]);
    }
  },
);

test.each(['constructor', '__proto__', 'toString'])(
  'does not inherit an entry for %s',
  async (name) => {
    const environment = await environmentWith('{"auths":{},"credHelpers":{}}');
    expect(await credentialsAt(name, environment)).toBeUndefined();
  },
);

test.each([
  ['is empty', ''],
  ['is only whitespace', ' \n'],
  ['is null', 'null'],
  ['is an array', '[]'],
  ['is a number', '1'],
  ['is not JSON', '{'],
  ['is not UTF-8', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['is deeply nested', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['contains null characters', '\0\0'],
])('reads config.json when it %s', async (_, text) => {
  const results = await everyResult(await environmentWith(text));
  expect(results[1]).toBeUndefined();
});

test('reads config.json with a byte order mark and with characters that are not UTF-8', async () => {
  const auth = Buffer.from('me:secret').toString('base64');
  const text = Buffer.from(`\uFEFF{"auths":{"r.io":{"auth":"${auth}"}},"x":"`);
  const environment = await environmentWith(Buffer.concat([text, Buffer.from([0xff, 0x22, 0x7d])]));
  expect(await credentialsAt('r.io', environment)).toEqual(login);
});

test('does not replace a file whose content it cannot keep', async () => {
  for (const text of ['[1]', '"x"', '{"a"', '7']) {
    const environment = await environmentWith(text);
    const change = updateConfig(environment, (config) => ({ ...config, a: 1 }));
    await expect(change).rejects.toMatchObject({ name: 'EngineError' });
    expect(await readFile(join(environment.home, 'config.json'), 'utf8')).toBe(text);
  }
});

onPosix('reports a file that is too large, a pipe or a device', async () => {
  const large = await environmentWith(`{"x":"${'x'.repeat(10_000_000)}"}`);
  await expect(findAddress('', large)).rejects.toMatchObject({
    message: `\`${join(large.home, 'config.json')}\` is larger than 10 MB`,
  });
  const pipe = await environmentWith();
  execFileSync('mkfifo', [join(pipe.home, 'config.json')]);
  const device = await environmentWith();
  await symlink('/dev/zero', join(device.home, 'config.json'));
  for (const environment of [pipe, device]) {
    const message = `\`${join(environment.home, 'config.json')}\` is not a regular file`;
    await expect(findAddress('', environment)).rejects.toMatchObject({ message });
    await expect(saveLogin(login, environment)).rejects.toMatchObject({ message });
    expect(await credentialsAt('r.io', environment)).toBeUndefined();
  }
});

test('continues without a configuration that is a directory', async () => {
  const environment = await environmentWith();
  await mkdir(join(environment.home, 'config.json'));
  expect(await credentialsAt('r.io', environment)).toBeUndefined();
  await expect(findAddress('', environment)).resolves.toMatchObject({ source: 'default' });
  await expect(saveLogin(login, environment)).rejects.toMatchObject({ name: 'EngineError' });
});

describe('context files', () => {
  async function contextWith(meta: string): Promise<Environment> {
    const environment = await environmentWith();
    const paths = contextPaths(environment, 'box');
    await mkdir(paths.directory, { recursive: true });
    await writeFile(paths.meta, meta);
    return environment;
  }

  const endpoints = [null, [], 'x', {}, { docker: null }, { docker: [] }, { docker: 1 }, { docker: { Host: null } }, { docker: { Host: 7 } }, { docker: { Host: '' } }, { docker: { Host: 'ssh://$(x)' } }, { docker: { Host: 'npipe:////server/pipe/x' } }]; // prettier-ignore

  test('with any values give an EngineError', async () => {
    for (const value of endpoints) {
      const meta = { Name: 'box', Metadata: value, Endpoints: value };
      const environment = await contextWith(JSON.stringify(meta));
      const address = findAddress('', environment, 'box');
      await expect(address, JSON.stringify(value)).rejects.toMatchObject({ kind: 'misconfigured' });
      expect(await contextStore(environment).list()).toHaveLength(2);
    }
  });

  test.each(['', 'null', '[]', '{', '\uFEFF{}', '{"Name":null}', `{"a":${'['.repeat(50_000)}`])(
    'that contain %j are not listed',
    async (meta) => {
      const environment = await contextWith(meta);
      expect(await contextStore(environment).list()).toHaveLength(1);
      await expect(findAddress('', environment, 'box')).rejects.toMatchObject({
        name: 'EngineError',
      });
    },
  );

  onPosix('that are pipes are not waited for', async () => {
    const environment = await contextWith('');
    const { meta } = contextPaths(environment, 'box');
    await rm(meta);
    execFileSync('mkfifo', [meta]);
    expect(await contextStore(environment).list()).toHaveLength(1);
    await expect(findAddress('', environment, 'box')).rejects.toMatchObject({
      message: `\`${meta}\` is not a regular file`,
    });
  });
});

describe.skipIf(process.platform === 'win32')('credential helpers', () => {
  test.each([
    ['nothing', ':'],
    ['null', 'echo null'],
    ['an array', 'echo "[]"'],
    ['text', 'echo credentials'],
    ['a number', 'echo 1'],
    ['null values', `echo '{"Username":null,"Secret":null}'`],
    ['other types', `echo '{"Username":[],"Secret":{}}'`],
    ['bytes that are not UTF-8', `printf '\\377\\376'`],
    ['endless output', 'yes'],
    ['endless output and ignores signals', "trap '' PIPE TERM; while :; do echo x; done"],
    ['an error', 'echo no >&2; exit 3'],
    ['its own end', 'kill -9 $$'],
  ])('that print %s give no credentials', async (_, script) => {
    const environment = await environmentWith('{"credsStore":"odd"}');
    await addHelper(environment, 'odd', script);
    expect(await credentialsAt('r.io', environment)).toBeUndefined();
  });

  test.each(['../x', '/bin/x', 'a b', 'a;b', '$(x)', 'a\0b', '-x', '..', 'a/../b', 'a\\b'])(
    'named %j are not run, and a login says so',
    async (name) => {
      const environment = await environmentWith(JSON.stringify({ credsStore: name }));
      expect(await credentialsAt('r.io', environment)).toBeUndefined();
      await expect(saveLogin(login, environment)).rejects.toMatchObject({
        message: `\`${name}\` in config.json is not a valid name of a credential helper`,
      });
    },
  );

  /** The process id that a helper wrote for the program that it started. */
  async function childId({ home }: Environment): Promise<number> {
    let text = '';
    while (!text.endsWith('\n')) {
      text = await readFile(join(home, 'child'), 'utf8').catch(() => '');
      await nextTurn();
    }
    return Number(text);
  }

  /** Also with simulated timers. */
  function nextTurn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Whether a process runs; one that has ended can stay in the list until its parent reads its exit code. */
  async function isRunning(id: number): Promise<boolean> {
    const state = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
    if (state !== undefined) return !/\) [ZX] /.test(state);
    try {
      return process.kill(id, 0);
    } catch {
      return false;
    }
  }

  async function expectEnd(id: number): Promise<void> {
    while (await isRunning(id)) await nextTurn();
  }

  test.each([
    ['that waits', 'sleep 1000 & echo $! > "$DOCKER_CONFIG/child"; wait'],
    ['that ignores signals', "trap '' TERM INT; sleep 1000 & echo $! > \"$DOCKER_CONFIG/child\"; wait; while :; do sleep 1000; done"], // prettier-ignore
    ['that ends without an answer', 'sleep 1000 & echo $! > "$DOCKER_CONFIG/child"; exit 1'],
  ])('%s is stopped with its child processes within 20 seconds', async (_, script) => {
    const environment = await environmentWith('{"credsStore":"slow"}');
    await addHelper(environment, 'slow', script);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const result = saveLogin(login, environment).catch((error: unknown) => error);
    const id = await childId(environment);
    expect(await isRunning(id)).toBe(true);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await result).toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(
        /^The credential helper docker-credential-slow (?:failed|did not answer in time)$/,
      ) as string,
    });
    await expectEnd(id);
  });

  test('that leave a program running which keeps the output open give their credentials', async () => {
    const environment = await environmentWith('{"credsStore":"slow"}');
    const answer = JSON.stringify({ Username: 'me', Secret: 'secret' });
    const script = `sleep 1000 & echo $! > "$DOCKER_CONFIG/child"; echo '${answer}'`;
    await addHelper(environment, 'slow', script);
    expect(await credentialsAt('r.io', environment)).toEqual(login);
    await expectEnd(await childId(environment));
  });
});

describe('engine addresses', () => {
  const addressOf = (url: string, platform: NodeJS.Platform = 'linux') =>
    findAddress(url, { env: {}, home: root, platform }).then(({ endpoint }) => endpoint);

  test.each([
    ['ssh://box', { host: 'box' }],
    ['ssh://my_box-1.example.com:22', { host: 'my_box-1.example.com', port: 22 }],
    ['SSH://me.x@10.0.0.1/', { host: '10.0.0.1', user: 'me.x' }],
    ['ssh://me@example.com@box', { host: 'box', user: 'me@example.com' }],
    ['ssh://[::1]:2222', { host: '::1', port: 2222 }],
    ['ssh://[fe80::1%25eth0]', { host: 'fe80::1%eth0' }],
    ['ssh://[fe80::1%eth0]', { host: 'fe80::1%eth0' }],
    ['ssh://box/run/user/1000/docker.sock', { host: 'box', socket: '/run/user/1000/docker.sock' }],
  ])('accepts %s', async (url, parts) => {
    expect(await addressOf(url)).toEqual({ kind: 'ssh', ...parts });
  });

  const characters = [' ', '\t', '\n', '\r', '\0', '\u001b', '$', '`', ';', '&', '|', '<', '>', '(', ')', '{', '}', '*', '!', "'", '"', '\\', '~', '^', ',', '=', 'é', '\u2028', '＠']; // prettier-ignore
  test.each(characters)('refuses %j in each part of an ssh address', async (character) => {
    for (const text of [character, encodeURIComponent(character)]) {
      for (const url of [
        `ssh://a${text}b`,
        `ssh://${text}b`,
        `ssh://a${text}b@box`,
        `ssh://box/a${text}b`,
        `ssh://[::1${text}]`,
        `ssh://box:2${text}2`,
      ]) {
        await expect(addressOf(url), url).rejects.toMatchObject({
          kind: 'misconfigured',
          message: expect.stringMatching(/^Invalid address in setting drydock\.engine\.host: \S/) as string, // prettier-ignore
        });
      }
    }
  });

  test.each([
    'ssh://-oProxyCommand=x',
    'ssh://%2DoProxyCommand',
    'ssh://-l@box',
    'ssh://[-1::]',
    'ssh://[box]',
    'ssh://box:0',
    'ssh://box:65536',
    'ssh://box:',
    'ssh://box?x',
    'ssh://box#x',
    'ssh://me:secret@box',
    'ssh://[::1]x',
    'ssh:///run/docker.sock',
    'ssh://box/%24(x)',
  ])('refuses %s', async (url) => {
    await expect(addressOf(url)).rejects.toMatchObject({ kind: 'misconfigured' });
  });

  test('says what is accepted, and where the address is configured', async () => {
    const messageOf = async (env: Environment['env']): Promise<unknown> =>
      findAddress('', { env, home: root, platform: 'linux' }).catch((error: unknown) =>
        isEngineError(error) ? error.message : error,
      );
    expect(await messageOf({ DOCKER_HOST: 'ssh://a$b' })).toBe(
      'Invalid address in DOCKER_HOST: `a$b` is not a valid SSH host; use letters, digits, `.`, `-` and `_`, or an IPv6 address in brackets', // prettier-ignore
    );
    const environment = await environmentWith();
    const paths = contextPaths(environment, 'far');
    await mkdir(paths.directory, { recursive: true });
    const Endpoints = { docker: { Host: 'npipe:////server/pipe/docker_engine' } };
    await writeFile(paths.meta, JSON.stringify({ Name: 'far', Endpoints }));
    expect(await messageOf({ ...environment.env, DOCKER_CONTEXT: 'far' })).toBe(
      'Invalid address in Docker context `far`: `//server/pipe/docker_engine` is not a named pipe of this machine, such as npipe:////./pipe/docker_engine', // prettier-ignore
    );
  });

  test.each([
    ['npipe://', '//./pipe/docker_engine'],
    ['npipe:////./pipe/podman-machine-default', '//./pipe/podman-machine-default'],
    [String.raw`npipe://\\.\pipe\dockerDesktopLinuxEngine`, '//./pipe/dockerDesktopLinuxEngine'],
    ['npipe:////./PIPE/x.1', '//./PIPE/x.1'],
  ])('accepts the local pipe %s', async (url, path) => {
    expect(await addressOf(url, 'win32')).toEqual({ kind: 'socket', path });
  });

  const remotePipes = ['//server/pipe/x', '//10.0.0.1/pipe/x', '//localhost/pipe/x', '//./pipe/', '//./pipe', '//./pipe/..', '//./pipe/../UNC/server/pipe/x', '//./pipe/a/../../UNC/s/x', '//./UNC/server/pipe/x', '//?/UNC/server/pipe/x', '//./GLOBALROOT/x', '//server/c$/x', '/', 'x', '//./pipe/a b', '//./pipe/a?b']; // prettier-ignore
  test.each(remotePipes)('refuses the pipe %s', async (path) => {
    const paths = [path, path.replaceAll('/', '\\'), path.replace('//', '/\\')];
    for (const one of paths) {
      await expect(addressOf(`npipe://${one}`, 'win32'), one).rejects.toMatchObject({
        kind: 'misconfigured',
      });
    }
    if (!path.startsWith('//')) return;
    for (const one of paths) {
      await expect(addressOf(`unix://${one}`, 'win32'), one).rejects.toMatchObject({
        kind: 'misconfigured',
      });
    }
  });

  test('accepts a socket with two slashes where it does not name another machine', async () => {
    expect(await addressOf('unix:////var/run/docker.sock')).toMatchObject({
      path: '//var/run/docker.sock',
    });
  });
});
