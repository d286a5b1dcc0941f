import { createServer, type RequestListener } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Address } from '../address.ts';
import { connectAndList } from './connect.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** An engine of this API version with one container; `refuses` are the paths that it refuses. */
async function engine(version: string, refuses: readonly string[] = []) {
  const requests: string[] = [];
  const answer: RequestListener = ({ method = '', url = '' }, response) => {
    const [where = ''] = url.split('?');
    requests.push(`${method} ${where}`);
    if (refuses.includes(where)) return void response.writeHead(403).end('{"message":"no"}');
    response.setHeader('api-version', version);
    if (where === '/_ping') return void response.end();
    response.end(JSON.stringify([{ Id: where, Names: ['/web'], State: 'running', Created: 1 }]));
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-connect-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const socket = path.join(folder, 'docker.sock');
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  cleanups.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const address: Address = {
    endpoint: { kind: 'socket', path: socket },
    source: 'default',
    url: `unix://${socket}`,
  };
  return { address, requests };
}

test('containers are requested while the version of the API is negotiated, and once', async () => {
  const { address, requests } = await engine('1.41');
  const connected = await connectAndList(address);
  expect((await connected.containers()).map(({ id }) => id)).toEqual(['/containers/json']);
  expect([...requests].sort()).toEqual(['GET /containers/json', 'HEAD /_ping']);
  // The next call is a new request.
  await connected.containers();
  expect(requests.at(-1)).toBe('GET /v1.41/containers/json');
});

test('an engine with a newer API than the adapter is asked again in the version of the adapter', async () => {
  const { address } = await engine('1.99');
  const connected = await connectAndList(address);
  const [container] = await connected.containers();
  expect(container?.id).toBe('/v1.51/containers/json');
});

test('an engine that refuses requests without a version is asked with one', async () => {
  const { address } = await engine('1.41', ['/containers/json']);
  const connected = await connectAndList(address);
  const [container] = await connected.containers();
  expect(container?.id).toBe('/v1.41/containers/json');
});

test('some containers are read from the engine, not from the list that was requested before', async () => {
  const { address, requests } = await engine('1.41');
  const connected = await connectAndList(address);
  await connected.containers(['/v1.41/containers/json']);
  expect(requests.at(-1)).toBe('GET /v1.41/containers/json');
  expect((await connected.containers()).map(({ id }) => id)).toEqual(['/containers/json']);
});
