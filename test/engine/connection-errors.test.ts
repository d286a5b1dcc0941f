import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect as dial, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Address } from '../../client/src/engine/address.ts';
import { describeFailure } from '../../client/src/ui/failure-message.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';
import { buildFiles } from '../build-files.ts';
import { readAll, engineErrorOf, withTimeout } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanUps.splice(0)) await one();
});

const socketPath = () => join(tmpdir(), `drydock-${randomUUID()}.sock`);
const at = (path: string): Promise<Address> => findAddress(`unix://${path}`);

async function listening(server: Server): Promise<string> {
  const path = socketPath();
  await new Promise<void>((ready) => server.listen(path, ready));
  cleanUps.push(() => new Promise((closed) => server.close(closed)));
  return path;
}

describe('connecting', () => {
  test('to a missing socket reports that the engine is not running', async () => {
    const error = await engineErrorOf(connect(await at(socketPath())));
    expect(['not-running', 'not-installed']).toContain(error.kind);
  });

  test('to a file that is not a socket reports that the engine is not running', async () => {
    const path = socketPath();
    await writeFile(path, '');
    cleanUps.push(() => rm(path));
    expect((await engineErrorOf(connect(await at(path)))).kind).toBe('not-running');
  });

  test.skipIf(process.platform === 'win32')('to a socket of another user is denied', async () => {
    const path = await listening(createServer());
    await chmod(path, 0);
    const address = await at(path);
    // Root can open every socket.
    if (process.getuid?.() === 0) process.seteuid?.(65534);
    const attempt = engineErrorOf(connect(address));
    const { kind } = await attempt.finally(() => process.seteuid?.(process.getuid?.() ?? 0));
    expect(kind).toBe('denied');
  });

  test('to a remote address that refuses connections reports that it is unreachable', async () => {
    const error = await engineErrorOf(connect(await findAddress('tcp://127.0.0.1:1')));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('tcp://127.0.0.1:1');
  });

  test('over SSH to a host that refuses connections reports the error of ssh', async () => {
    const error = await engineErrorOf(connect(await findAddress('ssh://127.0.0.1:1')));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(/ssh|refused|ENOENT/i);
    expect(error.message).not.toContain('hang up');
  });

  test('to a server that does not speak HTTP reports an EngineError', async () => {
    const path = await listening(createServer((socket) => socket.resume().end('what?\r\n\r\n')));
    await engineErrorOf(connect(await at(path)));
  });

  test('uses the older API version', async () => {
    const requests: string[] = [];
    const server = createHttpServer((request, response) => {
      requests.push(request.url ?? '');
      response.setHeader('api-version', '1.30').end('[]');
    });
    const engine = await connect(await at(await listening(server)));
    expect(await engine.images()).toEqual([]);
    expect(requests).toEqual(['/_ping', '/v1.30/images/json']);
  });
});

describe('registry', () => {
  test('receives padded credentials, and reports its error in the stream', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-registry-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    // The length requires padding, so that unpadded text would differ.
    const auth = Buffer.from('me:secret').toString('base64');
    const auths = { 'registry.invalid': { auth } };
    await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }));
    const before = process.env.DOCKER_CONFIG;
    process.env.DOCKER_CONFIG = folder;
    cleanUps.push(() => {
      if (before === undefined) delete process.env.DOCKER_CONFIG;
      else process.env.DOCKER_CONFIG = before;
      return Promise.resolve();
    });
    const requests: (readonly [string | undefined, string])[] = [];
    const server = createHttpServer((request, response) => {
      const header = request.headers['x-registry-auth'];
      if (request.method === 'POST') requests.push([request.url, String(header)]);
      response.setHeader('api-version', '1.41');
      response.end('{"status":"Preparing"}\n{"errorDetail":{"message":"unauthorized: no"}}\n');
    });
    const engine = await connect(await at(await listening(server)));
    const { signal } = new AbortController();
    const error = await engineErrorOf(readAll(engine.push('registry.invalid:443/a/b:1', signal)));
    expect(error).toMatchObject({ kind: 'unauthorized', message: 'unauthorized: no' });
    await engineErrorOf(readAll(engine.push('registry.invalid/a/b:1', signal)));
    const [anonymous, loggedIn] = requests;
    expect(anonymous).toEqual(['/v1.41/images/registry.invalid:443/a/b/push?tag=1', 'e30=']);
    expect(loggedIn?.[1].length).toBe(Math.ceil((loggedIn?.[1].length ?? 0) / 4) * 4);
    expect(JSON.parse(Buffer.from(loggedIn?.[1] ?? '', 'base64url').toString())).toEqual({
      username: 'me',
      password: 'secret',
      serveraddress: 'registry.invalid',
    });
  });
});

