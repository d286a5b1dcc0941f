/** `docker build` lines: what they mean here is what the docker CLI sends, and what a real engine builds. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../contract/build.ts';
import { limitParameters } from '../../client/src/engine/build-limits.ts';
import type { LineContext } from '../../client/src/command-line/words.ts';
import { specOfLine } from '../../client/src/build/line.ts';
import { lineOfSpec } from '../../client/src/build/print.ts';
import { requestOf } from '../../client/src/build/request.ts';
import { givenOptions } from '../../client/src/build/spec.ts';
import { buildSpec } from '../../client/src/build/start.ts';
import { whereIs } from '../../scripts/setup/run.mts';
import { buildLines, buildPlace } from '../build-lines.ts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import type { EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const run = promisify(execFile);

let folder: string;
let context: LineContext;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-build-lines-'));
  context = { ...buildPlace, folder };
  for (const name of ['api', 'docker']) await mkdir(join(folder, name));
  for (const name of [
    'Dockerfile',
    'api/Dockerfile',
    'api/Dockerfile.dev',
    'docker/Dockerfile.prod',
    'centos-vimv2.0',
  ])
    await writeFile(join(folder, name), 'FROM scratch\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** Options that the classic builder has too. */
const classic: ReadonlySet<string> = new Set(['tag', 'file', 'target', 'build-arg', 'platform', 'no-cache', 'pull', 'add-host', 'network', 'shm-size', 'ulimit', 'label', 'iidfile', 'quiet', 'compress', 'rm', 'force-rm', 'cgroup-parent', 'memory', 'memory-swap', 'cpu-shares', 'cpu-period', 'cpu-quota', 'cpuset-cpus', 'cpuset-mems']); // prettier-ignore

/** Whether bash and the classic builder take the line as it is, in a folder that the test has. */
function isClassic(line: string): boolean {
  const { spec } = specOfLine(line, buildPlace);
  return (
    /^(?:cd api(?: && |\n)|(?!DOCKER_)[A-Z_]+=\S+ |\$ )?docker (?:image |builder )?build /.test(
      line,
    ) &&
    !/`\n|\^\r/.test(line) &&
    spec.unknown.length === 0 &&
    /^(?:\/work\/shop|\.)(?:\/api)?$/.test(spec.context) &&
    givenOptions(spec).every((name) => classic.has(name))
  );
}

describe.skipIf(whereIs('docker') === undefined)('the docker CLI', () => {
  const requests: string[] = [];
  let server: Server;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const socket = join(folder, 'engine.sock');
    server = createServer((request, response) => {
      const { url = '' } = request;
      if (url.includes('/build?')) requests.push(url);
      response.setHeader('Api-Version', '1.41');
      response.setHeader('Ostype', 'linux');
      response.setHeader('Builder-Version', '1');
      request.resume().on('end', () => {
        response.end(url.includes('/build?') ? '{"aux":{"ID":"sha256:1"}}\n' : '{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    env = {
      ...buildPlace.variables,
      PATH: process.env.PATH,
      DOCKER_HOST: `unix://${socket}`,
      DOCKER_CONFIG: join(folder, 'config'),
      DOCKER_BUILDKIT: '0',
    };
  });
  afterAll(() => server.close());

  const lines = buildLines.map(([line]) => line).filter(isClassic);
  test('is compared for enough lines', () => {
    expect(lines.length).toBeGreaterThan(15);
  });

  test.each(lines)('sends the same for %s', async (line) => {
    requests.length = 0;
    const plain = line
      .replace(/DOCKER_BUILDKIT=1 /, '')
      .replace(/&& docker push .*|\| .*/, '')
      .replace(/^\$ /, '');
    await run('bash', ['-c', plain], { cwd: folder, env });
    const sent = new URLSearchParams((requests[0] ?? '').split('?')[1]);
    expect(meaningOf(sent)).toEqual(expected(requestOf(specOfLine(line, context).spec, context)));
  });
});

interface Meaning {
  readonly tags: readonly string[];
  readonly others: Readonly<Record<string, unknown>>;
}

