import { randomUUID } from 'node:crypto';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect as dial, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findAddress, type Address } from '../../client/src/engine/address.ts';
import { connect } from '../../client/src/engine/dockerode.ts';
import { all, failure, within } from './contract.ts';
import { realEngine } from './real.ts';

const real = await realEngine();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0)) await one();
});

const socketPath = () => join(tmpdir(), `drydock-${randomUUID()}.sock`);
const at = (path: string): Promise<Address> => findAddress(`unix://${path}`);

async function listening(server: Server): Promise<string> {
  const path = socketPath();
  await new Promise<void>((ready) => server.listen(path, ready));
  undo.push(() => new Promise((closed) => server.close(closed)));
  return path;
}

describe('connecting', () => {
  test('to nothing says that it does not run', async () => {
    const error = await failure(connect(await at(socketPath())));
    expect(['not-running', 'not-installed']).toContain(error.kind);
  });

  test('to a socket that nobody serves says that it does not run', async () => {
    const path = socketPath();
    await writeFile(path, '');
    undo.push(() => rm(path));
    expect((await failure(connect(await at(path)))).kind).toBe('not-running');
  });

  test.skipIf(process.platform === 'win32')('to a socket of others is denied', async () => {
    const path = await listening(createServer());
    await chmod(path, 0);
    const address = await at(path);
    // Root may open anything.
    if (process.getuid?.() === 0) process.seteuid?.(65534);
    const attempt = failure(connect(address));
    const { kind } = await attempt.finally(() => process.seteuid?.(process.getuid?.() ?? 0));
    expect(kind).toBe('denied');
  });

  test('to an address elsewhere that refuses is unreachable', async () => {
    const error = await failure(connect(await findAddress('tcp://127.0.0.1:1')));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('tcp://127.0.0.1:1');
  });

  test('to a host by ssh that refuses is told in the words of ssh', async () => {
    const error = await failure(connect(await findAddress('ssh://127.0.0.1:1')));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/ssh|refused|ENOENT/i);
    expect(error.message).not.toContain('hang up');
  });

  test('to what speaks no HTTP is an error of ours', async () => {
    const path = await listening(createServer((socket) => socket.resume().end('what?\r\n\r\n')));
    await failure(connect(await at(path)));
  });

  test('agrees on the older version of the API', async () => {
    const asked: string[] = [];
    const server = createHttpServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('api-version', '1.30').end('[]');
    });
    const engine = await connect(await at(await listening(server)));
    expect(await engine.images()).toEqual([]);
    expect(asked).toEqual(['/_ping', '/v1.30/images/json']);
  });
});

/** A socket before the engine's that can be cut. */
async function proxied(): Promise<{ readonly path: string; readonly cut: () => void }> {
  const place = real?.address.place;
  const target = place?.kind === 'socket' ? place.path : '';
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = dial(target);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  const path = await listening(server);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  // Before its server is closed, which waits for them.
  undo.unshift(() => {
    cut();
    return Promise.resolve();
  });
  return { path, cut };
}

describe.skipIf(real?.address.place.kind !== 'socket')('an engine that goes away', () => {
  test('ends its events with an error', async () => {
    const { path, cut } = await proxied();
    const engine = await connect(await at(path));
    const { signal } = new AbortController();
    const events = engine.events(signal, '1');
    const ending = failure(within(all(events), 'the events end'));
    await engine.version();
    cut();
    expect((await ending).kind).toBe('not-running');
  });

  test('and comes back is used again without connecting anew', async () => {
    const { path, cut } = await proxied();
    const engine = await connect(await at(path));
    await engine.version();
    cut();
    expect((await engine.version()).version).not.toBe('');
  });
});
