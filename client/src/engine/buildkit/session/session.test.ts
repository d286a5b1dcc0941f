/** A session with a frontend that requests what it must not get. */
import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import http2, { type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { frame, messagesOf } from '../grpc/frames.ts';
import { decode, encode, type Packet } from '../messages.ts';
import { goModes, packet, packets } from './packets.ts';
import { openSession, type SessionOptions } from './session.ts';

let folder: string;
let root: string;
const cleanUps: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-session-'));
  root = join(folder, 'context');
  await mkdir(root);
  await writeFile(join(folder, 'outside.txt'), 'secret');
});
afterEach(async () => {
  for (const one of cleanUps.splice(0)) await one();
  await rm(folder, { recursive: true, force: true });
});

const options = (more: Partial<SessionOptions> = {}): SessionOptions => ({
  directories: new Map([['context', { kind: 'directory', path: root }]]),
  sharedKey: 'key',
  destinations: new Map(),
  secrets: new Map(),
  agents: new Map(),
  stores: new Map(),
  credentials: () => Promise.resolve(undefined),
  sent: () => undefined,
  finished: () => undefined,
  failed: () => undefined,
  ...more,
});

/** A connected pair of sockets. */
async function socketPair(): Promise<[Socket, Socket]> {
  const server = createServer();
  const path = join(folder, `socket-${Math.random()}`);
  await new Promise<void>((ready) => server.listen(path, ready));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const one = connect(path);
  const pair: [Socket, Socket] = [one, await accepted];
  server.close();
  return pair;
}

/** The builder's side of a session. */
async function frontend(more?: Partial<SessionOptions>): Promise<ClientHttp2Session> {
  const [ours, theirs] = await socketPair();
  const session = await openSession(options(more), () => Promise.resolve(ours));
  const client = http2.connect('http://session', { createConnection: () => theirs });
  client.on('error', () => undefined);
  cleanUps.push(() => client.destroy(), () => session.close()); // prettier-ignore
  return client;
}

interface Answer {
  readonly messages: readonly Buffer[];
  readonly status: string;
  readonly message: string;
}

/** Sends messages and reads the answer to its end; `react` can answer each message. */
async function callOf(
  client: ClientHttp2Session,
  path: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  messages: readonly Buffer[],
  react: (message: Buffer) => readonly Buffer[] | 'end' = () => [],
): Promise<Answer> {
  const stream = client.request({ ':method': 'POST', ':path': path, te: 'trailers', ...headers });
  stream.on('error', () => undefined);
  let ending: IncomingHttpHeaders = {};
  stream.on('trailers', (trailers: IncomingHttpHeaders) => (ending = trailers));
  for (const message of messages) stream.write(frame(message));
  const found: Buffer[] = [];
  for await (const message of messagesOf(stream)) {
    found.push(message);
    const answer = react(message);
    if (answer === 'end') stream.end();
    else for (const one of answer) stream.write(one);
  }
  return {
    messages: found,
    status: String(ending['grpc-status']),
    message: decodeURIComponent(String(ending['grpc-message'] ?? '')),
  };
}

interface Synced extends Answer {
  /** The listed entries with their content, if it was requested. */
  readonly entries: Readonly<
    Record<string, { mode: number; size: number; target: string; text?: string }>
  >;
  readonly error: string | undefined;
}

interface SyncOptions {
  readonly wants?: (name: string) => boolean;
  /** Runs when all entries are listed. */
  readonly before?: () => Promise<unknown>;
  /** Ids to request besides. */
  readonly ids?: readonly number[];
  readonly more?: Partial<SessionOptions>;
}

