import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Surroundings } from './config-file.ts';
import { credentialsAt, credentialsFor, registryOf } from './credentials.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-credentials-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function configured(config: object): Promise<Surroundings> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const env = { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env.PATH ?? ''}` };
  return { env, home: folder, platform: process.platform };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['busybox', 'https://index.docker.io/v1/'],
  ['library/busybox:1', 'https://index.docker.io/v1/'],
  ['docker.io/x/y', 'https://index.docker.io/v1/'],
  ['localhost/x', 'localhost'],
  ['localhost:5000/x', 'localhost:5000'],
  ['ghcr.io/x/y@sha256:00', 'ghcr.io'],
])('the registry of %s is %s', (reference, registry) => {
  expect(registryOf(reference)).toBe(registry);
});

test('a password may hold a colon', async () => {
  const around = await configured({ auths: { 'ghcr.io': { auth: base64('me:p@ss:w') } } });
  expect(await credentialsFor('ghcr.io/x', around)).toEqual({
    username: 'me',
    password: 'p@ss:w',
    serveraddress: 'ghcr.io',
  });
  expect(await credentialsFor('busybox', around)).toBeUndefined();
});

test('a key may be a whole address', async () => {
  const hub = { 'https://index.docker.io/v1/': { auth: base64('me:x') } };
  const around = await configured({
    auths: { ...hub, 'https://r.io/v2/': { identitytoken: 't' } },
  });
  expect(await credentialsFor('busybox', around)).toMatchObject({ username: 'me' });
  expect(await credentialsAt('registry-1.docker.io', around)).toMatchObject({ username: 'me' });
  expect(await credentialsFor('r.io/x', around)).toEqual({
    identitytoken: 't',
    serveraddress: 'r.io',
  });
});

test.skipIf(process.platform === 'win32')(
  'a helper is asked, of its own registry first',
  async () => {
    const helper = (name: string, script: string) =>
      writeFile(join(folder, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`).then(() =>
        chmod(join(folder, `docker-credential-${name}`), 0o755),
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
    const around = await configured({ credsStore: 'one', credHelpers });
    expect(await credentialsFor('one.io/x', around)).toEqual({
      username: 'get',
      password: 'one.io',
      serveraddress: 'one.io',
    });
    expect(await credentialsFor('two.io/x', around)).toEqual({
      identitytoken: 't',
      serveraddress: 'two.io',
    });
    expect(await credentialsFor('none.io/x', around)).toBeUndefined();
    expect(await credentialsFor('gone.io/x', around)).toBeUndefined();
    expect(await credentialsFor('bad.io/x', around)).toBeUndefined();
  },
);

test('without a configuration we are strangers', async () => {
  const around = {
    env: { DOCKER_CONFIG: join(folder, 'none') },
    home: folder,
    platform: process.platform,
  };
  expect(await credentialsFor('busybox', around)).toBeUndefined();
});
