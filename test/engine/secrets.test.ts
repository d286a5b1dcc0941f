/**
 * Secrets of builds are where they are used, and nowhere else: neither in events, logs, histories and the data of the engine,
 * nor in what the extension and `drydock build` print, store or leave behind.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect, promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import { openBuildForm } from '../../client/src/build/form/open.ts';
import type { FromForm, ToForm } from '../../client/src/form/page.ts';
import { saveBuildTask } from '../../client/src/build/save-task.ts';
import { runBuildTask } from '../../client/src/build/run-task.ts';
import { specOfLine } from '../../client/src/build/line.ts';
import { specOf } from '../../client/src/build/spec.ts';
import { buildSpec } from '../../client/src/build/start.ts';
import { definitionOf } from '../../client/src/build/task.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { whereIs } from '../../scripts/setup/run.mts';
import { RecordedPage } from '../recorded-page.ts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { secretsInFiles, secretsInTexts, type Secrets } from '../secret-search.ts';
import { runBuild } from './build-program.ts';
import type { EngineFixture } from './contract.ts';
import { createFixture } from './real-engine.ts';
import { startEngines } from './two-engines.ts';

const run = promisify(execFile);
const engines = await startEngines();
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

function randomSecret(): string {
  return `s3cr-et@${randomBytes(18).toString('hex')}`;
}

/** What a build is given, in a directory for its context and one for everything else. */
interface Trial {
  readonly context: string;
  readonly home: string;
  readonly secrets: Secrets & {
    readonly file: string;
    readonly variable: string;
    readonly value: string;
    readonly password: string;
  };
  readonly request: BuildRequest;
  readonly env: NodeJS.ProcessEnv;
}

const variable = 'DRYDOCK_TEST_VARIABLE';