/** Requests the files that `wants` accepts. */
async function sync(
  headers: Readonly<Record<string, string | readonly string[]>>,
  { wants = () => true, before, ids = [], more }: SyncOptions = {},
): Promise<Synced> {
  const client = await frontend(more);
  const listed: NonNullable<Packet['stat']>[] = [];
  const contents = new Map<number, Buffer>();
  let left = 0;
  let error: string | undefined;
  const stream = client.request({
    ':method': 'POST',
    ':path': '/moby.filesync.v1.FileSync/DiffCopy',
    te: 'trailers',
    ...headers,
  });
  stream.on('error', () => undefined);
  let ending: IncomingHttpHeaders = {};
  stream.on('trailers', (trailers: IncomingHttpHeaders) => (ending = trailers));
  const request = (ID: number) => {
    left++;
    stream.write(packet({ type: packets.request, ID }));
  };
  const finish = () => left === 0 && stream.write(packet({ type: packets.end }));
  for await (const message of messagesOf(stream)) {
    const { type = packets.stat, stat, ID = 0, data } = decode('Packet', message);
    if (type === packets.error) error = Buffer.from(data ?? []).toString();
    else if (type === packets.data && data) {
      contents.set(ID, Buffer.concat([contents.get(ID) ?? Buffer.alloc(0), data]));
    } else if (type === packets.data) {
      contents.set(ID, contents.get(ID) ?? Buffer.alloc(0));
      left--;
      finish();
    } else if (type === packets.stat && stat) listed.push(stat);
    else if (type === packets.stat) {
      await before?.();
      const files = [...listed.keys()].filter((id) => isFile(listed[id]));
      files.filter((id) => wants(nameOf(listed[id]))).forEach(request);
      for (const id of ids) request(id);
      finish();
    } else if (type === packets.end) stream.end();
  }
  const entries = listed.map((stat, id) => [
    nameOf(stat),
    {
      mode: stat.mode ?? 0,
      size: Number(stat.size ?? 0),
      target: Buffer.from(stat.linkname ?? []).toString(),
      ...(contents.has(id) && { text: contents.get(id)!.toString() }),
    },
  ]);
  return {
    messages: [],
    status: String(ending['grpc-status']),
    message: decodeURIComponent(String(ending['grpc-message'] ?? '')),
    entries: Object.fromEntries(entries) as Synced['entries'],
    error,
  };
}

function isFile(stat: Packet['stat']): boolean {
  return (stat?.mode ?? 0) < goModes.fifo && !stat?.linkname?.length;
}

function nameOf(stat: Packet['stat']): string {
  return Buffer.from(stat?.path ?? []).toString();
}

const context = { 'dir-name': 'context' };

