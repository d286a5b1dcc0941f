/** Builders that are reached with certificates or through kubectl, and that push to a registry with a login. */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { saveLogin } from '../../client/src/engine/docker-cli/login-store.ts';
import { canServeRegistry } from '../registry.ts';
import { run, startBuilderTrial } from './builder-trial.ts';
import { engineErrorOf } from './contract.ts';

const trial = await startBuilderTrial();

describe.skipIf(trial === undefined)('builders with credentials', () => {
  const {
    here,
    busybox,
    folder,
    context,
    before,
    docker,
    proxy,
    build,
    failureOf,
    expectLoaded,
    writeBuilder,
    create,
  } = trial!;
  afterAll(() => trial?.stop(), 60_000);

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

  describe.skipIf(!canServeRegistry())('that pushes', () => {
    const registry = 'drydock-registry';
    const image = 'localhost/drydock-plain:1';
    const host = '127.0.0.1:5000';
    const user = { username: 'me', password: 'p@ss:w' };
    let data: string;

    /** In the network of the builder, which has no other interfaces. */
    beforeAll(async () => {
      data = path.join(folder, 'registry');
      await mkdir(data);
      const socket = path.join(folder, 'pushing.sock');
      await proxy({ path: socket });
      await create('near', 'remote', `unix://${socket}`);
      const plain = path.join(folder, 'Plain.Dockerfile');
      await writeFile(plain, 'FROM scratch\nCOPY busybox /bin/\n');
      const options = ['--builder', 'default', '--tag', image, '--file', plain];
      await docker('buildx', 'build', ...options, context);
      const { stdout } = await run('htpasswd', ['-Bbn', user.username, user.password]);
      await writeFile(path.join(data, 'users'), stdout);
      const configuration = [
        'version: 0.1',
        `storage: { filesystem: { rootdirectory: ${data} } }`,
        `http: { addr: "${host}" }`,
        `auth: { htpasswd: { realm: test, path: ${data}/users } }`,
      ].join('\n');
      await writeFile(path.join(data, 'config.yml'), configuration);
      const start = `${busybox} ip link set lo up; exec docker-registry serve ${data}/config.yml`;
      await docker(
        ...['run', '--detach', '--name', registry, '--privileged', '--network', 'host'],
        ...['--volume', '/:/host', image],
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
});
