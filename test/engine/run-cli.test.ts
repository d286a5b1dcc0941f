/** Compares our create request for a line with the request of the Docker CLI for the same line. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argumentsOf, specOfLine } from '../../client/src/run/line.ts';
import { has } from '../../client/src/run/spec.ts';
import { runLines, runPlace } from '../run-lines.ts';
import { expectEqual, preparedFolder, RecordingServer, requestOf } from './create-requests.ts';

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
  const server = new RecordingServer('1.50', 'linux');
  let folder: string;
  let host: string;

  beforeAll(async () => {
    folder = await preparedFolder();
    host = await server.start();
  });
  afterAll(async () => {
    server.stop();
    await rm(folder, { recursive: true });
  });

  const variables = { ...runPlace.variables, HOME: '/home/me' };

  test.each([...Object.entries(runLines), ...Object.entries(others)])('%s', async (_, line) => {
    const { spec, troubles } = specOfLine(line, { ...runPlace, folder, variables });
    expect(troubles).toEqual([]);
    server.take();
    // `docker run` with a terminal requires one itself, `docker create` does not.
    const [, ...args] = argumentsOf(spec);
    const verb = has(spec, 'tty') && !has(spec, 'detach') ? 'create' : 'run';
    await run('docker', [verb, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, DOCKER_HOST: host, ...variables, DOCKER_CONFIG: folder },
    }).catch(() => undefined);
    expectEqual(await requestOf(spec, variables), server.take()[0]);
  });
});
