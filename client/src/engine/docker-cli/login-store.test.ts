import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from './config-file.ts';
import { credentialsFor } from './credentials.ts';
import { listLogins, removeLogin, saveLogin } from './login-store.ts';

let directory: string;
let count = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-login-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Creates a configuration in a new directory, and a credential helper named `box` that stores secrets in a file there. */
async function createConfig(
  config: object,
  helper = true,
): Promise<Environment & { directory: string }> {
  const own = join(directory, String(++count));
  await mkdir(own);
  await writeFile(join(own, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  const script = `#!${process.execPath}
const fs = require('fs'), file = ${JSON.stringify(join(own, 'kept'))};
const input = fs.readFileSync(0, 'utf8'), [verb] = process.argv.slice(2);
fs.appendFileSync(file + '.log', verb + '\\n');
const kept = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file)) : {};
if (verb === 'store') { const { ServerURL, ...rest } = JSON.parse(input); kept[ServerURL] = rest; }
else if (!kept[input]) { console.log('credentials not found in native keychain'); process.exit(1); }
else if (verb === 'get') console.log(JSON.stringify(kept[input]));
else delete kept[input];
fs.writeFileSync(file, JSON.stringify(kept));`;
  if (helper) {
    await writeFile(join(own, 'docker-credential-box'), script);
    await chmod(join(own, 'docker-credential-box'), 0o755);
  }
  const PATH = `${own}${delimiter}${process.env.PATH ?? ''}`;
  const env = { DOCKER_CONFIG: own, PATH: helper ? PATH : own };
  return { env, home: own, platform: process.platform, directory: own };
}

const readConfig = async (environment: { directory: string }): Promise<object> =>
  JSON.parse(await readFile(join(environment.directory, 'config.json'), 'utf8')) as object;
const me = { username: 'me', password: 'p@ss:w', serveraddress: 'ghcr.io' };

test('stores credentials in config.json like the docker CLI when there is no helper', async () => {
  const environment = await createConfig({
    psFormat: 'table',
    auths: { 'https://ghcr.io/v2/': { auth: 'x' } },
  });
  expect(await saveLogin(me, environment)).toBe('file');
  expect(await readConfig(environment)).toEqual({
    psFormat: 'table',
    auths: { 'ghcr.io': { auth: Buffer.from('me:p@ss:w').toString('base64') } },
  });
  expect((await stat(join(environment.directory, 'config.json'))).mode & 0o777).toBe(0o600);
  expect(await credentialsFor('ghcr.io/org/app', environment)).toEqual(me);
  expect(await listLogins(environment)).toEqual(['ghcr.io']);
  await removeLogin('ghcr.io', environment);
  expect(await readConfig(environment)).toEqual({ psFormat: 'table', auths: {} });
});

test('stores Docker Hub credentials under its special key', async () => {
  const environment = await createConfig({});
  await saveLogin({ ...me, serveraddress: 'docker.io' }, environment);
  expect(Object.keys((await readConfig(environment)) as { auths: object })).toEqual(['auths']);
  expect(await credentialsFor('nginx', environment)).toMatchObject({ username: 'me' });
  expect(await listLogins(environment)).toEqual(['docker.io']);
  await removeLogin('docker.io', environment);
  expect(await credentialsFor('nginx', environment)).toBeUndefined();
});

test('stores credentials in a helper and no secret in config.json', async () => {
  const environment = await createConfig({ credsStore: 'box' });
  expect(await saveLogin(me, environment)).toBe('helper');
  expect(await readConfig(environment)).toEqual({ credsStore: 'box', auths: { 'ghcr.io': {} } });
  expect(await credentialsFor('ghcr.io/org/app', environment)).toEqual(me);
  await removeLogin('ghcr.io', environment);
  expect(await credentialsFor('ghcr.io/org/app', environment)).toBeUndefined();
  // Removing them again succeeds.
  await removeLogin('ghcr.io', environment);
});

test('stores the token of the registry instead of the password', async () => {
  const token = { ...me, identitytoken: 'a-token' };
  for (const config of [{}, { credHelpers: { 'ghcr.io': 'box' } }]) {
    const environment = await createConfig(config);
    await saveLogin(token, environment);
    expect(JSON.stringify(await readConfig(environment))).not.toContain('p@ss');
    expect(await credentialsFor('ghcr.io/a', environment)).toEqual({
      identitytoken: 'a-token',
      serveraddress: 'ghcr.io',
    });
  }
});

test('reports a helper that is not installed, without the secret', async () => {
  const environment = await createConfig({ credsStore: 'box' }, false);
  const error = await saveLogin(me, environment).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    kind: 'failed',
    message: 'The credential helper docker-credential-box from config.json is not installed',
  });
  expect(await readConfig(environment)).toEqual({ credsStore: 'box' });
});
