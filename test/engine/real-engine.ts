/** A real engine for tests, at DOCKER_HOST or the default socket, with an image built from Debian's busybox. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Address } from '../../client/src/engine/address.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar, type TarEntry } from '../../client/src/engine/tar.ts';
import { readAll, bytes, type EngineFixture } from './contract.ts';

export interface RealEngine {
  readonly address: Address;
  readonly engine: Engine;
}

/** Prints once why the tests cannot run; in continuous integration this is an error. */
export async function connectRealEngine(): Promise<RealEngine | undefined> {
  try {
    const address = await findAddress('');
    const engine = await connect(address);
    if (busyboxFile === undefined) throw new Error('apt-get install busybox-static');
    const { version } = await engine.version();
    console.log(`Engine ${version} at ${address.url}`);
    return { address, engine };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI) throw new Error(`No engine for the tests: ${reason}`, { cause: error });
    console.log(`Skipped, no engine for the tests: ${reason}`);
    return undefined;
  }
}

const busyboxFile = ['/bin/busybox', '/usr/bin/busybox'].find((file) => existsSync(file));

export async function createFixture({ address, engine }: RealEngine): Promise<EngineFixture> {
  const image = `localhost/drydock-test:${randomUUID()}`;
  const api = apiOf(address);
  await importImage(api, image);
  const created: string[] = [];
  return {
    engine,
    image,
    create: async (options = {}) => {
      const { tty = false, lines = [], exitCode, started = true, volume, network } = options;
      const commands = lines.map((line) => `echo '${line}'`);
      // Process 1 has no default signal handlers, so it must handle SIGTERM.
      const keepRunning = ["trap 'exit 0' TERM", 'sleep 1000 & wait'];
      const script = [
        ...commands,
        ...(exitCode === undefined ? keepRunning : [`exit ${exitCode}`]),
      ].join('\n');
      const host = {
        ...(volume !== undefined && { Binds: [`${volume}:/data`] }),
        ...(network !== undefined && { NetworkMode: network }),
      };
      const body = {
        Image: image,
        Tty: tty,
        OpenStdin: tty,
        Cmd: ['sh', '-c', script],
        HostConfig: host,
      };
      const path = `/containers/create?name=drydock-test-${randomUUID()}`;
      const { Id } = JSON.parse(await api('POST', path, body)) as { readonly Id: string };
      created.push(Id);
      if (started) await engine.start(Id);
      return Id;
    },
    printLine: async (id, line) => {
      const run = await engine.exec(id, ['sh', '-c', `echo '${line}' > /proc/1/fd/1`], {
        tty: false,
      });
      run.end();
      await readAll(run.output);
    },
    close: async () => {
      for (const id of created)
        await engine.remove(id, { force: true, volumes: true }).catch(ignore);
      await engine.removeImage(image, { force: true });
    },
  };
}

function ignore(): void {
  // A test may have removed it itself.
}

type Api = (method: string, path: string, body?: object | Buffer) => Promise<string>;

/** Sends requests without the adapter, so that the adapter is not tested with itself. */
function apiOf({ endpoint }: Address): Api {
  const target =
    endpoint.kind === 'socket'
      ? { socketPath: endpoint.path }
      : { host: endpoint.host, port: endpoint.port };
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const tar = Buffer.isBuffer(body);
      const type = tar ? 'application/x-tar' : 'application/json';
      const headers = body === undefined ? {} : { 'Content-Type': type };
      const outgoing = request({ ...target, method, path, headers }, (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('error', reject);
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve(text);
          else reject(new Error(text));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(tar || body === undefined ? body : JSON.stringify(body));
    });
}

async function importImage(api: Api, image: string): Promise<void> {
  const [repository = '', tag = ''] = image.split(':');
  const name = `repo=${encodeURIComponent(repository)}&tag=${tag}`;
  const changes = encodeURIComponent('ENV PATH=/bin');
  const query = `fromSrc=-&${name}&changes=${changes}`;
  const answer = await api(
    'POST',
    `/images/create?${query}`,
    Buffer.concat(await readAll(rootTar())),
  );
  const id = /"status":"(?:sha256:)?([0-9a-f]{64})/.exec(answer)?.[1];
  if (id === undefined) throw new Error(answer);
  // Podman does not tag an imported image.
  await api('POST', `/images/${id}/tag?${name}`);
}

const applets =
  'sh ash cat chmod chown command cp echo env false find getfattr id ln ls mkdir mkfifo mknod mv printenv ps pwd readlink rm sleep sort stat stty tar test touch true wc xargs'.split(
    ' ',
  );

function rootTar(): AsyncIterable<Uint8Array> {
  const folder = (name: string, mode = 0o755): TarEntry => ({
    name,
    kind: 'directory',
    mode,
    size: 0,
  });
  const link = (name: string): TarEntry => ({
    name: `bin/${name}`,
    kind: 'link',
    mode: 0o777,
    size: 0,
    linkTarget: 'busybox',
  });
  return packTar([
    folder('bin'),
    folder('etc'),
    folder('root', 0o700),
    folder('tmp', 0o1777),
    // A random file makes the image unique.
    fileEntry('etc/drydock-test', bytes(randomUUID())),
    fileEntry('etc/passwd', bytes('root:x:0:0:root:/root:/bin/sh\n')),
    fileEntry('bin/busybox', readFileSync(busyboxFile ?? ''), 0o755),
    ...applets.map(link),
  ]);
}
