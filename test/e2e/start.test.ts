/** How the built server starts: what it keeps for its next start, and the ways to reach it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { editor, type Editor } from '../lsp-client.ts';

const server = resolve(import.meta.dirname, '../../dist/server.js');

const children: ChildProcess[] = [];
const folders: string[] = [];
const doors: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  for (const door of doors.splice(0)) door.close();
});

function temporary(): string {
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

function started(cache: string): Promise<Editor> {
  const { stdout, stdin } = run(cache, '--stdio');
  return editor(stdout!, stdin!);
}

const patience = { timeout: 120_000, interval: 50 };

/** The one file that is kept, once it is there. */
function kept(cache: string): Promise<string> {
  return vi.waitFor(() => {
    const names = readdirSync(join(cache, 'drydock'));
    expect(names).toEqual([expect.stringMatching(/^language-server\.js-[\w.-]+$/)]);
    return join(cache, 'drydock', names[0] ?? '');
  }, patience);
}

test('what is compiled is kept for the next start, and made anew where it is damaged', async () => {
  const cache = temporary();
  const first = await started(cache);
  const file = await kept(cache);
  await first.quit();
  const { size, mode } = statSync(file);
  expect(size).toBeGreaterThan(100_000);
  expect(mode & 0o077).toBe(0);

  truncateSync(file, size / 2);
  const second = await started(cache);
  expect(second.initialized.serverInfo?.name).toBe('Drydock');
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(100_000 + size / 2), patience);
  await second.quit();

  const { mtimeMs } = statSync(file);
  const third = await started(cache);
  await third.open('untitled:Dockerfile', 'FROM a\nMAINTAINER me\n');
  await third.quit();
  expect(statSync(file).mtimeMs).toBe(mtimeMs);
});

test('where nothing can be kept it starts all the same', async () => {
  const one = await started('/dev/null/nowhere');
  expect(one.initialized.serverInfo?.name).toBe('Drydock');
  await one.quit();
});

test.each(['socket', 'pipe'])('it is reached by --%s', async (kind) => {
  const cache = temporary();
  const door = createServer();
  doors.push(door);
  if (kind === 'pipe') door.listen(join(cache, 'door'));
  else door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address() as AddressInfo | string;
  const place = typeof address === 'string' ? address : String(address.port);
  const child = run(cache, `--${kind}=${place}`);
  const [socket] = (await once(door, 'connection')) as [Socket];
  const one = await editor(socket, socket);
  expect(one.initialized.serverInfo?.name).toBe('Drydock');
  const ended = once(child, 'exit');
  await one.quit();
  expect((await ended)[0]).toBe(0);
});

test('it ends with its client, whether or not that says so', async () => {
  const { stdout, stdin } = run(temporary(), '--stdio');
  await editor(stdout!, stdin!);
  const ended = once(children[0]!, 'exit');
  stdin!.end();
  expect((await ended)[0]).toBe(1);
});

test('without a way to speak it says what there is', async () => {
  const child = spawn('node', [server], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  const said: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => said.push(data));
  expect((await once(child, 'close'))[0]).toBe(1);
  expect(String(Buffer.concat(said))).toContain('--stdio');
});
