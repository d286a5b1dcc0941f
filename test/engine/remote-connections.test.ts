/** Connections to a remote engine over SSH and TLS, tested with a local engine. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { connect as dial } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { contextStore } from '../../client/src/engine/docker-cli/context-store.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { engineErrorOf, readText, withTimeout } from './contract.ts';
import { createFixture, connectRealEngine } from './real-engine.ts';

const real = await connectRealEngine();
const socket = real?.address.endpoint.kind === 'socket' ? real.address.endpoint.path : undefined;
const run = promisify(execFile);

let folder: string;
const path = process.env.PATH;
const cleanUps: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-ways-'));
});

/** As in VS Code, which sets its own agent in requests without a socket path. */
const request = { http: http.request, https: https.request };
beforeEach(() => {
  for (const [module, original, agent] of [
    [http, request.http, new http.Agent()],
    [https, request.https, new https.Agent()],
  ] as const) {
    module.request = ((options: http.RequestOptions, done?: () => void) =>
      original(options.socketPath ? options : { ...options, agent }, done)) as typeof http.request;
  }
});
afterEach(async () => {
  http.request = request.http;
  https.request = request.https;
  process.env.PATH = path;
  for (const one of cleanUps.splice(0)) await one();
});
afterAll(() => rm(folder, { recursive: true }));

/** Installs a program `ssh` that runs this Node.js script; returns the file with its arguments. */
async function fakeSsh(script: string): Promise<string> {
  const bin = join(folder, randomUUID());
  const log = join(bin, 'arguments');
  await mkdir(bin);
  const head = `require('fs').appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + '\\n');`;
  await writeFile(join(bin, 'ssh'), `#!${process.execPath}\n${head}\n${script}\n`);
  await chmod(join(bin, 'ssh'), 0o755);
  process.env.PATH = `${bin}${delimiter}${path ?? ''}`;
  return log;
}

describe.skipIf(process.platform === 'win32')('over SSH', () => {
  const forwarding = `
    const far = require('net').connect(${JSON.stringify(socket)});
    process.stdin.pipe(far).pipe(process.stdout);
    far.on('close', () => process.exit(0));`;

  test.skipIf(socket === undefined)('works like a local connection', async () => {
    const log = await fakeSsh(forwarding);
    const engine = await connect(await findAddress('ssh://me@box:2222/run/user/1000/docker.sock'));
    const version = await engine.version();
    expect(version).toEqual(await real?.engine.version());
    const fixture = await createFixture(real!);
    const id = await fixture.create();
    const shell = await engine.exec(id, ['sh', '-c', 'cat; exit 3'], { tty: false });
    shell.write(new TextEncoder().encode('hello ☃'));
    shell.end();
    expect(await readText(shell.output)).toBe('hello ☃');
    expect(await shell.exit).toBe(3);
    await fixture.close();
    const [first] = (await readFile(log, 'utf8')).split('\n');
    expect(first).toBe(
      '-l me -p 2222 -o ConnectTimeout=30 -o BatchMode=yes -T -- box ' +
        'docker --host unix:///run/user/1000/docker.sock system dial-stdio',
    );
  });

  test.each([
    [
      'me@box: Permission denied (publickey,password).',
      255,
      'ssh',
      'SSH login to box without a password failed: me@box: Permission denied (publickey,password).',
    ],
    // A banner of the server and warnings about known hosts are not the reason.
    [
      "Warning: Permanently added '[box]:2222' (RSA) to the list of known hosts.\r\n" +
        'Authorised use only. Connection refused to others.\n\r\nme@box: Permission denied (publickey).\r\n',
      255,
      'ssh',
      'SSH login to box without a password failed: me@box: Permission denied (publickey).',
    ],
    [
      "Warning: Permanently added 'box' (RSA) to the list of known hosts.\r\n" +
        'Received disconnect from 10.0.0.1 port 22:11: \r\nDisconnected from 10.0.0.1 port 22\r\n',
      255,
      'unreachable',
      'SSH connection to box failed: Disconnected from 10.0.0.1 port 22',
    ],
    [
      'No ED25519 host key is known for box\nHost key verification failed.',
      255,
      'ssh',
      'The host key of box is unknown; connect once with ssh in a terminal to accept it',
    ],
    [
      'sh: 1: docker: not found',
      127,
      'ssh',
      'Connected to box over SSH, but the docker command is not available to this user',
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      1,
      'ssh',
      'Connected to box over SSH, but this user does not have permission to use Docker there',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      1,
      'ssh',
      'Connected to box over SSH, but Docker is not running there',
    ],
    [
      'ssh: Could not resolve hostname box: Name or service not known',
      255,
      'unreachable',
      'SSH connection to box failed: ssh: Could not resolve hostname box: Name or service not known',
    ],
    ['something new', 1, 'ssh', 'SSH connection to box failed: something new'],
    ['', 9, 'ssh', 'SSH connection to box failed: ssh exited with code 9'],
  ])('reports %j', async (stderr, code, kind, message) => {
    await fakeSsh(`process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = ${code};`);
    const error = await engineErrorOf(connect(await findAddress('ssh://box')));
    expect([error.kind, error.message]).toEqual([kind, message]);
  });

  test('reports that ssh is not installed', async () => {
    process.env.PATH = join(folder, 'nothing-here');
    const error = await engineErrorOf(connect(await findAddress('ssh://box')));
    expect(error).toMatchObject({
      kind: 'ssh',
      message: 'The ssh command is not installed on this machine',
    });
  });
});

