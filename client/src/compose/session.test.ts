/** Compose with a program that records its arguments. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { trial, type Trial } from '../../../test/command-trial.ts';
import type { Address } from '../engine/address.ts';
import build from '../commands/compose/build.ts';
import down from '../commands/compose/down.ts';
import logs from '../commands/compose/logs.ts';
import pull from '../commands/compose/pull.ts';
import restart from '../commands/compose/restart.ts';
import scale from '../commands/compose/scale.ts';
import services from '../commands/compose/services.ts';
import upWith from '../commands/compose/up-with.ts';
import up from '../commands/compose/up.ts';
import { composeEnvironment, contextOptions } from './find-compose.ts';
import { reasonOf } from './reason.ts';
import { downStep, scaleStep, stepArguments, upStep } from './steps.ts';

let folder: string;
let file: string;
const { PATH } = process.env;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-shop-'));
  file = path.join(folder, 'compose.yaml');
  await writeFile(file, 'services: {}\n');
  process.env.PATH = `${folder}:/usr/bin:/bin`;
});

afterEach(async () => {
  process.env.PATH = PATH;
  await rm(folder, { recursive: true });
});

/** A program in PATH, as a script for `sh` in which `$*` are the arguments. */
async function install(name: string, script: string): Promise<void> {
  const program = path.join(folder, name);
  const record = `printf '%s\\n' "$DOCKER_HOST|$DOCKER_CONTEXT|$PWD|$*" >> '${folder}/calls'`;
  await writeFile(program, `#!/bin/sh\n${record}\n${script}\n`);
  await chmod(program, 0o755);
}

const plugin = `case "$*" in
*version*) echo 2.40.3 ;;
*--services*) printf 'web\\ndb\\n' ;;
*--profiles*) echo tools ;;
esac`;

const address: Address = {
  endpoint: { kind: 'socket', path: '/run/docker.sock' },
  source: 'default',
  url: 'unix:///run/docker.sock',
};

