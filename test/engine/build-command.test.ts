/** `drydock build` as it is shipped, on a real engine. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixture, connectRealEngine } from './real-engine.ts';
import type { EngineFixture } from './contract.ts';

const cli = path.resolve(import.meta.dirname, '../../dist/cli.js');

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Run {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Called with the standard error so far; may end the process. */
  readonly onErr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

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

function run(
  cwd: string,
  argv: readonly string[],
  { env, input = '', onErr }: Run = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'build', ...argv], {
      cwd,
      env: { ...process.env, ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      onErr?.(err, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

interface Json {
  readonly version: number;
  readonly image: {
    readonly id: string;
    readonly tags: readonly string[];
    readonly bytes: number;
  } | null;
  readonly context: { readonly bytesSent: number; readonly filesSent: number };
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly error: Readonly<Record<string, unknown>> | null;
}

function json({ out }: Ran): Json {
  return JSON.parse(out) as Json;
}

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
    const ran = await run(directory, argv, { env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
    expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) as string });
  });
});

const real = await connectRealEngine();

describe.skipIf(real === undefined)('on a real engine', () => {
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
    fixture = await createFixture(real!);
  });
  afterAll(() => fixture.close());

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

  test('stops the build on SIGINT', async () => {
    const mark = randomUUID();
    const directory = await context({
      Dockerfile: `FROM ${fixture.image}\nRUN echo ${mark} && sleep 1000\n`,
    });
    let isStopped = false;
    const ran = await run(directory, ['--format', 'json', '.'], {
      onErr: (text, kill) => {
        if (isStopped || !text.includes(` ${mark}\n`)) return;
        isStopped = true;
        kill('SIGINT');
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