/** What the query of `POST /build` says, without defaults. */
function meaningOf(query: URLSearchParams): Meaning {
  const json = (name: string): Record<string, string | null> =>
    JSON.parse(query.get(name) ?? '{}') as Record<string, string | null>;
  const ulimits = JSON.parse(query.get('ulimits') ?? '[]') as { Name: string; Hard: number; Soft: number }[] | null; // prettier-ignore
  const given = (record: Record<string, string | null>) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  const tags = query.getAll('t').map((tag) => (/:[^/]*$/.test(tag) ? tag : `${tag}:latest`));
  return {
    tags,
    others: {
      dockerfile: query.get('dockerfile'),
      target: query.get('target') ?? '',
      buildArgs: given(json('buildargs')),
      labels: json('labels'),
      platform: query.get('platform') ?? '',
      noCache: query.get('nocache') === '1',
      pull: query.get('pull') === '1',
      hosts: query.getAll('extrahosts'),
      network: query.get('networkmode') ?? 'default',
      shmSize: Number(query.get('shmsize') ?? 0),
      ulimits: (ulimits ?? []).map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`).sort(),
      cgroup: query.get('cgroupparent') ?? '',
      // The docker CLI writes limits that are not given as 0.
      limits: limitNames.map((name) => query.get(name) || '0').map(withoutUnlimited),
    },
  };
}

function expected(request: BuildRequest): Meaning {
  const directory = request.context.kind === 'directory' ? request.context.path : '';
  return {
    tags: request.tags,
    others: {
      dockerfile: request.dockerfile.startsWith(`${directory}/`)
        ? request.dockerfile.slice(directory.length + 1)
        : expect.stringMatching(/^\.dockerfile\./),
      target: request.target ?? '',
      buildArgs: request.buildArgs ?? {},
      labels: request.labels ?? {},
      platform: (request.platforms ?? []).join(','),
      noCache: request.noCache === true,
      pull: request.pull === true,
      hosts: request.addHosts ?? [],
      network: request.network ?? 'default',
      shmSize: request.shmSize ?? 0,
      ulimits: [...(request.ulimits ?? [])].sort(),
      cgroup: request.cgroupParent ?? '',
      limits: limitNames.map((name) => limitParameters(request)[name] ?? '0'),
    },
  };
}

const limitNames = ['memory', 'memswap', 'cpushares', 'cpuperiod', 'cpuquota', 'cpusetcpus', 'cpusetmems']; // prettier-ignore

/** A quota of -1 is none. */
function withoutUnlimited(value: string, index: number): string {
  return limitNames[index] === 'cpuquota' && value === '-1' ? '0' : value;
}

const real = await connectRealEngine();

describe.skipIf(real === undefined)('a real engine', () => {
  let fixture: EngineFixture;
  const mark = randomUUID().slice(0, 8);
  const tags: string[] = [];
  beforeAll(async () => {
    fixture = await createFixture(real!);
  });
  afterAll(async () => {
    for (const tag of tags)
      await fixture.engine.removeImage(tag, { force: true }).catch(() => undefined);
    await fixture.close();
  });

  async function build(line: string): Promise<Readonly<Record<string, string>>> {
    const { spec } = specOfLine(line, context);
    // Also after the form has written the line.
    const again = specOfLine(lineOfSpec(spec), context).spec;
    expect(requestOf(again, context)).toEqual(requestOf(spec, context));
    const { editor } = recordingEditor();
    const built = await buildSpec(toolsFor(fixture.engine, editor), { spec: again, context });
    tags.push(built!.reference!);
    const details = await fixture.engine.inspect('image', built!.reference!);
    return details.config.Labels ?? {};
  }

  test('builds with an SSH key for a step that does not use it', async () => {
    await writeFile(join(folder, 'Dockerfile'), `FROM ${fixture.image}\nLABEL built=yes\n`);
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    await writeFile(join(folder, 'id_ed25519'), pem);
    const labels = await build(
      `sudo docker build --ssh github=./id_ed25519 -t image_gen:${mark} .`,
    );
    expect(labels).toMatchObject({ built: 'yes' });
  });

  test('builds a file with any name', async () => {
    await writeFile(join(folder, 'centos-vimv2.0'), `FROM ${fixture.image}\nLABEL built=vim\n`);
    expect(await build(`docker build -f ./centos-vimv2.0 -t centos-vim:${mark} .`)).toMatchObject({
      built: 'vim',
    });
  });

  test('builds with arguments that are empty', async () => {
    await writeFile(
      join(folder, 'Dockerfile'),
      `FROM ${fixture.image}\nARG ARG1=one\nARG ARG2=two\nLABEL one="[$ARG1]" two="[$ARG2]"\n`,
    );
    const line = `docker build --build-arg ARG1="" --build-arg ARG2="" -t xxx:${mark} .`;
    expect(await build(line)).toMatchObject({ one: '[]', two: '[]' });
  });

  test('writes the id of the image to a file', async () => {
    await build(`docker build --iidfile iid -t iid:${mark} .`);
    const { id } = await fixture.engine.inspect('image', `iid:${mark}`);
    expect(await readFile(join(folder, 'iid'), 'utf8')).toBe(id);
  });
});
