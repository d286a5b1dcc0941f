/** Docker contexts: those that we create can be used by the Docker CLI, and the other way round. */
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextStore } from '../../client/src/engine/docker-cli/context-store.ts';
import type { ContextStore } from '../../client/src/engine/contexts.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { waitUntil, engineErrorOf } from './contract.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-contexts-'));
  for (const name of ['ca', 'cert', 'key']) {
    const kind = name === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE';
    const text = `-----BEGIN ${kind}-----\n${name}\n-----END ${kind}-----\n`;
    await writeFile(join(folder, `${name}.pem`), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

interface Configuration {
  readonly config: string;
  readonly store: ContextStore;
  readonly around: Parameters<typeof contextStore>[0] & object;
  readonly docker: (...args: readonly string[]) => Promise<string>;
}

/** A separate configuration for us and the Docker CLI. */
async function createConfiguration(
  env: Readonly<Record<string, string>> = {},
): Promise<Configuration> {
  const config = join(folder, randomUUID());
  await mkdir(config);
  const around = {
    env: { DOCKER_CONFIG: config, ...env },
    home: folder,
    platform: process.platform,
  };
  const clean = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: config };
  return {
    config,
    around,
    store: contextStore(around),
    docker: async (...args) => {
      const { stdout } = await run('docker', ['context', ...args], { env: clean });
      return stdout.trim();
    },
  };
}

/** Every file below a directory: path → mode and text. */
async function filesOf(config: string): Promise<Record<string, string>> {
  const names = await readdir(join(config, 'contexts'), { recursive: true });
  const files: Record<string, string> = {};
  for (const name of names.sort()) {
    const path = join(config, 'contexts', name);
    const found = await stat(path);
    if (!found.isFile()) continue;
    files[name] = `${(found.mode & 0o777).toString(8)} ${await readFile(path, 'utf8')}`;
  }
  return files;
}

const cli = hasCli();
function hasCli(): boolean {
  try {
    execFileSync('docker', ['context', 'ls'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!cli)('with the Docker CLI', () => {
  test('writes the same files', async () => {
    const [ours, theirs] = [await createConfiguration(), await createConfiguration()];
    await ours.store.create({ name: 'plain', host: 'unix:///x.sock' });
    await theirs.docker('create', 'plain', '--docker', 'host=unix:///x.sock');
    const files = { ca: `${folder}/ca.pem`, cert: `${folder}/cert.pem`, key: `${folder}/key.pem` };
    await ours.store.create({
      name: 'a.b+c-1',
      description: 'A "box" <1> & more',
      host: 'ssh://me@box:22',
    });
    await theirs.docker(
      ...['create', 'a.b+c-1', '--description', 'A "box" <1> & more'],
      ...['--docker', 'host=ssh://me@box:22'],
    );
    expect(await filesOf(ours.config)).toEqual(await filesOf(theirs.config));
    // The Docker CLI validates PEM files; we copy them unchanged.
    await ours.store.create({ name: 'tls', host: 'tcp://box:2376', skipVerify: true, ...files });
    const inspected = JSON.parse(await ours.docker('inspect', 'tls')) as readonly object[];
    expect(inspected[0]).toMatchObject({
      Endpoints: { docker: { Host: 'tcp://box:2376', SkipTLSVerify: true } },
      TLSMaterial: { docker: ['ca.pem', 'cert.pem', 'key.pem'] },
    });
    expect(await ours.store.inspect('tls')).toEqual(inspected[0]);
  });

  test('lists, uses and removes contexts of the Docker CLI', async () => {
    const { store, docker, around, config } = await createConfiguration();
    await docker('create', 'box', '--description', 'The box', '--docker', 'host=tcp://box:1');
    await docker('use', 'box');
    expect((await store.list()).at(-1)).toEqual({
      name: 'box',
      description: 'The box',
      host: 'tcp://box:1',
      builtin: false,
      current: true,
    });
    expect(await findAddress('', around)).toMatchObject({ context: 'box', url: 'tcp://box:1' });
    await store.remove('box');
    expect(await docker('ls', '--format', '{{.Name}}')).toBe('default');
    expect(await docker('show')).toBe('default');
    expect(await filesOf(config)).toEqual({});
  });

  test('creates contexts that the Docker CLI lists, uses and removes', async () => {
    const { store, docker } = await createConfiguration();
    await store.create({ name: 'box', host: 'tcp://box:1' });
    await store.setDefault('box');
    expect(await docker('show')).toBe('box');
    await store.setDefault('default');
    expect(await docker('show')).toBe('default');
    await docker('rm', 'box');
    expect((await store.list()).map(({ name }) => name)).toEqual(['default']);
  });

  test('rejects names and addresses that the Docker CLI rejects', async () => {
    const { store, docker } = await createConfiguration();
    const name = 'x'.repeat(3);
    for (const wrong of ['a/b', '.a', 'a', 'default']) {
      await expect(docker('create', wrong, '--docker', 'host=tcp://a:1')).rejects.toThrow();
      await engineErrorOf(store.create({ name: wrong, host: 'tcp://a:1' }));
    }
    for (const host of ['foo']) {
      await expect(docker('create', name, '--docker', `host=${host}`)).rejects.toThrow();
      await engineErrorOf(store.create({ name, host }));
    }
    expect((await store.list()).length).toBe(1);
  });
});

test('keeps unknown settings and the permissions of the configuration file', async () => {
  const { store, config } = await createConfiguration();
  const file = join(config, 'config.json');
  const text = '{"auths":{"r.io":{"auth":"eDp5"}},"psFormat":"table","plugins":{"a":{"b":"c"}}}';
  await writeFile(file, text, { mode: 0o640 });
  await store.create({ name: 'box', host: 'tcp://box:1' });
  await store.setDefault('box');
  const changed = JSON.parse(await readFile(file, 'utf8')) as object;
  expect(changed).toEqual({ ...(JSON.parse(text) as object), currentContext: 'box' });
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  await store.setDefault('default');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(text));
});

test('does not change a configuration file that is not valid JSON', async () => {
  const { store, config } = await createConfiguration();
  await writeFile(join(config, 'config.json'), '{ "auths": ');
  expect((await engineErrorOf(store.setDefault('box'))).kind).toBe('misconfigured');
  expect(await readFile(join(config, 'config.json'), 'utf8')).toBe('{ "auths": ');
});

test('does not create a context if its certificates cannot be copied', async () => {
  const { store, config } = await createConfiguration();
  const context = { name: 'box', host: 'tcp://box:2376' };
  await engineErrorOf(store.create({ ...context, ca: `${folder}/ca.pem`, cert: '/nowhere' }));
  await engineErrorOf(store.create({ ...context, ca: '/etc/hostname' }));
  expect((await store.list()).length).toBe(1);
  expect(existsSync(join(config, 'contexts', 'meta')) && (await filesOf(config))).toBeFalsy();
});

test('DOCKER_HOST overrides the current context and is the address of the default context', async () => {
  const { store, around } = await createConfiguration({ DOCKER_HOST: 'tcp://host:1' });
  expect(store.override).toBe('DOCKER_HOST');
  expect((await store.list())[0]).toMatchObject({ name: 'default', host: 'tcp://host:1' });
  await store.create({ name: 'box', host: 'tcp://box:1' });
  expect(await findAddress('tcp://setting:1', around, 'box')).toMatchObject({
    source: 'window',
    context: 'box',
    url: 'tcp://box:1',
  });
});

test('reports changes by another program', async () => {
  const { store, config } = await createConfiguration();
  let changes = 0;
  const end = store.watch(() => (changes += 1));
  await writeFile(join(config, 'config.json'), '{}');
  await waitUntil(() => Promise.resolve(changes > 0));
  const other = await createConfiguration();
  changes = 0;
  const endOther = other.store.watch(() => (changes += 1));
  await other.store.create({ name: 'first', host: 'tcp://a:1' });
  await waitUntil(() => Promise.resolve(changes > 0));
  const seen = changes;
  await waitUntil(async () => {
    const name = `more-${randomUUID()}`;
    await other.store.create({ name, host: 'tcp://a:1' });
    return changes > seen;
  });
  end();
  endOther();
});