describe('a frontend', () => {
  test.each(['/etc', 'home', '__proto__', 'constructor', '', '..', 'context/..'])(
    'gets nothing of the directory %j',
    async (name) => {
      const { status, message } = await sync({ 'dir-name': name });
      expect([status, message]).toEqual(['5', `no access allowed to dir ${JSON.stringify(name)}`]);
    },
  );

  test.each([
    ['../outside.txt'],
    ['../../../../etc/passwd'],
    ['/etc/passwd'],
    ['up/outside.txt'],
    ['root/etc/passwd'],
    ['loop/x'],
    ['loop1'],
    ['up/*'],
    ['*/outside.txt'],
    ['up'],
    ['abs'],
  ])('gets nothing outside the context when it requests %j', async (path) => {
    await symlink('..', join(root, 'up'));
    await symlink('/', join(root, 'root'));
    await symlink(join(folder, 'outside.txt'), join(root, 'abs'));
    await symlink('loop/a', join(root, 'loop'));
    await symlink('loop2', join(root, 'loop1'));
    await symlink('loop1', join(root, 'loop2'));
    const { entries, status } = await sync({ ...context, followpaths: path });
    expect(status).toBe('0');
    // Links themselves are listed with their target, and never opened.
    for (const { mode, text } of Object.values(entries)) {
      expect(mode >= goModes.link && mode < 2 * goModes.link).toBe(true);
      expect(text).toBeUndefined();
    }
  });

  test('gets the files that links in the context point to', async () => {
    await mkdir(join(root, 'a/b'), { recursive: true });
    await writeFile(join(root, 'a/b/f'), 'f');
    await writeFile(join(root, 'a/b/g'), 'g');
    await symlink('a/b', join(root, 'link'));
    await symlink('/a/b/f', join(root, 'rooted'));
    const one = await sync({ ...context, followpaths: ['link/f', 'link/g'] });
    expect(Object.keys(one.entries)).toEqual(['a', 'a/b', 'a/b/f', 'a/b/g', 'link']);
    const two = await sync({ ...context, followpaths: 'rooted' });
    expect(Object.keys(two.entries)).toEqual(['a', 'a/b', 'a/b/f', 'rooted']);
    expect(two.entries['a/b/f']?.text).toBe('f');
  });

  test('names paths with commas, spaces and characters that are not ASCII', async () => {
    for (const name of ['a, b', 'c', 'ü']) await writeFile(join(root, name), name);
    const raw = await sync({ ...context, followpaths: ['a, b', Buffer.from('ü').toString('latin1')] }); // prettier-ignore
    expect(Object.keys(raw.entries)).toEqual(['a, b', 'ü']);
    const encoded = { 'followpaths-encoded': '1', followpaths: ['a%2C+b', '%C3%BC'] };
    expect(Object.keys((await sync({ ...context, ...encoded })).entries)).toEqual(['a, b', 'ü']);
  });

  test('can send hundreds of patterns', async () => {
    for (const name of ['x1', 'x400', 'y']) await writeFile(join(root, name), name);
    const patterns = Array.from({ length: 500 }, (_, i) => `x${i}`);
    const { entries } = await sync({ ...context, 'exclude-patterns': patterns });
    expect(Object.keys(entries)).toEqual(['y']);
  });

  test('cannot keep the client busy with a pattern', async () => {
    await writeFile(join(root, 'a'.repeat(200)), '');
    const { status } = await sync({ ...context, 'exclude-patterns': [`${'**/*a'.repeat(60)}b`] });
    expect(status).toBe('0');
  });

  test('is refused for a pattern that is not valid', async () => {
    await writeFile(join(root, 'a'), '');
    expect((await sync({ ...context, 'exclude-patterns': '[a' })).status).not.toBe('0');
  });

  test.each([
    ['a link'],
    ['a directory'],
    ['a pipe'],
    ['an id that was never sent'],
    ['a file twice'],
  ])('does not get the content of %s', async (what) => {
    await symlink('file', join(root, 'a-link'));
    await mkdir(join(root, 'b-directory'));
    execFileSync('mkfifo', [join(root, 'c-pipe')]);
    await writeFile(join(root, 'd-file'), 'd');
    const ids: Readonly<Record<string, readonly number[]>> = {
      'a link': [0],
      'a directory': [1],
      'a pipe': [2],
      'an id that was never sent': [77],
      'a file twice': [3, 3],
    };
    const { status, message } = await sync(context, { wants: () => false, ids: ids[what]! });
    expect([status, message.replace(/\d+/, 'N')]).toEqual(['3', 'invalid file id N']);
  });
});

