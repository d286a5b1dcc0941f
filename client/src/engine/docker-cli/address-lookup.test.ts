import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engineInstalled, findAddress } from './address-lookup.ts';
import type { Environment } from './config-file.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-address-'));
});
afterAll(() => rm(home, { recursive: true }));

function environment(
  env: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = 'linux',
): Environment {
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

describe('the engine address', () => {
  test('comes from the setting, DOCKER_HOST, DOCKER_CONTEXT or the current context, in this order', async () => {
    await context('current', { Host: 'tcp://current:1' });
    await context('other', { Host: 'tcp://other:1' });
    await writeFile(join(home, 'config', 'config.json'), '{"currentContext":"current"}');
    const env = { DOCKER_HOST: 'tcp://host:1', DOCKER_CONTEXT: 'other' };
    expect(await findAddress('tcp://setting:1', environment(env))).toMatchObject({
      source: 'setting',
      url: 'tcp://setting:1',
    });
    expect(await findAddress(' ', environment(env))).toMatchObject({ source: 'DOCKER_HOST' });
    expect(await findAddress('', environment({ DOCKER_CONTEXT: 'other' }))).toMatchObject({
      source: 'DOCKER_CONTEXT',
      context: 'other',
      endpoint: { kind: 'tcp', host: 'other', port: 1 },
    });
    expect(await findAddress('', environment())).toMatchObject({
      source: 'config',
      context: 'current',
    });
    const builtin = await findAddress('', environment({ DOCKER_CONTEXT: 'default' }));
    expect(builtin.source).toBe('default');
  });

  test('rejects for an unknown context or an invalid configuration file', async () => {
    const missing = environment({ DOCKER_CONTEXT: 'gone' });
    await expect(findAddress('', missing)).rejects.toMatchObject({
      name: 'EngineError',
      kind: 'misconfigured',
      message: 'Docker context `gone` was not found',
    });
    await mkdir(join(home, 'broken'));
    await writeFile(join(home, 'broken', 'config.json'), '{');
    const broken = environment({ DOCKER_CONFIG: join(home, 'broken') });
    await expect(findAddress('', broken)).rejects.toMatchObject({ name: 'EngineError' });
  });
});

describe('parsing an address', () => {
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
  ])('%s', async (url, endpoint) => {
    expect((await findAddress(url, environment())).endpoint).toEqual(endpoint);
  });

  test.each([
    'ssh://-oProxyCommand=x',
    'ssh://-x@box',
    'ssh://',
    'ssh://me:secret@box',
    'fd://x',
    'tcp://',
    'a b',
  ])('rejects %s', async (url) => {
    await expect(findAddress(url, environment())).rejects.toMatchObject({ name: 'EngineError' });
  });

  test('uses TLS settings from environment variables', async () => {
    const env = { DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: '/certs' };
    expect((await findAddress('tcp://box', environment(env))).endpoint).toEqual({
      kind: 'tcp',
      host: 'box',
      port: 2376,
      tls: { ca: '/certs/ca.pem', cert: '/certs/cert.pem', key: '/certs/key.pem', verify: true },
    });
    const unverified = await findAddress('tcp://box', environment({ DOCKER_TLS: '1' }));
    expect(unverified.endpoint).toMatchObject({ tls: { verify: false } });
  });

  test('uses TLS settings from a context', async () => {
    await context('tls', { Host: 'tcp://box:2376' }, ['ca.pem', 'cert.pem', 'key.pem']);
    const { endpoint } = await findAddress('', environment({ DOCKER_CONTEXT: 'tls' }));
    expect(endpoint).toMatchObject({ tls: { verify: true } });
    expect(endpoint.kind === 'tcp' && endpoint.tls?.ca?.endsWith('/docker/ca.pem')).toBe(true);
    await context('loose', { Host: 'tcp://box:2376', SkipTLSVerify: true });
    const unverified = await findAddress('', environment({ DOCKER_CONTEXT: 'loose' }));
    expect(unverified.endpoint).toMatchObject({ tls: { verify: false } });
  });

  test('defaults to the named pipe on Windows', async () => {
    const env = { DOCKER_CONTEXT: 'default' };
    expect((await findAddress('', environment(env, 'win32'))).url).toBe(
      'npipe:////./pipe/docker_engine',
    );
  });

  test('defaults to the first accessible socket on other platforms', async () => {
    const socket = join(home, '.docker', 'run', 'docker.sock');
    await mkdir(join(home, '.docker', 'run'), { recursive: true });
    await writeFile(socket, '');
    const { url } = await findAddress('', environment({ DOCKER_CONTEXT: 'default' }));
    // If this machine has the system-wide socket, it is used first.
    expect([`unix://${socket}`, 'unix:///var/run/docker.sock']).toContain(url);
  });
});

test('finds an installed program on the PATH', async () => {
  const bin = join(home, 'bin');
  await mkdir(bin);
  const windows = (PATH: string) => engineInstalled(environment({ PATH }, 'win32'));
  expect(await windows(`${bin};`)).toBe(false);
  await writeFile(join(bin, 'podman.exe'), '');
  await chmod(join(bin, 'podman.exe'), 0o755);
  expect(await windows(`${bin};C:\\x`)).toBe(true);
});