/** A proxy socket of the engine whose connections can be cut. */
async function startProxy(): Promise<{ readonly path: string; readonly cut: () => void }> {
  const endpoint = real?.address.endpoint;
  const target = endpoint?.kind === 'socket' ? endpoint.path : '';
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = dial(target);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    client.pipe(upstream).pipe(client);
  });
  const path = await listening(server);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  // Runs before the server is closed, which waits for open connections.
  cleanUps.unshift(() => {
    cut();
    return Promise.resolve();
  });
  return { path, cut };
}

describe.skipIf(real?.address.endpoint.kind !== 'socket')('an engine that disconnects', () => {
  test('ends its events with an error', async () => {
    const { path, cut } = await startProxy();
    const engine = await connect(await at(path));
    const { signal } = new AbortController();
    const events = engine.events(signal, '1');
    const ending = engineErrorOf(withTimeout(readAll(events), 'the events end'));
    await engine.version();
    cut();
    expect((await ending).kind).toBe('not-running');
  });

  test('during a log is reported with a way to start it', async () => {
    const { path, cut } = await startProxy();
    const engine = await connect(await at(path));
    const fixture = await createFixture(real!);
    cleanUps.push(() => fixture.close());
    const id = await fixture.create({ lines: ['one'] });
    const { signal } = new AbortController();
    const log = engine.logs(id, { follow: true, tail: 1 }, signal)[Symbol.asyncIterator]();
    await withTimeout(log.next(), 'the log begins');
    const ending = engineErrorOf(withTimeout(log.next(), 'the log ends'));
    cut();
    expect(describeFailure(await ending, 'View Logs')).toMatchObject({
      message: 'The Docker engine is not running.',
      actions: [{ command: 'drydock.engine.start' }],
    });
  });

  test('during a copy or a build is reported, and during a command that the process continues', async () => {
    const { path, cut } = await startProxy();
    const engine = await connect(await at(path));
    const fixture = await createFixture(real!);
    cleanUps.push(() => fixture.close());
    const id = await fixture.create();
    async function* large(): AsyncGenerator<Uint8Array> {
      for await (const chunk of packTar([fileEntry('large', new Uint8Array(20_000_000))])) {
        yield chunk;
        cut();
      }
    }
    const Dockerfile = `FROM ${fixture.image}\nRUN echo ${randomUUID()} && sleep 1000\n`;
    const build = async (): Promise<void> => {
      for await (const event of buildFiles(engine, { Dockerfile })) {
        if (event.kind === 'log') cut();
      }
    };
    const run = async (): Promise<void> => {
      const script = 'echo begun; sleep 1000';
      const { output, exit } = await engine.exec(id, ['sh', '-c', script], { tty: false });
      for await (const chunk of output) if (chunk.length > 0) cut();
      // The output can end without an error, but the exit code is unknown.
      await exit;
    };
    const read = async (work: Promise<void>) =>
      describeFailure(await engineErrorOf(withTimeout(work, 'the end of the work')), 'Command')
        ?.message;
    const gone = 'The Docker engine is not running.';
    expect(await read(engine.writeArchive(id, '/tmp', large()))).toBe(gone);
    expect(await read(build())).toBe(gone);
    expect(await read(run())).toBe(
      'The connection to the process was lost, but the process is still running',
    );
  });

  test('and reconnects is used again without another connect call', async () => {
    const { path, cut } = await startProxy();
    const engine = await connect(await at(path));
    await engine.version();
    cut();
    expect((await engine.version()).version).not.toBe('');
  });
});
