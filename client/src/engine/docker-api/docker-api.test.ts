import { expect, test } from 'vitest';
import { classicEvents } from './classic-builder.ts';
import { readContainer } from './containers.ts';
import { pathStat } from './files.ts';
import { demultiplex } from './log-frames.ts';
import { segment } from './request.ts';

const id = 'a'.repeat(64);

/** A container as it is read from these properties and an id. */
function container(properties: object) {
  const read = readContainer({ Id: id, ...properties });
  if (read === undefined) throw new Error('It could not be read.');
  return read;
}

test('reads health and exit code from the status text', () => {
  const read = (Status: string, State = 'running') => container({ Status, State });
  expect(read('Up 2 hours (healthy)').health).toBe('healthy');
  expect(read('Up 2 hours (unhealthy)').health).toBe('unhealthy');
  expect(read('Up 2 seconds (health: starting)').health).toBe('starting');
  expect(read('Up 2 hours').health).toBeUndefined();
  expect(read('Exited (137) 5 minutes ago', 'exited').exitCode).toBe(137);
  expect(read('', 'stopped').state).toBe('exited');
});

test('leaves out what is of another type, and refuses a container without an id', () => {
  const odd = {
    Names: 'web',
    Image: 1,
    Labels: [],
    Ports: [1, {}],
    Created: 'now',
    Mounts: [null],
  };
  const { labels, ports, volumes, networks, createdAt, ...rest } = container({
    ...odd,
    NetworkSettings: { Networks: null },
  });
  expect({ labels, ports, volumes, networks }).toEqual({
    labels: {},
    ports: [],
    volumes: [],
    networks: [],
  });
  expect(createdAt).toEqual(new Date(0));
  const texts = { name: 'aaaaaaaaaaaa', image: '', imageId: '', status: '', command: '' };
  expect(rest).toEqual({ id, state: 'dead', ...texts });
  expect(readContainer({ Names: ['/web'] })).toBeUndefined();
});

test('ignores names from legacy links', () => {
  expect(container({ Names: ['/web/db', '/db'] }).name).toBe('db');
  expect(container({ Names: ['/web/db'] }).name).toBe('web/db');
  expect(container({}).name).toBe('aaaaaaaaaaaa');
});

test('lists a port on IPv4 and IPv6 once', () => {
  const port = { PrivatePort: 80, PublicPort: 8080, Type: 'tcp' };
  const { ports } = container({
    Ports: [
      { ...port, IP: '::' },
      { ...port, IP: '0.0.0.0' },
      { PrivatePort: 53, Type: 'udp' },
      { ...port, IP: '127.0.0.1' },
    ],
  });
  expect(ports).toEqual([
    { container: 53, protocol: 'udp' },
    { container: 80, host: 8080, address: '::', protocol: 'tcp' },
    { container: 80, host: 8080, address: '127.0.0.1', protocol: 'tcp' },
  ]);
});

test('demultiplexes a stream that is split at any byte', async () => {
  const frame = (text: string) => {
    const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const all = Buffer.concat([frame('one\n'), frame(''), frame('two\n')]);
  for (let size = 1; size <= all.length; size++) {
    const chunks = (function* () {
      for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
    })();
    const parts: Uint8Array[] = [];
    for await (const part of demultiplex(chunks as unknown as AsyncIterable<Uint8Array>)) {
      parts.push(part);
    }
    expect(Buffer.concat(parts).toString()).toBe('one\ntwo\n');
  }
});

test.each([
  [0o644, 'file'],
  [0x8000_0000 + 0o755, 'directory'],
  [0x0800_0000 + 0o777, 'link'],
  [0x0200_0000 + 0o644, 'other'],
])('converts mode %i of Go to %s', (mode, kind) => {
  expect(pathStat({ name: 'x', size: 1, mode }).kind).toBe(kind);
});

test('converts special permission bits from Go to Unix', () => {
  expect(pathStat({ name: 'x', size: 1, mode: 0x0080_0000 + 0o755 }).mode).toBe(0o4755);
});

test('escapes untrusted path segments', () => {
  expect(segment('localhost:5000/a/b:1@sha256:0')).toBe('localhost:5000/a/b:1@sha256:0');
  expect(segment('../x?force=1#y')).toBe('%2E%2E/x%3Fforce%3D1%23y');
});

test('converts the output of the classic builder to build events', async () => {
  async function* lines() {
    yield { stream: 'Step 1/2 : FROM a\n' };
    yield { stream: ' ---> Using cache\n' };
    yield { stream: 'Step 2/2 : RUN x\n' };
    yield { stream: 'hello\n' };
    await Promise.resolve();
    yield { errorDetail: 'returned a non-zero code: 7' };
  }
  const reported: string[] = [];
  const reading = (async () => {
    for await (const event of classicEvents(lines())) {
      reported.push(event.kind === 'step' ? `${event.name} ${event.state}` : event.kind);
    }
  })();
  await expect(reading).rejects.toMatchObject({ kind: 'failed' });
  expect(reported).toEqual([
    '[1/2] FROM a running',
    '[1/2] FROM a cached',
    '[2/2] RUN x running',
    'log',
    '[2/2] RUN x failed',
  ]);
});
