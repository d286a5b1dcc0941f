import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Surroundings } from './config-file.ts';
import { credentialsFor } from './credentials.ts';
import { logins, removeLogin, saveLogin } from './login-store.ts';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-login-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A configuration of its own, and a helper named `box` that keeps what it is given in a file beside it. */
async function trial(config: object, helper = true): Promise<Surroundings & { folder: string }> {
  const own = join(folder, String(++count));
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
  return { env, home: own, platform: process.platform, folder: own };
}

const written = async (around: { folder: string }): Promise<object> =>
  JSON.parse(await readFile(join(around.folder, 'config.json'), 'utf8')) as object;
const me = { username: 'me', password: 'p@ss:w', serveraddress: 'ghcr.io' };

test('without a helper it stands in the file as the docker command line writes it', async () => {
  const around = await trial({
    psFormat: 'table',
    auths: { 'https://ghcr.io/v2/': { auth: 'x' } },
  });
  expect(await saveLogin(me, around)).toBe('file');
  expect(await written(around)).toEqual({
    psFormat: 'table',
    auths: { 'ghcr.io': { auth: Buffer.from('me:p@ss:w').toString('base64') } },
  });
  expect((await stat(join(around.folder, 'config.json'))).mode & 0o777).toBe(0o600);
  expect(await credentialsFor('ghcr.io/org/app', around)).toEqual(me);
  expect(await logins(around)).toEqual(['ghcr.io']);
  await removeLogin('ghcr.io', around);
  expect(await written(around)).toEqual({ psFormat: 'table', auths: {} });
});

test('Docker Hub goes by its own address', async () => {
  const around = await trial({});
  await saveLogin({ ...me, serveraddress: 'docker.io' }, around);
  expect(Object.keys((await written(around)) as { auths: object })).toEqual(['auths']);
  expect(await credentialsFor('nginx', around)).toMatchObject({ username: 'me' });
  expect(await logins(around)).toEqual(['docker.io']);
  await removeLogin('docker.io', around);
  expect(await credentialsFor('nginx', around)).toBeUndefined();
});

test('a helper keeps it, and the file holds no secret', async () => {
  const around = await trial({ credsStore: 'box' });
  expect(await saveLogin(me, around)).toBe('helper');
  expect(await written(around)).toEqual({ credsStore: 'box', auths: { 'ghcr.io': {} } });
  expect(await credentialsFor('ghcr.io/org/app', around)).toEqual(me);
  await removeLogin('ghcr.io', around);
  expect(await credentialsFor('ghcr.io/org/app', around)).toBeUndefined();
  // Again is no error.
  await removeLogin('ghcr.io', around);
});

test('a token that the registry gave is kept instead of the password', async () => {
  const token = { ...me, identitytoken: 'a-token' };
  for (const config of [{}, { credHelpers: { 'ghcr.io': 'box' } }]) {
    const around = await trial(config);
    await saveLogin(token, around);
    expect(JSON.stringify(await written(around))).not.toContain('p@ss');
    expect(await credentialsFor('ghcr.io/a', around)).toEqual({
      identitytoken: 'a-token',
      serveraddress: 'ghcr.io',
    });
  }
});

test('a helper that is not installed is told, without the secret', async () => {
  const around = await trial({ credsStore: 'box' }, false);
  const error = await saveLogin(me, around).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    kind: 'failed',
    message: 'The program docker-credential-box that config.json names is not installed',
  });
  expect(await written(around)).toEqual({ credsStore: 'box' });
});
