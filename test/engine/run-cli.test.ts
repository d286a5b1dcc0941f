/** Compares our create request for a line with the request of the Docker CLI for the same line. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBody } from '../../client/src/run/body.ts';
import { filesOf } from '../../client/src/run/env.ts';
import { argumentsOf, specOfLine } from '../../client/src/run/line.ts';
import { runLines, runPlace } from '../run-lines.ts';

const run = promisify(execFile);
const docker = await run('docker', ['--version']).then(
  () => true,
  () => false,
);

/** Options that the README lines do not have. */
const others: Readonly<Record<string, string>> = {
  'two networks':
    'docker run --network name=front,alias=a,ip=172.30.0.5 --network back --ip6 2001:db8::5 x',
  'port ranges':
    'docker run -P --expose 7000-7002/udp -p 9000-9002:80 -p 8000-8001:8000-8001 -p [::1]:1:1 -p 5 x',
  'long port syntax': 'docker run -p published=8080,target=80,protocol=udp x',
  'all kinds of mounts':
    'docker run --mount type=volume,src=v,dst=/v,volume-nocopy,volume-opt=type=nfs,volume-driver=local --mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770 --mount type=bind,src=/etc,dst=/e,bind-propagation=rslave --mount type=volume,dst=/anonymous -v /only --tmpfs /run x',
  limits:
    'docker run --memory 512m --memory-swap -1 --memory-swappiness 10 --cpus .5 -c 512 --cpu-period 50000 --cpu-quota 25000 --cpuset-cpus 0-1 --cpuset-mems 0 --blkio-weight 300 --device-read-bps /dev/null:1mb --device-write-iops /dev/null:10 --blkio-weight-device /dev/null:200 --oom-score-adj=-500 --oom-kill-disable x',
  privileges:
    'docker run --privileged --security-opt seccomp=unconfined --security-opt systempaths=unconfined --security-opt apparmor=unconfined --group-add 44 --userns host --cgroupns private --cgroup-parent /x --device-cgroup-rule "c 1:* rwm" --device nvidia.com/gpu=all --device /dev/null:r --annotation a=b --storage-opt size=1G x',
  processes:
    'docker run --pid host --uts host --ipc shareable --init --stop-signal SIGINT --domainname d --no-healthcheck --entrypoint "" x -c "a b"',
  'GPU count': 'docker run --gpus 2 x',
  'GPU capabilities': `docker run --gpus 'all,"capabilities=compute,utility"' --runtime nvidia x`,
  health:
    'docker run --health-cmd true --health-timeout 1m30s --health-start-period 500ms --health-start-interval 5s x',
  attach: 'docker run -a stdout -a STDERR -i x',
  environment:
    'docker run --env-file ./env -e HOME -e NOBODY_KNOWS -e EMPTY= -e TWICE=1 -e TWICE=2 x',
  'legacy links':
    'docker run --link db:database --dns-search example.com --dns-opt ndots:2 --volumes-from other:ro --volume-driver local --add-host=a=::1 x',
};

describe.skipIf(!docker)('sends the same create request as the Docker CLI', () => {
  let folder: string;
  let server: Server;
  let host: string;
  const requests: { readonly path: string; readonly body: object }[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-run-'));
    await mkdir(join(folder, 'www'));
    await writeFile(join(folder, 'labels'), 'from.file=yes\n# no label\n');
    await writeFile(join(folder, 'env'), 'A=1\n\n# comment\nB="quoted"\nHOME\nTWICE=0\n');
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => (text += data.toString()));
      request.on('end', () => {
        if (request.url?.endsWith('/_ping') === true) {
          response.writeHead(200, { 'Api-Version': '1.50', Ostype: 'linux' }).end('OK');
          return;
        }
        if (request.url?.includes('/containers/create') === true) {
          requests.push({ path: request.url, body: JSON.parse(text) as object });
        }
        response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"message":"no"}');
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    host = `tcp://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const variables = { ...runPlace.variables, HOME: '/home/me' };

  test.each([...Object.entries(runLines), ...Object.entries(others)])('%s', async (_, line) => {
    const { spec, troubles } = specOfLine(line, { ...runPlace, folder, variables });
    expect(troubles).toEqual([]);
    requests.length = 0;
    // `docker run` with a terminal requires one itself, `docker create` does not.
    const [, ...args] = argumentsOf(spec);
    const verb =
      spec.switches.includes('tty') && !spec.switches.includes('detach') ? 'create' : 'run';
    await run('docker', [verb, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, DOCKER_HOST: host, ...variables, DOCKER_CONFIG: folder },
    }).catch(() => undefined);
    const files = new Map<string, string>();
    for (const file of filesOf(spec)) {
      files.set(
        file,
        file.endsWith('env') ? 'A=1\n\n# comment\nB="quoted"\nHOME\nTWICE=0\n' : 'from.file=yes\n',
      );
    }
    const ours = createBody(spec, { variables, files });
    expect(normalize(ours)).toEqual(normalize(requests[0]?.body));
    const { searchParams } = new URL(requests[0]?.path ?? '', host);
    expect(searchParams.get('name') ?? undefined).toBe(spec.texts.name);
  });
});

/** Removes values without a meaning: zeros, empty strings and lists, and Docker's values for unset options. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, one]) => !(name === 'MemorySwappiness' && one === -1) && name !== 'ConsoleSize',
      )
      .map(
        ([name, one]) =>
          [name, meaningfulIfEmpty.has(name) ? one : normalize(sortUnordered(name, one))] as const,
      )
      .filter(([name, one]) => (meaningfulIfEmpty.has(name) ? one !== null : !isEmpty(one))),
  );
}

/** The order of variables is not specified, and the Docker CLI reads bind mounts from a Go map. */
const unordered = new Set(['Env', 'Binds']);

function sortUnordered(name: string, value: unknown): unknown {
  return unordered.has(name) && Array.isArray(value) ? [...(value as string[])].sort() : value;
}

/** Properties for which an empty list has a meaning. */
const meaningfulIfEmpty = new Set(['MaskedPaths', 'ReadonlyPaths', 'Entrypoint']);

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false)
    return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