describe('a build context that changes while it is read', () => {
  const failures: unknown[] = [];
  const more: Partial<SessionOptions> = { failed: (error) => failures.push(error) };
  beforeEach(async () => {
    failures.length = 0;
    await mkdir(join(root, 'sub'));
    await writeFile(join(root, 'sub/file'), 'content');
    await writeFile(join(root, 'sub/large'), Buffer.alloc(200_000, 'x'));
  });

  test.each<[string, (name: string) => Promise<unknown>]>([
    [
      'is replaced by a link',
      async (name) => {
        await rm(join(root, name));
        await symlink(join(folder, 'outside.txt'), join(root, name));
      },
    ],
    [
      'is replaced by another file',
      async (name) => {
        await writeFile(join(root, 'other'), Buffer.alloc(300_000));
        await rename(join(root, 'other'), join(root, name));
      },
    ],
    [
      'is in a directory that is replaced by a link',
      async () => {
        await rename(join(root, 'sub'), join(folder, 'moved'));
        await mkdir(join(folder, 'elsewhere'));
        await writeFile(join(folder, 'elsewhere/file'), 'secret!');
        await writeFile(join(folder, 'elsewhere/large'), Buffer.alloc(200_000));
        await symlink(join(folder, 'elsewhere'), join(root, 'sub'));
      },
    ],
    [
      'is replaced by a pipe',
      async (name) => {
        await rm(join(root, name));
        execFileSync('mkfifo', [join(root, name)]);
      },
    ],
    ['becomes shorter', (name) => truncate(join(root, name), 3)],
    ['is removed', (name) => rm(join(root, name))],
  ])('is refused if a file %s', async (_, change) => {
    for (const name of ['sub/file', 'sub/large']) {
      if (name !== 'sub/file') {
        await rm(root, { recursive: true });
        await mkdir(join(root, 'sub'), { recursive: true });
        await rm(join(folder, 'moved'), { recursive: true, force: true });
        await rm(join(folder, 'elsewhere'), { recursive: true, force: true });
        await writeFile(join(root, 'sub/file'), 'content');
        await writeFile(join(root, 'sub/large'), Buffer.alloc(200_000, 'x'));
      }
      const wants = (one: string) => one === name;
      const { status, entries, error } = await sync(context, { more, wants, before: () => change(name) }); // prettier-ignore
      expect(status).not.toBe('0');
      expect(entries[name]?.text).toBeUndefined();
      expect(error).toMatch(/changed while it was being read|Could not read/);
    }
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({ name: 'EngineError' });
  });

  test('is sent as it was measured if a file becomes longer', async () => {
    const before = () => appendFile(join(root, 'sub/file'), ' and more');
    const { entries, status } = await sync(context, { before });
    expect([status, entries['sub/file']?.text]).toEqual(['0', 'content']);
  });

  test('does not need the memory of a file with 10 GB that is not requested', async () => {
    await writeFile(join(root, 'sparse'), '');
    await truncate(join(root, 'sparse'), 10 * 2 ** 30);
    const wants = (name: string) => name === 'sub/file';
    const { entries, status } = await sync(context, { wants });
    expect(status).toBe('0');
    expect(entries.sparse).toMatchObject({ size: 10 * 2 ** 30 });
    expect(entries.sparse).not.toHaveProperty('text');
  });
});

describe('what a session offers', () => {
  const get = (client: ClientHttp2Session, ID: string) =>
    callOf(client, '/moby.buildkit.secrets.v1.Secrets/GetSecret', {}, [
      encode('GetSecretRequest', { ID }),
    ]);

  test('are only the secrets of the request', async () => {
    const client = await frontend({ secrets: new Map([['a', Buffer.from('value')]]) });
    const { messages } = await get(client, 'a');
    expect(Buffer.from(decode('GetSecretResponse', messages[0]!).data).toString()).toBe('value');
    for (const id of ['b', '', '__proto__', 'GIT_AUTH_TOKEN', 'GIT_AUTH_HEADER'])
      expect(await get(client, id)).toMatchObject({ status: '5', messages: [] });
  });

  test.each([
    '/moby.sshforward.v1.SSH/ForwardAgent',
    '/moby.filesync.v1.FileSend/DiffCopy',
    '/containerd.services.content.v1.Content/Read',
    '/moby.upload.v1.Upload/Pull',
    '',
  ])('is not %j unless the request needs it', async (path) => {
    const client = await frontend();
    const { status } = await callOf(client, path || '/', {}, [Buffer.alloc(0)]);
    expect(status).toBe('12');
  });

  test('are answers to messages that are not valid', async () => {
    const client = await frontend();
    const bad = Buffer.from([0x0a, 0xff, 0xff, 0xff]);
    expect((await callOf(client, '/moby.buildkit.secrets.v1.Secrets/GetSecret', {}, [bad])).status).not.toBe('0'); // prettier-ignore
    expect((await callOf(client, '/grpc.health.v1.Health/Check', {}, [Buffer.alloc(0)])).status).toBe('0'); // prettier-ignore
  });
});
