/** Builds with the builders of docker buildx and of other contexts; the image arrives in this engine. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildEvent } from '../../contract/build.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { buildElsewhere } from '../../client/src/engine/builders/builders.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import { run, startBuilderTrial } from './builder-trial.ts';
import { startBuildKitProxy } from './buildkit-proxy.ts';
import { engineErrorOf } from './contract.ts';
import { shortLimits } from './short-limits.ts';

const trial = await startBuilderTrial();

describe.skipIf(trial === undefined)('builders', () => {
  const {
    here,
    real,
    socket,
    busybox,
    folder,
    proxies,
    tags,
    docker,
    proxy,
    build,
    request,
    failureOf,
    expectLoaded,
    writeBuilder,
    create,
  } = trial!;
  afterAll(() => trial?.stop(), 60_000);

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
      const engineSocket = real.address.endpoint.kind === 'socket' && real.address.endpoint.path;
      const file = path.join(folder, 'plain.sock');
      proxies.push(await startBuildKitProxy(engineSocket || '', { path: file }));
      await create('plain', 'remote', `unix://${file}`);
      expect(await failureOf({ builder: 'plain' })).toBe(
        'This builder does not support outputs of type docker',
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
      await copyFile(busybox, path.join(root, 'busybox'));
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
      const limited = await connect(real.address, shortLimits);
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