describe.skipIf(socket === undefined)('over TLS', () => {
  interface Certificates {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
  }
  let server: Certificates;
  let client: Certificates;

  async function certificate(name: string): Promise<Certificates> {
    const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}-key.pem`)];
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ]);
    return { ca: cert, cert, key };
  }

  beforeAll(async () => {
    server = await certificate('server');
    client = await certificate('client');
  });

  /** Starts a TLS proxy of the engine that requires a client certificate, and returns its port. */
  async function startTlsProxy(): Promise<number> {
    const listener = createTlsServer(
      {
        key: await readFile(server.key),
        cert: await readFile(server.cert),
        ca: await readFile(client.cert),
        requestCert: true,
        rejectUnauthorized: true,
      },
      (client) => {
        const upstream = dial(socket!);
        for (const one of [client, upstream]) one.on('error', () => undefined);
        client.pipe(upstream).pipe(client);
        client.on('close', () => upstream.destroy());
      },
    );
    listener.on('tlsClientError', () => undefined);
    await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
    cleanUps.push(() => new Promise((closed) => listener.close(closed)));
    return (listener.address() as { readonly port: number }).port;
  }

  /** The address of a context with these certificates. */
  async function addressOf(port: number, files: Partial<Certificates>, skipVerify = false) {
    const around = { env: { DOCKER_CONFIG: join(folder, randomUUID()) }, home: folder, platform };
    const host = `tcp://127.0.0.1:${port}`;
    await contextStore(around).create({ name: 'secure', host, skipVerify, ...files });
    return findAddress('', around, 'secure');
  }
  const platform = process.platform;

  test('connects with the certificates of the context', async () => {
    const address = await addressOf(await startTlsProxy(), { ...client, ca: server.cert });
    const engine = await connect(address);
    expect((await engine.version()).version).toBe((await real!.engine.version()).version);
  });

  test('reports an untrusted certificate, unless verification is disabled', async () => {
    const port = await startTlsProxy();
    const wrong = await engineErrorOf(connect(await addressOf(port, client)));
    expect(wrong.kind).toBe('tls');
    expect(wrong.message).toContain('is not trusted');
    const engine = await connect(await addressOf(port, client, true));
    expect((await engine.version()).version).not.toBe('');
  });

  test('reports a TLS error without a client certificate', async () => {
    const address = await addressOf(await startTlsProxy(), { ca: server.cert });
    const error = await engineErrorOf(withTimeout(connect(address), 'the connection is rejected'));
    expect(error.kind).toBe('tls');
  });

  test('reports a certificate file that cannot be read', async () => {
    const address = await findAddress('tcp://127.0.0.1:1', {
      env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' },
      home: folder,
      platform,
    });
    expect((await engineErrorOf(connect(address))).message).toMatch(
      /^Could not read the TLS certificate files .*ca\.pem/,
    );
  });
});
