/** Starts the built server: the cache of compiled code, and the transports. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startClient, type LspClient } from '../lsp-client.ts';

const server = resolve(import.meta.dirname, '../../dist/server.js');

const children: ChildProcess[] = [];
const folders: string[] = [];
const listeners: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  for (const listener of listeners.splice(0)) listener.close();
});

function createDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-start-'));
  folders.push(folder);
  return folder;
}

function run(cache: string, ...args: readonly string[]): ChildProcess {
  const child = spawn('node', [server, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  children.push(child);
  return child;
}

function startServer(cache: string): Promise<LspClient> {
  const { stdout, stdin } = run(cache, '--stdio');
  return startClient(stdout!, stdin!);
}

const poll = { timeout: 120_000, interval: 50 };

/** The only file in the cache, as soon as it exists. */
function cachedFile(cache: string): Promise<string> {
  return vi.waitFor(() => {
    const names = readdirSync(join(cache, 'drydock'));
    expect(names).toEqual([expect.stringMatching(/^language-server\.js-[\w.-]+$/)]);
    return join(cache, 'drydock', names[0] ?? '');
  }, poll);
}

test('caches compiled code for the next start, and replaces a damaged cache', async () => {
  const cache = createDirectory();
  const first = await startServer(cache);
  const file = await cachedFile(cache);
  await first.quit();
  const { size, mode } = statSync(file);
  expect(size).toBeGreaterThan(100_000);
  expect(mode & 0o077).toBe(0);

  truncateSync(file, Math.floor(size / 2));
  const second = await startServer(cache);
  expect(second.initialized.serverInfo?.name).toBe('Drydock');
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(100_000 + size / 2), poll);
  await second.quit();

  const { mtimeMs } = statSync(file);
  const third = await startServer(cache);
  await third.open('untitled:Dockerfile', 'FROM a\nMAINTAINER me\n');
  await third.quit();
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test('starts when the cache cannot be written', async () => {
  const one = await startServer('/dev/null/nowhere');
  expect(one.initialized.serverInfo?.name).toBe('Drydock');
  await one.quit();
});

test.each(['socket', 'pipe'])('connects to --%s', async (kind) => {
  const cache = createDirectory();
  const listener = createServer();
  listeners.push(listener);
  if (kind === 'pipe') listener.listen(join(cache, 'pipe'));
  else listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address() as AddressInfo | string;
  const place = typeof address === 'string' ? address : String(address.port);
  const child = run(cache, `--${kind}=${place}`);
  const [socket] = (await once(listener, 'connection')) as [Socket];
  const one = await startClient(socket, socket);
  expect(one.initialized.serverInfo?.name).toBe('Drydock');
  const ended = once(child, 'exit');
  await one.quit();
  expect((await ended)[0]).toBe(0);
});

test('exits when the client closes the connection without a shutdown request', async () => {
  const { stdout, stdin } = run(createDirectory(), '--stdio');
  await startClient(stdout!, stdin!);
  const ended = once(children[0]!, 'exit');
  stdin!.end();
  expect((await ended)[0]).toBe(1);
});

test('prints the available transports if none is given', async () => {
  const child = spawn('node', [server], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  const stderr: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => stderr.push(data));
  expect((await once(child, 'close'))[0]).toBe(1);
  expect(String(Buffer.concat(stderr))).toContain('--stdio');
});
