import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineInstalled, findAddress } from './address-lookup.ts';
import type { Surroundings } from './config-file.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-address-'));
});
afterAll(() => rm(home, { recursive: true }));

function around(
  env: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = 'linux',
): Surroundings {
  return { env: { DOCKER_CONFIG: join(home, 'config'), ...env }, home, platform };
}

async function context(name: string, endpoint: object, tls: readonly string[] = []): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = join(home, 'config', 'contexts');
  await mkdir(join(contexts, 'meta', id), { recursive: true });
  const meta = { Name: name, Endpoints: { docker: endpoint } };
  await writeFile(join(contexts, 'meta', id, 'meta.json'), JSON.stringify(meta));
  if (tls.length > 0) await mkdir(join(contexts, 'tls', id, 'docker'), { recursive: true });
  for (const file of tls) await writeFile(join(contexts, 'tls', id, 'docker', file), 'PEM');
}

describe('what says where the engine is', () => {
  test('comes in this order: setting, DOCKER_HOST, DOCKER_CONTEXT, current context', async () => {
    await context('current', { Host: 'tcp://current:1' });
    await context('other', { Host: 'tcp://other:1' });
    await writeFile(join(home, 'config', 'config.json'), '{"currentContext":"current"}');
    const env = { DOCKER_HOST: 'tcp://host:1', DOCKER_CONTEXT: 'other' };
    expect(await findAddress('tcp://setting:1', around(env))).toMatchObject({
      source: 'setting',
      url: 'tcp://setting:1',
    });
    expect(await findAddress(' ', around(env))).toMatchObject({ source: 'DOCKER_HOST' });
    expect(await findAddress('', around({ DOCKER_CONTEXT: 'other' }))).toMatchObject({
      source: 'DOCKER_CONTEXT',
      context: 'other',
      place: { kind: 'tcp', host: 'other', port: 1 },
    });
    expect(await findAddress('', around())).toMatchObject({ source: 'config', context: 'current' });
    const standard = await findAddress('', around({ DOCKER_CONTEXT: 'default' }));
    expect(standard.source).toBe('default');
  });

  test('that is broken is told', async () => {
    const missing = around({ DOCKER_CONTEXT: 'gone' });
    await expect(findAddress('', missing)).rejects.toMatchObject({
      name: 'EngineError',
      kind: 'misconfigured',
      message: 'There is no Docker context named `gone`',
    });
    await mkdir(join(home, 'broken'));
    await writeFile(join(home, 'broken', 'config.json'), '{');
    const broken = around({ DOCKER_CONFIG: join(home, 'broken') });
    await expect(findAddress('', broken)).rejects.toMatchObject({ name: 'EngineError' });
  });
});

describe('addresses', () => {
  test.each<[string, unknown]>([
    ['unix:///run/x.sock', { kind: 'socket', path: '/run/x.sock' }],
    ['unix://', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://box', { kind: 'tcp', host: 'box', port: 2375 }],
    ['tcp://box:80', { kind: 'tcp', host: 'box', port: 80 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
    ['box:1234', { kind: 'tcp', host: 'box', port: 1234 }],
    ['http://box:1234/', { kind: 'tcp', host: 'box', port: 1234 }],
    ['https://box', { kind: 'tcp', host: 'box', port: 2376, tls: { verify: true } }],
    ['tcp://box:2376', { kind: 'tcp', host: 'box', port: 2376, tls: { verify: true } }],
    ['ssh://box', { kind: 'ssh', host: 'box' }],
    ['ssh://me@box:2222', { kind: 'ssh', host: 'box', user: 'me', port: 2222 }],
  ])('%s', async (url, place) => {
    expect((await findAddress(url, around())).place).toEqual(place);
  });

  test.each([
    'ssh://-oProxyCommand=x',
    'ssh://-x@box',
    'ssh://',
    'ssh://me:secret@box',
    'fd://x',
    'tcp://',
    'a b',
  ])('%s is refused', async (url) => {
    await expect(findAddress(url, around())).rejects.toMatchObject({ name: 'EngineError' });
  });

  test('TLS of the environment', async () => {
    const env = { DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: '/certs' };
    expect((await findAddress('tcp://box', around(env))).place).toEqual({
      kind: 'tcp',
      host: 'box',
      port: 2376,
      tls: { ca: '/certs/ca.pem', cert: '/certs/cert.pem', key: '/certs/key.pem', verify: true },
    });
    const loose = await findAddress('tcp://box', around({ DOCKER_TLS: '1' }));
    expect(loose.place).toMatchObject({ tls: { verify: false } });
  });

  test('TLS of a context', async () => {
    await context('tls', { Host: 'tcp://box:2376' }, ['ca.pem', 'cert.pem', 'key.pem']);
    const { place } = await findAddress('', around({ DOCKER_CONTEXT: 'tls' }));
    expect(place).toMatchObject({ tls: { verify: true } });
    expect(place.kind === 'tcp' && place.tls?.ca?.endsWith('/docker/ca.pem')).toBe(true);
    await context('loose', { Host: 'tcp://box:2376', SkipTLSVerify: true });
    const loose = await findAddress('', around({ DOCKER_CONTEXT: 'loose' }));
    expect(loose.place).toMatchObject({ tls: { verify: false } });
  });

  test('the default on Windows is the named pipe', async () => {
    const env = { DOCKER_CONTEXT: 'default' };
    expect((await findAddress('', around(env, 'win32'))).url).toBe(
      'npipe:////./pipe/docker_engine',
    );
  });

  test('the default elsewhere is the first socket that is open to us', async () => {
    const socket = join(home, '.docker', 'run', 'docker.sock');
    await mkdir(join(home, '.docker', 'run'), { recursive: true });
    await writeFile(socket, '');
    const { url } = await findAddress('', around({ DOCKER_CONTEXT: 'default' }));
    // A usual socket of this machine stands before it.
    expect([`unix://${socket}`, 'unix:///var/run/docker.sock']).toContain(url);
  });
});

test('an installed program is found on the PATH', async () => {
  const bin = join(home, 'bin');
  await mkdir(bin);
  const windows = (PATH: string) => engineInstalled(around({ PATH }, 'win32'));
  expect(await windows(`${bin};`)).toBe(false);
  await writeFile(join(bin, 'podman.exe'), '');
  await chmod(join(bin, 'podman.exe'), 0o755);
  expect(await windows(`${bin};C:\\x`)).toBe(true);
});
