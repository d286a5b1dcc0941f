import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from './config-file.ts';
import { credentialsAt, credentialsFor, registryOf } from './credentials.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-credentials-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function withConfig(config: object): Promise<Environment> {
  await writeFile(join(directory, 'config.json'), JSON.stringify(config));
  const env = { DOCKER_CONFIG: directory, PATH: `${directory}:${process.env.PATH ?? ''}` };
  return { env, home: directory, platform: process.platform };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['busybox', 'https://index.docker.io/v1/'],
  ['library/busybox:1', 'https://index.docker.io/v1/'],
  ['docker.io/x/y', 'https://index.docker.io/v1/'],
  ['localhost/x', 'localhost'],
  ['localhost:5000/x', 'localhost:5000'],
  ['ghcr.io/x/y@sha256:00', 'ghcr.io'],
])('finds the registry of %s: %s', (reference, registry) => {
  expect(registryOf(reference)).toBe(registry);
});

test('reads a password that contains a colon', async () => {
  const environment = await withConfig({ auths: { 'ghcr.io': { auth: base64('me:p@ss:w') } } });
  expect(await credentialsFor('ghcr.io/x', environment)).toEqual({
    username: 'me',
    password: 'p@ss:w',
    serveraddress: 'ghcr.io',
  });
  expect(await credentialsFor('busybox', environment)).toBeUndefined();
});

test('reads keys that are URLs', async () => {
  const hub = { 'https://index.docker.io/v1/': { auth: base64('me:x') } };
  const environment = await withConfig({
    auths: { ...hub, 'https://r.io/v2/': { identitytoken: 't' } },
  });
  expect(await credentialsFor('busybox', environment)).toMatchObject({ username: 'me' });
  expect(await credentialsAt('registry-1.docker.io', environment)).toMatchObject({
    username: 'me',
  });
  expect(await credentialsFor('r.io/x', environment)).toEqual({
    identitytoken: 't',
    serveraddress: 'r.io',
  });
});

test.skipIf(process.platform === 'win32')(
  'runs the credential helper of the registry, or the default helper',
  async () => {
    const helper = (name: string, script: string) =>
      writeFile(join(directory, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`).then(() =>
        chmod(join(directory, `docker-credential-${name}`), 0o755),
      );
    await helper('one', 'read host; echo "{\\"Username\\":\\"$1\\",\\"Secret\\":\\"$host\\"}"');
    await helper('two', 'echo \'{"Username":"<token>","Secret":"t"}\'');
    await helper('none', 'echo "credentials not found in native keychain"; exit 1');
    const credHelpers = {
      'two.io': 'two',
      'none.io': 'none',
      'gone.io': 'gone',
      'bad.io': '../one',
    };
    const environment = await withConfig({ credsStore: 'one', credHelpers });
    expect(await credentialsFor('one.io/x', environment)).toEqual({
      username: 'get',
      password: 'one.io',
      serveraddress: 'one.io',
    });
    expect(await credentialsFor('two.io/x', environment)).toEqual({
      identitytoken: 't',
      serveraddress: 'two.io',
    });
    expect(await credentialsFor('none.io/x', environment)).toBeUndefined();
    expect(await credentialsFor('gone.io/x', environment)).toBeUndefined();
    expect(await credentialsFor('bad.io/x', environment)).toBeUndefined();
  },
);

test('finds no credentials without a configuration file', async () => {
  const environment = {
    env: { DOCKER_CONFIG: join(directory, 'none') },
    home: directory,
    platform: process.platform,
  };
  expect(await credentialsFor('busybox', environment)).toBeUndefined();
});