describe.each(engines)('on engine $version', ({ engine, host, folder: engineFolder, docker }) => {
  let fixture: EngineFixture;
  let root: string;
  beforeAll(async () => {
    fixture = await createFixture({ engine, address: await findAddress(host) });
  });
  afterAll(() => fixture.close());
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'drydock-secrets-'));
    return () => rm(root, { recursive: true, force: true });
  });

  async function createTrial(...lastLines: readonly string[]): Promise<Trial> {
    const [context, home] = [path.join(root, 'context'), path.join(root, 'home')];
    await mkdir(context);
    await mkdir(path.join(home, '.docker'), { recursive: true });
    const key = path.join(home, 'key');
    const hasKeys = whereIs('ssh-keygen') !== undefined;
    if (hasKeys) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const secrets = {
      file: randomSecret(),
      variable: randomSecret(),
      value: randomSecret(),
      password: randomSecret(),
      // A line with the private part of the key.
      ...(hasKeys && { key: (await readFile(key, 'utf8')).split('\n')[3] ?? '' }),
    };
    await writeFile(path.join(home, 'secret'), secrets.file);
    const auths = { 'registry.invalid': { auth: base64(`me:${secrets.password}`) } };
    await writeFile(path.join(home, '.docker/config.json'), JSON.stringify({ auths }));
    const check = (id: string, secret: string): string =>
      `RUN --mount=type=secret,id=${id},required=true echo "${sha256(secret)}  /run/secrets/${id}" | busybox sha256sum -c`;
    const lines = [
      `FROM ${fixture.image}`,
      `RUN echo ${randomUUID()}`,
      check('file', secrets.file),
      check('variable', secrets.variable),
      check('value', secrets.value),
      ...(hasKeys ? ['RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK"'] : []),
      ...lastLines,
    ];
    await writeFile(path.join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
    return {
      context,
      home,
      secrets,
      request: {
        context: { kind: 'directory', path: context },
        dockerfile: path.join(context, 'Dockerfile'),
        tags: [`localhost/drydock-secrets:${randomUUID()}`],
        ref: randomBytes(16).toString('hex'),
        secrets: [
          { id: 'file', from: { kind: 'file', path: path.join(home, 'secret') } },
          { id: 'variable', from: { kind: 'env', name: variable } },
          { id: 'value', from: { kind: 'value', value: secrets.value } },
        ],
        ...(hasKeys && { ssh: [{ id: 'default', paths: [key] }] }),
      },
      env: { [variable]: secrets.variable, DOCKER_CONFIG: path.join(home, '.docker') },
    };
  }

  /** With the environment of the trial in this process, as the client reads it. */
  async function withEnvironment<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
    const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, env);
    try {
      return await work();
    } finally {
      for (const [name, value] of before) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way to unset a variable
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  /** The events of a build, and its error. */
  async function eventsOf(request: BuildRequest): Promise<readonly unknown[]> {
    const events: (BuildEvent | Error)[] = [];
    try {
      for await (const event of engine.build(request, new AbortController().signal))
        events.push(event);
    } catch (error) {
      events.push(error as Error);
    }
    return events;
  }

  /** What the engine reports about an image and about builds. */
  async function toldBy(ref: string | undefined, tag?: string): Promise<Record<string, string>> {
    const told: Record<string, string> = {};
    if (tag !== undefined) {
      told.history = inspected(await docker('history', '--no-trunc', tag));
      told.image = inspected(await docker('image', 'inspect', tag));
    }
    const stop = new AbortController();
    const records = [];
    // Engines without a history report nothing, and the others every build from then on.
    for await (const record of engine.buildHistory(stop.signal)) {
      records.push(record);
      if (record.ref === ref && record.state === 'completed') break;
    }
    stop.abort();
    told.builds = inspected(records);
    return told;
  }

  test('the search finds a secret that a build prints and stores', async () => {
    const line =
      'RUN --mount=type=secret,id=file cat /run/secrets/file && cp /run/secrets/file /leak';
    const { request, secrets, env } = await createTrial(line);
    const events = await withEnvironment(env, () => eventsOf(request));
    const texts = { events: inspected(events) };
    expect(secretsInTexts(texts, secrets)).toEqual(['events: file']);
    expect(secretsInFiles(engineFolder, secrets)).toContainEqual(
      expect.stringMatching(/leak: file$/),
    );
  });

  test('a build that succeeds keeps them out of everything', async () => {
    const { request, secrets, env } = await createTrial();
    const events = await withEnvironment(env, () => eventsOf(request));
    expect(events.at(-1), inspected(events)).toMatchObject({ kind: 'image' });
    const texts = { events: inspected(events), ...(await toldBy(request.ref, request.tags[0])) };
    expect(secretsInTexts(texts, secrets)).toEqual([]);
    expect(secretsInFiles(engineFolder, secrets)).toEqual([]);
  });

  test.each([
    ['a step', 'RUN --mount=type=secret,id=file cp /run/secrets/file /none/there'],
    ['the file of a secret', 'COPY none /'],
    ['a base image of a registry with a password', 'FROM registry.invalid/private/image:1'],
  ])('a build that fails because of %s keeps them out of everything', async (_, line) => {
    const { request, secrets, env } = await createTrial(line);
    const events = await withEnvironment(env, () => eventsOf(request));
    expect(events.at(-1)).toBeInstanceOf(Error);
    const texts = { events: inspected(events), ...(await toldBy(request.ref)) };
    expect(secretsInTexts(texts, secrets)).toEqual([]);
    expect(secretsInFiles(engineFolder, secrets)).toEqual([]);
  });

  describe.each(['text', 'json', 'github'])('drydock build --format %s', (format) => {
    test.each([
      ['succeeds', 0, ''],
      ['fails', 1, 'RUN --mount=type=secret,id=file cp /run/secrets/file /none/there'],
    ])('prints and leaves none when it %s', async (_, code, line) => {
      const { context, home, secrets, env } = await createTrial(line);
      const temporary = path.join(root, 'tmp');
      await mkdir(temporary);
      const key = path.join(home, 'key');
      const argv = [
        ...['--format', format, '--secret', `id=file,src=${path.join(home, 'secret')}`],
        ...['--secret', `id=variable,env=${variable}`, '--secret', 'id=value,env=OTHER'],
        ...('key' in secrets ? ['--ssh', `default=${key}`] : []),
        ...['--metadata-file', path.join(temporary, 'metadata.json'), context],
      ];
      const ran = await runBuild(context, argv, {
        env: { ...env, DOCKER_HOST: host, HOME: home, TMPDIR: temporary, OTHER: secrets.value },
      });
      expect(ran.code, ran.out + ran.err).toBe(code);
      expect(secretsInTexts({ output: ran.out, errors: ran.err }, secrets)).toEqual([]);
      expect(await readdir(temporary)).toEqual(code === 0 ? ['metadata.json'] : []);
      expect(secretsInFiles(root, secrets, ownFiles(home))).toEqual([]);
      expect(secretsInFiles(engineFolder, secrets)).toEqual([]);
    });
  });

  test('the extension shows and stores none, and asks for those that it does not have', async () => {
    const { context, home, secrets, env } = await createTrial('ARG API_TOKEN', 'ARG PROXY');
    const asked = { argument: randomSecret(), cache: randomSecret(), proxy: randomSecret() };
    const all = { ...secrets, ...asked };
    const dockerfile = path.join(context, 'Dockerfile');
    const own = ownFiles(home);
    const state = new Map<string, string>();
    const posted: unknown[] = [];
    const { editor, seen } = recordingEditor(
      // The argument and the secret; the name of the task; both again when the task runs.
      [asked.argument, secrets.value, 'task', asked.argument, secrets.value],
      {
        firstWorkspaceFolder: () => context,
        workspaceFolderOf: () => context,
        getState: (name) => state.get(name),
        setState: (name, text) => Promise.resolve(void state.set(name, text)),
        openPage: () => ({
          post: (message) => posted.push(message),
          reveal: () => undefined,
          setTitle: (title) => posted.push(title),
          close: () => undefined,
        }),
      },
    );
    const tools = toolsFor(engine, editor);
    const line = lineFor({ home, secrets, asked });
    const lineContext = { folder: context, variables: { [variable]: secrets.variable } };
    const { spec } = specOfLine(line, lineContext);
    const order = { spec, context: lineContext, key: { dockerfile } };
    const printed: string[] = [];
    await withEnvironment(env, async () => {
      const built = await buildSpec(tools, order).catch((error: unknown) => error);
      posted.push(built);
      await saveBuildTask(editor, spec, lineContext);
      await runBuildTask(tools, {
        definition: definitionOf(spec, { folder: context, context: lineContext }),
        folder: context,
        print: (text) => printed.push(text),
        signal: new AbortController().signal,
      });
    });
    expect([...state.keys()]).toContain(`build.line:${dockerfile}`);
    const tasks = await readFile(path.join(context, '.vscode/tasks.json'), 'utf8');
    expect(tasks).toContain('API_TOKEN');
    const texts = {
      shown: seen.join('\n'),
      pages: inspected(posted),
      state: inspected([...state]),
      tasks,
      'output of the task': printed.join(''),
    };
    expect(secretsInTexts(texts, all)).toEqual([]);
    expect(secretsInFiles(root, all, own)).toEqual([]);
    // Build arguments are in the history of the builder, as with docker.
    expect(secretsInFiles(engineFolder, secrets)).toEqual([]);
  });

  test('the build form shows, copies and stores none', async () => {
    const { context, home, secrets, env } = await createTrial('ARG API_TOKEN', 'ARG PROXY');
    const asked = { argument: randomSecret(), cache: randomSecret(), proxy: randomSecret() };
    const line = lineFor({ home, secrets, asked });
    const state = new Map<string, string>();
    const page = new RecordedPage<ToForm, FromForm>();
    const { editor, seen } = recordingEditor(
      // The line in the clipboard; the name of the task; the argument and the secret.
      [line, 'task', asked.argument, secrets.value],
      {
        firstWorkspaceFolder: () => context,
        workspaceFolderOf: () => context,
        getState: (name) => state.get(name),
        setState: (name, text) => Promise.resolve(void state.set(name, text)),
        openPage: page.openPage,
      },
    );
    const tools = toolsFor(engine, editor);
    const key = { dockerfile: path.join(context, 'Dockerfile') };
    const lineContext = { folder: context, variables: { [variable]: secrets.variable } };
    const spec = specOf('.', {});
    let built: Promise<unknown> = Promise.resolve('not built');
    await withEnvironment(env, async () => {
      const order = { spec, defaults: spec, context: lineContext, key };
      const closed = openBuildForm(tools, order, (one) => {
        built = buildSpec(tools, one).catch((error: unknown) => error);
      });
      await expect.poll(() => page.wasOpened).toBe(true);
      page.send({ kind: 'ready', version: 1 });
      page.send({ kind: 'paste', version: 2 });
      page.send({ kind: 'copy', version: 3 });
      page.send({ kind: 'do', action: 'task', version: 4 });
      // What is read of the Dockerfile meanwhile can be posted after it.
      await expect.poll(() => page.posted).toContainEqual({ kind: 'busy', message: '' });
      page.send({ kind: 'do', action: 'build', version: 5 });
      await closed;
      seen.push(inspected(await built));
    });
    const told = seen.join('\n');
    expect(told).toContain('copied: docker build');
    expect([...state.keys()]).toContain(`build.line:${key.dockerfile}`);
    const tasks = await readFile(path.join(context, '.vscode/tasks.json'), 'utf8');
    // What is written in the command itself is shown, and not stored.
    const shown = { page: inspected(page.posted), told };
    expect(secretsInTexts(shown, { ...secrets, argument: asked.argument })).toEqual([]);
    expect(
      secretsInTexts({ state: inspected([...state]), tasks }, { ...secrets, ...asked }),
    ).toEqual([]);
    expect(secretsInFiles(root, { ...secrets, ...asked }, ownFiles(home))).toEqual([]);
    expect(secretsInFiles(engineFolder, secrets)).toEqual([]);
  });
});

