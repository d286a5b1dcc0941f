/** Builds with the builders of docker buildx and of other contexts; the image arrives in this engine. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { buildElsewhere } from '../../client/src/engine/builders/builders.ts';
import { saveLogin } from '../../client/src/engine/docker-cli/login-store.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import { startNewerEngine } from '../../scripts/setup/newer-engine.mts';
import { canServeRegistry } from '../registry.ts';
import { withNewerEngine } from './buildkit.ts';
import { startBuildKitProxy, type BuildKitProxy } from './buildkit-proxy.ts';
import { engineErrorOf } from './contract.ts';
import { connectRealEngine } from './real-engine.ts';
import { shortLimits } from './short-limits.ts';

const run = promisify(execFile);
const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));
const real = await connectRealEngine();
/** The BuildKit of the builders, with the exporters of buildkitd. */
const configuration = { features: { 'containerd-snapshotter': true } };
const newer =
  real === undefined || busybox === undefined
    ? undefined
    : await withNewerEngine(() => startNewerEngine({ configuration }));

describe.skipIf(newer === undefined)('builders', () => {
  const { engine: here } = real!;
  const { env: newerEnv, socket } = newer!;
  let folder: string;
  let context: string;
  const before = { ...process.env };
  const proxies: BuildKitProxy[] = [];
  const tags: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'drydock-builders-'));
    context = path.join(folder, 'context');
    await mkdir(context);
    await copyFile(busybox!, path.join(context, 'busybox'));
    await chmod(path.join(context, 'busybox'), 0o755);
    await writeFile(
      path.join(context, 'Dockerfile'),
      'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "echo", "built here"]\nLABEL made=yes\n',
    );
    process.env.DOCKER_CONFIG = path.join(folder, 'config');
    delete process.env.DOCKER_CONTEXT;
    await mkdir(path.join(folder, 'config', 'cli-plugins'), { recursive: true });
    await copyFile(
      path.join(newerEnv.DOCKER_CONFIG ?? '', 'cli-plugins/docker-buildx'),
      path.join(folder, 'config', 'cli-plugins/docker-buildx'),
    );
  }, 60_000);

  afterAll(async () => {
    process.env = before;
    for (const proxy of proxies) await proxy.close();
    for (const tag of tags) await here.removeImage(tag, { force: true }).catch(() => undefined);
    await newer?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  /** Runs docker of the newer engine, with the configuration that the tests read. */
  const docker = async (...args: string[]): Promise<string> => {
    const env = { ...newerEnv, DOCKER_CONFIG: process.env.DOCKER_CONFIG };
    return (await run('docker', args, { env })).stdout;
  };

  const proxy = async (options: Parameters<typeof startBuildKitProxy>[1]) => {
    const started = await startBuildKitProxy(socket, options);
    proxies.push(started);
    return started;
  };

  async function build(
    engine: Engine,
    part: Partial<BuildRequest>,
    events: BuildEvent[] = [],
  ): Promise<readonly BuildEvent[]> {
    tags.push(...(part.tags ?? []));
    const { signal } = new AbortController();
    for await (const event of engine.build(request(part), signal)) events.push(event);
    return events;
  }

  const request = (part: Partial<BuildRequest>): BuildRequest => ({
    context: { kind: 'directory', path: context },
    dockerfile: path.join(context, 'Dockerfile'),
    tags: [],
    ...part,
  });

  const failureOf = (part: Partial<BuildRequest>): Promise<string> =>
    engineErrorOf(build(here, part)).then(({ message }) => message);

  /** Fails unless this engine has the image, built from the context. */
  async function expectLoaded(events: readonly BuildEvent[], tag: string): Promise<void> {
    const image = await here.inspect('image', tag);
    expect(image.config.Labels).toMatchObject({ made: 'yes' });
    expect(events.find(({ kind }) => kind === 'image')).toMatchObject({ id: image.id });
    const size = Math.max(
      ...events.flatMap((one) => (one.kind === 'progress' && one.id === 'load' ? one.current : 0)),
    );
    expect(size).toBeGreaterThan(100_000);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'step', id: 'load', state: 'done' }),
    );
    expect(events).toContainEqual(expect.objectContaining({ kind: 'sent' }));
  }

  /** Writes a builder as buildx does, for what buildx does not create here. */
  async function writeBuilder(name: string, driver: string, node: object): Promise<void> {
    const instances = path.join(folder, 'config/buildx/instances');
    await mkdir(instances, { recursive: true });
    const json = {
      Name: name,
      Driver: driver,
      Nodes: [{ Name: `${name}0`, ...node }],
      Dynamic: false,
    };
    await writeFile(path.join(instances, name), JSON.stringify(json));
  }

  const create = (name: string, driver: string, ...args: readonly string[]): Promise<string> =>
    docker('buildx', 'create', '--name', name, '--driver', driver, ...args);

  describe('remote', () => {
    test('loads what a builder over TCP has built', async () => {
      const { port } = await proxy({ port: 0, host: '127.0.0.1' });
      await create('far', 'remote', `tcp://127.0.0.1:${port}`);
      const tag = 'localhost/drydock-far:1';
      await expectLoaded(await build(here, { builder: 'far', tags: [tag] }), tag);
    });

    test('loads what a builder at a Unix socket has built', async () => {
      const file = path.join(folder, 'buildkitd.sock');
      await proxy({ path: file });
      await create('near', 'remote', `unix://${file}`);
      const tag = 'localhost/drydock-near:1';
      await expectLoaded(await build(here, { builder: 'near', tags: [tag] }), tag);
    });

    test('loads into an engine with the containerd image store', async () => {
      const other = await connect(await findAddress(`unix://${socket}`));
      const tag = 'localhost/drydock-containerd:1';
      const events = await build(other, { builder: 'near', tags: [tag] });
      const { id } = await other.inspect('image', tag);
      expect(events.find(({ kind }) => kind === 'image')).toMatchObject({ id });
      expect((await other.images()).map((image) => image.id)).toContain(id);
    });

    test('loads an image without a tag', async () => {
      const events = await build(here, { builder: 'near' });
      const image = events.find((event) => event.kind === 'image');
      const { id, config } = await here.inspect('image', image?.id ?? '');
      expect([id, config.Labels]).toEqual([image?.id, { made: 'yes' }]);
      tags.push(id);
    });

    test('writes outputs to files, and loads nothing', async () => {
      const directory = path.join(folder, 'out');
      const file = path.join(folder, 'image.tar');
      const events = await build(here, {
        builder: 'near',
        tags: ['localhost/drydock-out:1'],
        outputs: [
          { type: 'local', attributes: { dest: directory } },
          { type: 'docker', attributes: { dest: file } },
        ],
      });
      expect(existsSync(path.join(directory, 'bin/busybox'))).toBe(true);
      const { stdout } = await run('tar', ['-xOf', file, 'manifest.json']);
      expect(stdout).toContain('localhost/drydock-out:1');
      expect(events.filter((event) => event.kind === 'step' && event.id === 'load')).toEqual([]);
      await expect(here.inspect('image', 'localhost/drydock-out:1')).rejects.toThrow();
    });

    test('reports the failed step and its lines', async () => {
      const dockerfile = path.join(folder, 'Failing.Dockerfile');
      await writeFile(
        dockerfile,
        'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "false"]\n',
      );
      const events: BuildEvent[] = [];
      const failing = build(here, { builder: 'near', dockerfile, tags: [] }, events);
      expect((await engineErrorOf(failing)).message).toMatch(/exit code: 1/);
      expect(events.at(-1)).toMatchObject({
        kind: 'failed',
        failure: { exitCode: 1, sources: [{ lines: [{ start: 3, end: 3 }] }] },
      });
    });

    test('reports why the engine does not load the image', async () => {
      const reason = new EngineError('failed', 'No space left on device');
      const load = async function* (archive: AsyncIterable<Uint8Array>) {
        for await (const chunk of archive) if (chunk.length > 0) throw reason;
      };
      const { endpoint, url } = await findAddress(`unix://${socket}`);
      const work = {
        request: request({ builder: 'near' }),
        signal: new AbortController().signal,
        host: {
          engine: { ...here, load },
          address: { endpoint, url, source: 'setting' as const },
          answerTime: 20_000,
          connect: () => Promise.reject(reason),
          refusal: (message: string) => new EngineError('failed', message),
        },
      };
      expect((await engineErrorOf(readAll(buildElsewhere(work)))).message).toBe(reason.message);
    });

    test('stops the build when it is cancelled', async () => {
      const dockerfile = path.join(folder, 'Slow.Dockerfile');
      await writeFile(
        dockerfile,
        'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "sleep", "1000"]\n',
      );
      const stop = new AbortController();
      const states: string[] = [];
      const building = (async () => {
        for await (const event of here.build(
          request({ builder: 'near', dockerfile }),
          stop.signal,
        )) {
          if (event.kind !== 'step' || !event.name.includes('sleep')) continue;
          states.push(event.state);
          stop.abort();
        }
      })();
      expect(await engineErrorOf(building)).toMatchObject({ kind: 'cancelled' });
      expect(states).toEqual(['running', 'canceled']);
    });

    test('refuses several platforms that nothing could store', async () => {
      const platforms = ['linux/amd64', 'linux/arm64'];
      expect(await failureOf({ builder: 'near', platforms })).toBe(
        'An image for several platforms cannot be loaded from this builder: push it with --push, or write it with --output',
      );
    });

    test('writes several platforms to a directory', async () => {
      const dockerfile = path.join(folder, 'Copy.Dockerfile');
      await writeFile(dockerfile, 'FROM scratch\nCOPY busybox /b\n');
      const dest = path.join(folder, 'several');
      const platforms = ['linux/amd64', 'linux/arm64'];
      const outputs = [{ type: 'local', attributes: { dest } }];
      await build(here, { builder: 'near', dockerfile, platforms, outputs });
      expect((await readdir(dest)).sort()).toEqual(['linux_amd64', 'linux_arm64']);
    });

    test('reports an output that the builder does not support', async () => {
      const engineSocket = real?.address.endpoint.kind === 'socket' && real.address.endpoint.path;
      const file = path.join(folder, 'plain.sock');
      proxies.push(await startBuildKitProxy(engineSocket || '', { path: file }));
      await create('plain', 'remote', `unix://${file}`);
      expect(await failureOf({ builder: 'plain' })).toBe(
        'This builder does not support outputs of type docker',
      );
    });
  });

  describe('TLS', () => {
    let server: { readonly cert: string; readonly key: string };
    let client: typeof server;
    let other: typeof server;
    let port: number;

    async function certificate(name: string): Promise<typeof server> {
      const [cert, key] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}-key.pem`)];
      await run('openssl', [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:buildkit.test'],
        ...['-keyout', key, '-out', cert],
      ]);
      return { cert, key };
    }

    beforeAll(async () => {
      server = await certificate('server');
      client = await certificate('client');
      other = await certificate('other');
      const tls = {
        cert: await readFile(server.cert),
        key: await readFile(server.key),
        ca: await readFile(client.cert),
        requestCert: true,
        rejectUnauthorized: true,
      };
      ({ port } = await proxy({ port: 0, host: '127.0.0.1', tls }));
    });

    const secure = (name: string, options: object): Promise<string> =>
      create(
        name,
        'remote',
        ...Object.entries(options).flatMap(([key, value]) => ['--driver-opt', `${key}=${value}`]),
        `tcp://127.0.0.1:${port}`,
      );
    const servername = 'buildkit.test';

    test('builds with certificates and a server name', async () => {
      await secure('safe', { cacert: server.cert, ...client, servername });
      const tag = 'localhost/drydock-safe:1';
      await expectLoaded(await build(here, { builder: 'safe', tags: [tag] }), tag);
    });

    test.each([
      ['a wrong CA', () => ({ cacert: other.cert, ...client, servername }), /^The TLS certificate of builder bad at tcp:.* is not trusted: /], // prettier-ignore
      ['a wrong name', () => ({ cacert: server.cert, ...client, servername: 'x.test' }), /^The TLS certificate of builder bad at tcp:.* is not trusted: .*x\.test/], // prettier-ignore
      ['no client certificate', () => ({ cacert: server.cert, servername }), /^Builder bad at tcp:.* (?:refused the TLS connection|closed the connection); check its /], // prettier-ignore
      ['a wrong client certificate', () => ({ cacert: server.cert, ...other, servername }), /^Builder bad at tcp:.* (?:refused the TLS connection|closed the connection); check its /], // prettier-ignore
      ['a missing file', () => ({ cacert: '/nosuch/ca.pem', servername }), /^Could not read the TLS files of the builder: No such file or folder: \/nosuch\/ca\.pem$/], // prettier-ignore
      [
        'no TLS',
        () => ({}),
        /^tcp:.*, the address of builder bad, is not BuildKit, or requires TLS$/,
      ],
    ])('reports %s', async (_, options, message) => {
      await secure('bad', options());
      const failure = await failureOf({ builder: 'bad' });
      await docker('buildx', 'rm', 'bad');
      expect(failure).toMatch(message);
    });

    test('reports a builder that does not use TLS', async () => {
      const plain = await proxy({ port: 0, host: '127.0.0.1' });
      await create(
        'clear',
        'remote',
        '--driver-opt',
        `cacert=${server.cert}`,
        `tcp://127.0.0.1:${plain.port}`,
      );
      expect(await failureOf({ builder: 'clear' })).toMatch(
        /^Builder clear at tcp:.* does not use TLS, but TLS is configured for it$/,
      );
    });
  });

  describe('in a container', () => {
    const image = 'localhost/drydock-buildkit:1';
    const name = 'buildx_buildkit_boxed0';

    /** Passes the bytes of its standard streams to the socket of BuildKit, as `buildctl dial-stdio` does. */
    const bridge = (file: string): string => `
      const far = require('net').connect(${JSON.stringify(file)});
      process.stdin.pipe(far).pipe(process.stdout);
      far.on('error', (error) => { console.error('error: ' + error.message); process.exit(1); });
      far.on('close', () => process.exit(0));`;

    beforeAll(async () => {
      const file = path.join(folder, 'inside.sock');
      await proxy({ path: file });
      await writeFile(path.join(folder, 'bridge.js'), bridge(file));
      const program = [process.execPath, path.join(folder, 'bridge.js')].join(' ');
      const script = `#!/bin/busybox sh\n[ "$*" = dial-stdio ] && exec /bin/busybox chroot /host ${program}\n`;
      const root = path.join(folder, 'buildkit-image');
      await mkdir(root);
      await writeFile(path.join(root, 'buildctl'), script, { mode: 0o755 });
      await copyFile(busybox!, path.join(root, 'busybox'));
      await writeFile(
        path.join(root, 'Dockerfile'),
        'FROM scratch\nCOPY busybox buildctl /bin/\nENV PATH=/bin\n',
      );
      await docker('buildx', 'build', '--builder', 'default', '--tag', image, root);
      await writeFile(path.join(root, 'Dockerfile'), 'FROM scratch\nCOPY busybox /bin/\n');
      await docker(
        'buildx',
        'build',
        '--builder',
        'default',
        '--tag',
        'localhost/drydock-plain:1',
        root,
      );
      await create('boxed', 'docker-container', `unix://${socket}`);
    });

    test('reports a builder that has never been started', async () => {
      expect(await failureOf({ builder: 'boxed' })).toBe(
        'Builder boxed has no container; start it with `docker buildx inspect --bootstrap boxed`',
      );
    });

    test('starts its container, and loads what it has built', async () => {
      const command = ['/bin/busybox', 'sleep', '100000'];
      await docker('create', '--name', name, '--volume', '/:/host', image, ...command);
      const tag = 'localhost/drydock-boxed:1';
      const events = await build(here, { builder: 'boxed', tags: [tag] });
      await expectLoaded(events, tag);
      const started = { kind: 'step', id: `start:${name}`, name: `starting container ${name}` };
      expect(events.slice(0, 2)).toMatchObject([
        { ...started, state: 'running' },
        { ...started, state: 'done' },
      ]);
    });

    test('uses a container that runs, also through an address of buildx', async () => {
      await writeBuilder('direct', 'remote', {
        Endpoint: `docker-container://${name}?context=other`,
      });
      await docker('context', 'create', 'other', '--docker', `host=unix://${socket}`);
      const tag = 'localhost/drydock-boxed:2';
      const events = await build(here, { builder: 'direct', tags: [tag] });
      await expectLoaded(events, tag);
      expect(JSON.stringify(events)).not.toContain('starting container');
    });

    test('reports why BuildKit in the container does not respond', async () => {
      await writeFile(path.join(folder, 'bridge.js'), bridge('/nosuch/buildkitd.sock'));
      expect(await failureOf({ builder: 'boxed' })).toMatch(
        /^Could not connect to builder boxed: error: connect ENOENT \/nosuch\/buildkitd.sock$/,
      );
    });

    test('reports a container without BuildKit', async () => {
      await docker('rm', '--force', name);
      const command = ['/bin/busybox', 'sleep', '100000'];
      await docker('run', '--detach', '--name', name, 'localhost/drydock-plain:1', ...command);
      expect(await failureOf({ builder: 'boxed' })).toMatch(
        /^Could not connect to builder boxed: .*buildctl.*not found/,
      );
      await docker('rm', '--force', name);
    });

    test('reports an engine that does not run', async () => {
      await writeBuilder('away', 'docker-container', { Endpoint: 'unix:///nosuch/docker.sock' });
      expect(await failureOf({ builder: 'away' })).toMatch(/^Builder away is not available: /);
    });
  });

  describe.skipIf(!canServeRegistry())('that pushes', () => {
    const registry = 'drydock-registry';
    const host = '127.0.0.1:5000';
    const user = { username: 'me', password: 'p@ss:w' };
    let data: string;

    /** In the network of the builder, which has no other interfaces. */
    beforeAll(async () => {
      data = path.join(folder, 'registry');
      await mkdir(data);
      const { stdout } = await run('htpasswd', ['-Bbn', user.username, user.password]);
      await writeFile(path.join(data, 'users'), stdout);
      const configuration = [
        'version: 0.1',
        `storage: { filesystem: { rootdirectory: ${data} } }`,
        `http: { addr: "${host}" }`,
        `auth: { htpasswd: { realm: test, path: ${data}/users } }`,
      ].join('\n');
      await writeFile(path.join(data, 'config.yml'), configuration);
      const start = `${busybox!} ip link set lo up; exec docker-registry serve ${data}/config.yml`;
      await docker(
        ...['run', '--detach', '--name', registry, '--privileged', '--network', 'host'],
        ...['--volume', '/:/host', 'localhost/drydock-plain:1'],
        ...['/bin/busybox', 'chroot', '/host', '/bin/sh', '-c', start],
      );
      const ask = `/bin/busybox wget -qO- http://${host}/v2/ 2>&1`;
      await vi.waitUntil(
        async () => (await docker('exec', registry, '/bin/busybox', 'sh', '-c', `${ask}; true`)).includes('401'), // prettier-ignore
        { timeout: 60_000, interval: 100 },
      );
      await saveLogin({ ...user, serveraddress: host });
    }, 90_000);
    afterAll(() => docker('rm', '--force', registry));

    /** What the registry has stored. */
    async function stored(name: string): Promise<unknown> {
      const root = path.join(data, 'docker/registry/v2');
      const link = path.join(root, 'repositories', name, '_manifests/tags/1/current/link');
      const [, digest = ''] = (await readFile(link, 'utf8')).split(':');
      const blob = path.join(root, 'blobs/sha256', digest.slice(0, 2), digest, 'data');
      return JSON.parse(await readFile(blob, 'utf8'));
    }

    test('pushes an image for several platforms, with the stored login', async () => {
      const dockerfile = path.join(folder, 'Copy.Dockerfile');
      await writeFile(dockerfile, 'FROM scratch\nCOPY busybox /b\n');
      const platforms = ['linux/amd64', 'linux/arm64'];
      const part = { builder: 'near', dockerfile, platforms, push: true };
      const events = await build(here, { ...part, tags: [`${host}/several:1`] });
      expect(events.find(({ kind }) => kind === 'image')).toBeDefined();
      const manifests = platforms.map((platform) => {
        const [os, architecture] = platform.split('/');
        return expect.objectContaining({ platform: { os, architecture } }) as unknown;
      });
      expect(await stored('several')).toMatchObject({ manifests });
    });

    test('pushes and loads', async () => {
      const tag = `${host}/both:1`;
      const outputs = [{ type: 'docker', attributes: {} }];
      const events = await build(here, { builder: 'near', push: true, outputs, tags: [tag] });
      await expectLoaded(events, tag);
      expect(await stored('both')).toMatchObject({ schemaVersion: 2 });
    });

    test('reports a registry that refuses the login', async () => {
      await saveLogin({ ...user, password: 'wrong', serveraddress: host });
      const part = { builder: 'near', push: true, tags: [`${host}/refused:1`] };
      expect((await engineErrorOf(build(here, part))).kind).toBe('unauthorized');
      await expect(stored('refused')).rejects.toThrow();
    });

    test('reports that a tag is missing', async () => {
      expect(await failureOf({ builder: 'near', push: true })).toBe(
        'An image needs a tag to be pushed',
      );
    });
  });

  describe('of another context', () => {
    test('builds in the engine of the context, which keeps the image', async () => {
      const tag = 'localhost/drydock-other:1';
      const events = await build(here, { builder: 'other', tags: [tag] });
      const id = (await docker('image', 'inspect', '--format', '{{.Id}}', tag)).trim();
      expect(events.find(({ kind }) => kind === 'image')).toMatchObject({ id });
      await expect(here.inspect('image', tag)).rejects.toThrow();
    });

    test('builds in this engine if it is the default', async () => {
      const tag = 'localhost/drydock-default:1';
      await build(here, { builder: 'default', tags: [tag] });
      expect((await here.inspect('image', tag)).tags).toContain(tag);
    });

    test('reports an engine that does not run', async () => {
      await docker('context', 'create', 'gone', '--docker', 'host=unix:///nosuch/docker.sock');
      expect(await failureOf({ builder: 'gone' })).toMatch(/^Builder gone is not available: /);
    });
  });

  describe('in Kubernetes', () => {
    /** Installs a program `kubectl` that runs this script, and returns the file with its arguments. */
    async function installKubectl(script: string): Promise<string> {
      const bin = path.join(folder, 'kubectl-bin');
      const log = path.join(bin, 'arguments');
      await mkdir(bin, { recursive: true });
      await rm(log, { force: true });
      const head = `const argv = process.argv.slice(2);
        require('fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(argv) + '\\n');`;
      await writeFile(path.join(bin, 'kubectl'), `#!${process.execPath}\n${head}\n${script}\n`);
      await chmod(path.join(bin, 'kubectl'), 0o755);
      process.env.PATH = `${bin}${path.delimiter}${before.PATH ?? ''}`;
      return log;
    }
    afterEach(() => {
      process.env.PATH = before.PATH;
    });

    beforeAll(() =>
      writeBuilder('pods', 'kubernetes', {
        Endpoint: 'kubernetes:///pods?deployment=pods0-abc&kubeconfig=%2Fhome%2Fme%2Fmy+cluster',
        DriverOpts: { namespace: 'ci; rm -rf' },
      }),
    );

    test('builds through kubectl', async () => {
      const file = path.join(folder, 'pod.sock');
      await proxy({ path: file });
      const log = await installKubectl(`
        if (argv.includes('get')) console.log('pod/pods0-abc-7d9f');
        else {
          const far = require('net').connect(${JSON.stringify(file)});
          process.stdin.pipe(far).pipe(process.stdout);
          far.on('close', () => process.exit(0));
        }`);
      const tag = 'localhost/drydock-pods:1';
      await expectLoaded(await build(here, { builder: 'pods', tags: [tag] }), tag);
      const cluster = ['--kubeconfig=/home/me/my cluster', '--namespace=ci; rm -rf'];
      const lines = (await readFile(log, 'utf8')).trim().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        [
          ...cluster,
          ...['get', 'pods', '--selector=app=pods0-abc'],
          ...['--field-selector=status.phase=Running', '--output=name'],
        ],
        [
          ...cluster,
          ...['exec', '-i', 'pod/pods0-abc-7d9f', '--container=buildkitd', '--'],
          ...['buildctl', 'dial-stdio'],
        ],
      ]);
    });

    test.each([
      [
        'a builder without pods',
        '',
        'Builder pods has no running pod; start it with `docker buildx inspect --bootstrap pods`',
      ],
      [
        'what kubectl says',
        'console.error("error: no cluster"); process.exitCode = 1',
        'Could not connect to builder pods: error: no cluster',
      ],
      [
        'a pod without BuildKit',
        'if (argv.includes("get")) console.log("pod/p"); else { console.error("error: container not found"); process.exitCode = 1 }',
        'Could not connect to builder pods: error: container not found',
      ],
    ])('reports %s', async (_, script, message) => {
      await installKubectl(script);
      expect(await failureOf({ builder: 'pods' })).toBe(message);
    });

    test('reports that kubectl is not installed', async () => {
      process.env.PATH = path.join(folder, 'nothing-here');
      expect(await failureOf({ builder: 'pods' })).toBe(
        'Builder pods requires kubectl, which is not installed on this machine',
      );
    });
  });

  describe('a builder that cannot be used', () => {
    const servers: Server[] = [];
    afterAll(() => servers.forEach((server) => server.close()));

    /** The port of a server that answers with these bytes. */
    async function answering(bytes?: string): Promise<number> {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.unref();
        if (bytes !== undefined) socket.end(bytes);
      });
      servers.push(server);
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return (server.address() as AddressInfo).port;
    }

    test('is named with the others if it is unknown', async () => {
      await writeBuilder('far', 'remote', { Endpoint: 'tcp://127.0.0.1:1' });
      const message = await failureOf({ builder: 'nosuch' });
      expect(message).toMatch(/^Builder nosuch was not found; available: default, .*\bfar\b/);
    });

    test('is reported if its file is malformed', async () => {
      await writeFile(path.join(folder, 'config/buildx/instances/broken'), '{"Name":');
      const message = await failureOf({ builder: 'broken' });
      expect(message).toMatch(/^Builder broken cannot be used: `.*broken` is not valid JSON$/);
    });

    test.each([
      [
        'does not listen',
        'tcp://127.0.0.1:1',
        /^Could not connect to builder odd at tcp:\/\/127.0.0.1:1: .*ECONNREFUSED/,
      ],
      [
        'has no socket',
        'unix:///nosuch/b.sock',
        /^Could not connect to builder odd at unix:.*ENOENT/,
      ],
      [
        'has another protocol',
        'ssh://me@box',
        /^The address `ssh:\/\/me@box` is not supported; use tcp:/,
      ],
    ])('is reported if it %s', async (_, Endpoint, message) => {
      await writeBuilder('odd', 'remote', { Endpoint });
      expect(await failureOf({ builder: 'odd' })).toMatch(message);
    });

    test('is reported if it is not BuildKit', async () => {
      const port = await answering('HTTP/1.1 400 Bad Request\r\n\r\n');
      await writeBuilder('odd', 'remote', { Endpoint: `tcp://127.0.0.1:${port}` });
      expect(await failureOf({ builder: 'odd' })).toMatch(
        /^tcp:.*, the address of builder odd, is not BuildKit, or requires TLS$/,
      );
    });

    test('is reported if it does not respond', async () => {
      await writeBuilder('odd', 'remote', { Endpoint: `tcp://127.0.0.1:${await answering()}` });
      const limited = await connect(real!.address, shortLimits);
      const { message } = await engineErrorOf(build(limited, { builder: 'odd' }));
      expect(message).toMatch(/^Builder odd at tcp:.* is not responding$/);
    });

    test('is reported if its driver is not supported', async () => {
      await writeBuilder('odd', 'cloud', { Endpoint: 'cloud://org/odd' });
      expect(await failureOf({ builder: 'odd' })).toBe(
        'Builder odd uses the driver cloud, which is not supported; use docker-container, remote, kubernetes',
      );
    });
  });
});

async function readAll(events: AsyncIterable<BuildEvent>): Promise<void> {
  for await (const event of events) expect(event.kind).not.toBe('image');
}
