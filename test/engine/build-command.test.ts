/** `drydock build` as it is shipped, on both engines. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { annotationsIn, reportOf as json, runBuild, type Run } from './build-program.ts';
import type { EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { startEngines } from './two-engines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-build-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function context(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = path.join(folder, randomUUID());
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return directory;
}

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

describe('without an engine', () => {
  test.each([
    ['no engine', ['.'], /^drydock: The Docker engine is not running\.\n$/],
    ['an unknown option', ['--colour', '.'], /^drydock: Unknown option --colour\n.*--help\n$/],
    ['no path', ['-t', 'a:1'], /^drydock: Missing path.*\n.*--help\n$/],
    [
      'an unknown format',
      ['--format', 'xml', '.'],
      /^drydock: Unknown format `xml`; .*\n.*--help\n$/,
    ],
    ['no context', ['missing'], /^drydock: The build context missing does not exist\n$/],
    [
      'a file as context',
      ['Dockerfile'],
      /^drydock: The build context Dockerfile is not a directory\n$/,
    ],
    [
      'no Dockerfile',
      ['-f', 'none', '.'],
      /^drydock: Could not read .*none: the file does not exist\n$/,
    ],
  ])('exits with 2 for %s', async (_, argv, message) => {
    const directory = await context({ Dockerfile: 'FROM scratch\n' });
    const ran = await runBuild(directory, argv, { env: nowhere });
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) as string });
  });
});

describe('before a build has started', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends on %s while the Dockerfile is typed',
    async (signal) => {
      const directory = await context({ one: '' });
      const ran = await runBuild(directory, ['--squash', '-f', '-', '.'], {
        env: nowhere,
        isInputOpen: true,
        // It is printed before the input is read.
        onOutput: (text, kill) => {
          if (text.includes('--squash has no effect')) kill(signal);
        },
      });
      expect(ran).toMatchObject({ code: 1, out: '' });
      expect(ran.err).toMatch(/\ndrydock: Cancelled\n$/);
    },
  );

  test('ends on SIGINT while the engine does not answer', async () => {
    const directory = await context({ Dockerfile: 'FROM scratch\n' });
    let isConnected = (): void => undefined;
    const silent = createServer(() => isConnected()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const ran = await runBuild(directory, ['.'], {
      env: { DOCKER_HOST: `tcp://127.0.0.1:${port}` },
      onOutput: (_, kill) => (isConnected = () => kill('SIGINT')),
    });
    silent.close();
    expect(ran).toEqual({ code: 1, out: '', err: 'drydock: Cancelled\n' });
  });
});

const engines = await startEngines();
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

describe.each(engines)('on engine $version', ({ engine, host }) => {
  const run = (directory: string, argv: readonly string[], { env, ...more }: Run = {}) =>
    runBuild(directory, argv, { env: { DOCKER_HOST: host, ...env }, ...more });

  test.each([
    ['--builder', ['--builder', 'nosuch', '.'], {}],
    ['BUILDX_BUILDER', ['.'], { BUILDX_BUILDER: 'nosuch' }],
  ])('exits with 2 if the builder of %s is unknown', async (_, argv, env) => {
    const directory = await context({ Dockerfile: 'FROM scratch\nLABEL a=b\n' });
    expect(await run(directory, argv, { env: { DOCKER_CONFIG: directory, ...env } })).toEqual({
      code: 2,
      out: '',
      err: 'drydock: Builder nosuch was not found; available: default\n',
    });
  });

  test('builds with this engine if --builder default is given', async () => {
    const directory = await context({ Dockerfile: 'FROM scratch\nLABEL a=b\n' });
    const argv = ['--builder', 'default', '--format', 'json', '.'];
    const env = { BUILDX_BUILDER: 'nosuch', DOCKER_CONFIG: directory };
    const ran = await run(directory, argv, { env });
    expect([ran.code, json(ran).image?.id]).toEqual([0, expect.stringMatching(/^sha256:/)]);
  });

  let fixture: EngineFixture;
  beforeAll(async () => {
    fixture = await createFixture({ engine, address: await findAddress(host) });
  });
  afterAll(() => fixture.close());

  test('limits memory with DOCKER_BUILDKIT=0, and says where the limit has no effect', async () => {
    const read = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max || :';
    const directory = await context({
      Dockerfile: `FROM ${fixture.image}\nRUN : ${randomUUID()}; ${read}\n`,
    });
    const argv = ['--memory', '64m', '.'];
    const limited = await run(directory, argv, { env: { DOCKER_BUILDKIT: '0' } });
    expect(limited.code).toBe(0);
    expect(limited.out + limited.err).toContain('67108864');
    expect(limited.out + limited.err).not.toContain('No effect on this build');
    const { apiVersion } = await engine.version();
    const isIgnored = Number(apiVersion.split('.')[1]) < 55;
    const other = await run(directory, argv, { env: { DOCKER_BUILDKIT: '1' } });
    expect(other.code).toBe(0);
    expect((other.out + other.err).includes('No effect on this build: --memory')).toBe(isIgnored);
  });

  test('reports the image, its steps with their lines and layers, and what was sent', async () => {
    const mark = randomUUID();
    const Dockerfile = [
      `FROM ${fixture.image} AS base`,
      `LABEL mark=${mark}`,
      'COPY one /one',
      '',
      'FROM base',
      `RUN echo ${mark} \\`,
      '  > /two',
      '',
    ].join('\n');
    const directory = await context({ Dockerfile, one: 'x'.repeat(1000) });
    const tag = `localhost/drydock-test:${mark}`;
    const first = await run(directory, ['--format', 'json', '-t', tag, '.']);
    expect(first.code).toBe(0);
    const report = json(first);
    const listed = (await fixture.engine.images()).find(({ tags }) => tags.includes(tag));
    expect(report).toMatchObject({
      version: 1,
      image: { id: listed?.id, tags: [tag], bytes: listed?.size },
      context: { filesSent: 1 },
      error: null,
    });
    const steps = report.steps.filter(({ line }) => line !== null);
    expect(steps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ stage: 'base', line: 3, endLine: 3, state: 'done', bytes: 1000 }),
        expect.objectContaining({
          stage: 'stage-1',
          line: 6,
          endLine: 7,
          state: 'done',
          bytes: 37,
        }),
      ]),
    );
    const again = json(await run(directory, ['--format', 'json', '-t', tag, '.']));
    expect(again.context.filesSent).toBe(0);
    expect(again.context.bytesSent).toBeLessThan(report.context.bytesSent);
    expect(again.steps.find(({ line }) => line === 6)).toMatchObject({ state: 'cached' });
    const quiet = await run(directory, ['-q', '-t', tag, '.']);
    expect(quiet).toMatchObject({ code: 0, out: `${listed?.id}\n`, err: '' });
    await fixture.engine.removeImage(tag);
  });

  test('reports a failure at its word, in all formats', async () => {
    const mark = randomUUID();
    const Dockerfile = `FROM ${fixture.image}\nRUN echo ${mark} && \\\n    nosuchtool --version\n`;
    const directory = await context({ 'docker/my.Dockerfile': Dockerfile, one: '' });
    const argv = ['-f', 'docker/my.Dockerfile', '.'];
    const ran = await run(directory, ['--format=json', ...argv]);
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({
      image: null,
      error: { exitCode: 127, line: 3, column: 5, endLine: 3, endColumn: 15, related: [] },
    });
    expect(json(ran).error?.log).toContain(mark);
    const text = await run(directory, argv);
    expect(text).toMatchObject({ code: 1, err: '' });
    expect(text.out).toContain('docker/my.Dockerfile:3:5\n');
    expect(text.out).toContain('> 3 |     nosuchtool --version\n    |     ^^^^^^^^^^\n');
    const github = await run(directory, ['--format', 'github', ...argv]);
    expect(github.out).toMatch(
      /^::error file=docker\/my\.Dockerfile,line=3,endLine=3,col=5,endColumn=15,title=Build failed::/m,
    );
  });

  test('escapes the annotation, and prints no command that the build prints', async () => {
    const mark = randomUUID();
    const Dockerfile = [
      `FROM ${fixture.image}`,
      `RUN echo '::error file=a::b' && echo '  ::set-output name=a::b' && echo '##[set-env name=A]b' \\`,
      `  && echo '100% ${mark}' && nosuchtool`,
      '',
    ].join('\n');
    const name = 'a,b:c%20 \u00fc.Dockerfile';
    const directory = await context({ [name]: Dockerfile });
    const ran = await run(directory, ['--format', 'github', '-f', name, '.']);
    const annotations = annotationsIn(ran.out + ran.err);
    const properties = { file: name, line: '3', col: '58', endLine: '3', endColumn: '68' };
    expect(annotations).toMatchObject([{ command: 'error', properties }]);
    expect(annotations[0]?.message.split('\n')).toContain(`100% ${mark}`);
    // In the annotation itself GitHub reads no other command.
    const others = (ran.out + ran.err).split('\n').filter((line) => !line.startsWith('::error '));
    expect(others.filter((line) => line.includes('##['))).toEqual([]);
  });

  test('names the Dockerfile by its path in the directory, also beside the failure', async () => {
    const Dockerfile = `FROM ${fixture.image}\nUSER 1000\nRUN echo ${randomUUID()} > /etc/no\n`;
    const directory = await context({ 'docker/Dockerfile': Dockerfile });
    const ran = await run(directory, ['--format', 'json', '-f', 'docker/Dockerfile', '.']);
    expect(json(ran).error?.related).toMatchObject([{ path: 'docker/Dockerfile', line: 2 }]);
  });

  test('uses secrets and key files, which are in no output', async () => {
    const secret = `s3cret-${randomUUID()}`;
    const encoded = Buffer.from(secret).toString('base64');
    const Dockerfile = [
      `FROM ${fixture.image}`,
      `RUN --mount=type=secret,id=file test "$(base64 -w0 /run/secrets/file)" = "${encoded}"`,
      `RUN --mount=type=secret,id=env test "$(base64 -w0 /run/secrets/env)" = "${encoded}"`,
      '',
    ].join('\n');
    const files = { Dockerfile, 'secret.txt': secret, '.dockerignore': 'secret.txt' };
    const directory = await context(files);
    const argv = ['--secret', 'id=file,src=secret.txt', '--secret', 'id=env,env=TOKEN', '.'];
    const ran = await run(directory, argv, { env: { TOKEN: secret } });
    expect(ran.code).toBe(0);
    expect(ran.out + ran.err).not.toContain(secret);
  });

  test('gives steps the proxies of the docker configuration, which are not in the image', async () => {
    const Dockerfile = `FROM ${fixture.image}\nRUN echo "$HTTP_PROXY $https_proxy $NO_PROXY" ${randomUUID()}\n`;
    const proxies = {
      default: { httpProxy: 'http://wrong:1' },
      [host]: { httpProxy: 'http://one.test:1', httpsProxy: 'http://two.test:2', noProxy: 'three' },
    };
    const directory = await context({ Dockerfile, 'config.json': JSON.stringify({ proxies }) });
    const tag = `localhost/drydock-test:${randomUUID()}`;
    const argv = ['-t', tag, '--build-arg', 'no_proxy=given', '.'];
    const ran = await run(directory, argv, { env: { DOCKER_CONFIG: directory } });
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('http://one.test:1 http://two.test:2 given ');
    const stored = [await engine.history(tag), await engine.inspect('image', tag)];
    expect(JSON.stringify(stored)).not.toContain('.test:');
    await engine.removeImage(tag);
  });

  test('stops the build on SIGINT', async () => {
    const mark = randomUUID();
    const directory = await context({
      Dockerfile: `FROM ${fixture.image}\nRUN echo ${mark} && sleep 1000\n`,
    });
    const ran = await run(directory, ['--format', 'json', '.'], {
      onOutput: (text, kill) => {
        if (text.includes(` ${mark}\n`)) kill('SIGINT');
      },
    });
    expect(ran.code).toBe(1);
    const report = json(ran);
    expect(report.image).toBeNull();
    expect(report.steps.find(({ line }) => line === 2)).toMatchObject({ state: 'canceled' });
  });

  test('reads the Dockerfile from standard input', async () => {
    const directory = await context({ one: '' });
    const ran = await run(directory, ['-q', '-f', '-', '.'], {
      input: `FROM scratch\nCOPY one /\nLABEL a=${randomUUID()}\n`,
    });
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^sha256:[0-9a-f]{64}\n$/) as string,
    });
    await fixture.engine.removeImage(ran.out.trim());
  });
});
