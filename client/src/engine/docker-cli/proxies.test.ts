import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withProxies } from './proxies.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-proxies-'));
});
afterAll(() => rm(folder, { recursive: true }));

const proxies = {
  default: { httpProxy: 'http://p:1', httpsProxy: 'http://p:2', noProxy: 'a,b', ftpProxy: '' },
  'tcp://far:2375': { allProxy: 'socks://p:3' },
  'unix:///none.sock': {},
};

async function argumentsFor(
  config: unknown,
  given?: Readonly<Record<string, string>>,
  address = 'unix:///var/run/docker.sock',
): Promise<Readonly<Record<string, string>> | undefined> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const environment = { env: { DOCKER_CONFIG: folder }, home: folder, platform: 'linux' } as const;
  return withProxies(given, address, environment);
}

test('adds the proxies for all engines', async () => {
  expect(await argumentsFor({ proxies })).toEqual({
    HTTP_PROXY: 'http://p:1',
    HTTPS_PROXY: 'http://p:2',
    NO_PROXY: 'a,b',
  });
});

test('adds only the proxies of an engine that has its own', async () => {
  expect(await argumentsFor({ proxies }, {}, 'tcp://far:2375')).toEqual({
    ALL_PROXY: 'socks://p:3',
  });
  expect(await argumentsFor({ proxies }, { A: '1' }, 'unix:///none.sock')).toEqual({ A: '1' });
});

test('keeps given arguments, also those in lowercase and empty ones', async () => {
  const given = { http_proxy: 'http://own', HTTPS_PROXY: '', A: '1' };
  expect(await argumentsFor({ proxies }, given)).toEqual({ ...given, NO_PROXY: 'a,b' });
});

test.each([
  ['no proxies', {}],
  ['a list', { proxies: [] }],
  ['texts', { proxies: { default: 'http://p' } }],
  ['numbers', { proxies: { default: { httpProxy: 1 } } }],
])('adds nothing for %s', async (_, config) => {
  expect(await argumentsFor(config)).toBeUndefined();
});