/** Secrets that are typed: a build argument and a secret when they are asked for, and two as parts of the command. */
interface Asked extends Record<string, string> {
  readonly argument: string;
  readonly cache: string;
  readonly proxy: string;
}

/** The command of a build with secrets of all kinds. */
function lineFor({
  home,
  secrets,
  asked,
}: Pick<Trial, 'home' | 'secrets'> & { readonly asked: Asked }): string {
  return [
    `docker build -t localhost/drydock-secrets:${randomUUID()} --build-arg API_TOKEN`,
    `--build-arg PROXY=http://me:${asked.proxy}@proxy.example.com`,
    `--cache-from type=gha,url=https://example.com,token=${asked.cache}`,
    `--secret id=file,src=${path.join(home, 'secret')} --secret id=variable,env=${variable}`,
    `--secret id=value,env=NOT_SET ${'key' in secrets ? `--ssh default=${path.join(home, 'key')}` : ''} .`,
  ].join(' ');
}

/** The files in which the user keeps them. */
function ownFiles(home: string): readonly string[] {
  return ['key', 'secret', '.docker/config.json'].map((name) => path.join(home, name));
}

/** With everything that it contains, also the causes of errors. */
function inspected(value: unknown): string {
  return inspect(value, {
    depth: Infinity,
    maxArrayLength: null,
    maxStringLength: null,
    showHidden: true,
    breakLength: Infinity,
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