/** The calls besides those that look for the program, without what is the same in all. */
async function calls(): Promise<readonly string[]> {
  const text = await readFile(path.join(folder, 'calls'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('version --short'))
    .map((line) => line.replaceAll(folder, 'FOLDER'));
}

const labels = () => ({
  'com.docker.compose.project.working_dir': folder,
  'com.docker.compose.project.config_files': file,
});

/** A project `shop` of which `web` and `db` run. */
function project(answers: readonly (string | undefined)[] = []): Trial {
  return trial(
    {
      containers: ['web', 'db'].map((service) => ({
        name: `shop-${service}-1`,
        state: 'running',
        project: 'shop',
        service,
        labels: labels(),
      })),
      volumes: [{ name: 'shop_data', project: 'shop' }],
    },
    answers,
    { tools: { connectionState: () => Promise.resolve({ address }) } },
  );
}

const here = 'unix:///run/docker.sock||FOLDER|compose';

describe('on a file', () => {
  test('starts the project in the folder of the file, on the engine of the window', async () => {
    await install('docker', plugin);
    const t = trial({}, [], { tools: { connectionState: () => Promise.resolve({ address }) } });
    await t.runOn(up, [file]);
    expect(await calls()).toEqual([`${here} up --detach`]);
    expect(t.seen).toEqual([
      expect.stringMatching(/^progress: Starting drydock-shop-/),
      expect.stringMatching(/^terminal: drydock-shop-.*: up$/),
    ]);
  });

  test('uses the name under which its containers run', async () => {
    await install('docker', plugin);
    const t = project();
    await t.runOn(pull, [file]);
    await t.runOn(build, [file]);
    await t.runOn(restart, [file]);
    expect(await calls()).toEqual([
      `${here} --project-name shop pull`,
      `${here} --project-name shop build`,
      `${here} --project-name shop --profile * restart`,
    ]);
  });

  test('says that there are no containers whose logs could be shown', async () => {
    await install('docker', plugin);
    const t = trial({});
    await t.runOn(logs, [file]);
    expect(t.seen).toEqual([
      expect.stringMatching(/^info: .* has no containers\. \[Compose Up\]$/),
    ]);
  });

  test('asks for profiles, services and options, and remembers the profiles', async () => {
    await install('docker', plugin);
    const t = project(['tools', 'web', 'Build images first']);
    await t.runOn(upWith, [file]);
    await t.runOn(pull, [file]);
    expect(t.seen.filter((line) => line.startsWith('pickMany'))).toEqual([
      'pickMany: Compose Up shop: Profiles [tools]',
      'pickMany: Compose Up shop: Services [✓db, ✓web]',
      expect.stringMatching(/^pickMany: Compose Up shop: Options/),
    ]);
    expect((await calls()).slice(-2)).toEqual([
      `${here} --project-name shop --profile tools --profile * up --detach --build -- web`,
      `${here} --project-name shop --profile tools pull`,
    ]);
  });

  test('acts on chosen services', async () => {
    await install('docker', plugin);
    const t = project(['db', 'Restart']);
    await t.runOn(services, [file]);
    expect((await calls()).at(-1)).toBe(`${here} --project-name shop --profile * restart -- db`);
  });
});

describe('on rows', () => {
  const onGroup = (t: Trial, command: typeof up): Promise<void> =>
    command.run(
      ['shop-web-1', 'shop-db-1'].map((name) => t.world.container(name)),
      t.tools,
      { paths: [], groups: ['project/shop'] },
    );

  test('a group is the whole project', async () => {
    await install('docker', plugin);
    const t = project();
    await onGroup(t, up);
    expect(await calls()).toEqual([`${here} --project-name shop up --detach`]);
  });

  test('a container is its service', async () => {
    await install('docker', plugin);
    const t = project();
    await t.run(up, 'shop-web-1');
    expect(await calls()).toEqual([`${here} --project-name shop --profile * up --detach -- web`]);
  });

  test('a service is scaled to a number', async () => {
    await install('docker', plugin);
    const t = project(['3']);
    await t.run(scale, 'shop-web-1');
    expect(t.seen[0]).toBe('ask: Scale web ‹1›');
    expect((await calls()).at(-1)).toMatch(/ --no-deps --no-recreate --scale web=3 -- web$/);
  });

  test('removes volumes only if it is chosen and confirmed', async () => {
    await install('docker', plugin);
    for (const [answers, expected] of [
      [['Down'], ['down']],
      [['Down and Remove Volumes…', undefined], []],
      [['Down and Remove Volumes…', 'Down and Remove Volumes'], ['down --volumes']],
      [[undefined], []],
    ] as const) {
      const before = (await calls()).length;
      const t = project(answers);
      await onGroup(t, down);
      expect(t.seen[0]).toContain('[Down] [Down and Remove Volumes…]');
      const all = expected.map((words) => `${here} --project-name shop --profile * ${words}`);
      expect((await calls()).slice(before)).toEqual(all);
    }
  });
});

describe('the program', () => {
  test('is not installed', async () => {
    process.env.PATH = folder;
    const t = project();
    await t.runOn(up, [file]);
    expect(t.seen).toEqual([
      'error: Docker Compose is not installed: install the plugin for `docker compose`. [Open Installation Guide]',
    ]);
  });

  test('is docker-compose where the docker CLI has no plugin', async () => {
    await install('docker', 'echo "docker: unknown command: docker compose" >&2; exit 1');
    await install('docker-compose', plugin.replace('2.40.3', '1.29.2'));
    await project().runOn(up, [file]);
    expect((await calls()).at(-1)).toBe(
      'unix:///run/docker.sock||FOLDER|--project-name shop up --detach',
    );
  });

  test('fails with the reason in one sentence, and can be run again', async () => {
    await install(
      'docker',
      `case "$*" in *version*) echo 2.40.3 ;; *) echo " Container shop-web-1  Starting" >&2
printf '\\033[31mError response from daemon: no such image: x\\033[0m\\n' >&2; exit 1 ;; esac`,
    );
    const t = project();
    await t.runOn(up, [file]);
    expect(t.seen.at(-1)).toBe('error: Could not start shop: no such image: x [Retry]');
  });

  test('runs on the context of the window', () => {
    const environment = { env: { DOCKER_HOST: 'tcp://old', PATH: '/bin' }, home: '/h', platform: 'linux' } as const; // prettier-ignore
    const far: Address = { ...address, context: 'far', source: 'window', url: 'ssh://far' };
    expect(composeEnvironment(far, environment)).toEqual({
      PATH: '/bin:/usr/local/bin:/opt/homebrew/bin:/h/.docker/bin',
      DOCKER_HOST: undefined,
      DOCKER_CONTEXT: 'far',
    });
    const byDefault: Address = { ...far, context: 'default', url: 'https://host:2376' };
    expect(composeEnvironment(byDefault, environment).DOCKER_HOST).toBe('tcp://host:2376');
    const old = { command: ['docker-compose'], version: '1.29.2' };
    expect(contextOptions(old, far)).toEqual(['--context', 'far']);
    expect(contextOptions({ ...old, version: '2.1.0' }, far)).toEqual([]);
  });
});

describe('arguments', () => {
  test('never read the name of a service as an option', () => {
    for (const step of [upStep(['--volumes']), downStep(['--volumes'], false)]) {
      const words = stepArguments(step, []);
      expect(words.slice(-2)).toEqual(['--', '--volumes']);
    }
    expect(stepArguments(scaleStep('-x', 2), []).slice(-2)).toEqual(['--', '-x']);
  });
});

describe('reasons', () => {
  test('name the container that uses a port', () => {
    const t = trial({
      containers: [
        { name: 'api', state: 'running', ports: [{ container: 80, host: 8080, protocol: 'tcp' }] },
      ],
    });
    const output =
      'Error response from daemon: failed to set up container networking: Bind for 0.0.0.0:8080 failed: port is already allocated';
    expect(reasonOf(output, [t.world.container('api')])).toBe('port 8080 is in use by api');
    expect(reasonOf(output, [])).toBe('port 8080 is in use by another program');
  });
});
