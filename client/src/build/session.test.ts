import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../../contract/build.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Editor } from '../ui/editor.ts';
import build from '../commands/dockerfile/build.ts';
import buildAgain from '../commands/dockerfile/build-again.ts';
import run from '../commands/dockerfile/run.ts';
import { buildSpec } from './start.ts';
import { specOfLine } from './line.ts';
import type { LineContext } from '../command-line/words.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-'));
  file = join(folder, 'api/Dockerfile');
  await mkdir(join(folder, 'api'));
  await writeFile(file, 'FROM scratch AS base\nFROM base\n');
});
afterEach(() => rm(folder, { recursive: true }));

interface Started {
  readonly seen: readonly string[];
  readonly requests: BuildRequest[];
  readonly state: Map<string, string>;
  readonly tools: ReturnType<typeof toolsFor>;
}

function start(answers: readonly (string | undefined)[], also: Partial<Editor> = {}): Started {
  const state = new Map<string, string>();
  const requests: BuildRequest[] = [];
  const { editor, seen } = recordingEditor(answers, {
    workspaceFolderOf: () => folder,
    findDockerfiles: () => Promise.resolve([file]),
    getState: (key) => state.get(key),
    setState: (key, value) => Promise.resolve(void state.set(key, value)),
    ...also,
  });
  const fake = fakeEngine({});
  const engine = {
    ...fake.engine,
    build: (...args: Parameters<typeof fake.engine.build>) => {
      requests.push(args[0]);
      return fake.engine.build(...args);
    },
  };
  return { seen, requests, state, tools: toolsFor(engine, editor) };
}

const asked = ({ seen }: Started) => seen.filter((line) => line.startsWith('ask:'));

describe('Build Image', () => {
  test('needs one Enter the first time, and nothing the second time', async () => {
    const started = start(['shop']);
    await build.run([], started.tools, { paths: [file] });
    await build.run([], started.tools, { paths: [file] });
    await buildAgain.run([], started.tools, { paths: [] });
    expect(asked(started)).toEqual([
      'ask: Build Image: Name and Tag ‹api:dev› → Builds shop:latest',
    ]);
    expect(started.requests.map(({ tags, context }) => [tags, context])).toEqual(
      Array.from({ length: 3 }, () => [
        ['shop:latest'],
        { kind: 'directory', path: join(folder, 'api') },
      ]),
    );
  });

  test('remembers the build of each stage separately', async () => {
    const started = start(['shop', 'tools']);
    await build.run([], started.tools, { paths: [file] });
    await build.run([], started.tools, { paths: [file], stage: 'base' });
    await build.run([], started.tools, { paths: [file], stage: 'base' });
    await build.run([], started.tools, { paths: [file] });
    expect(asked(started)[1]).toMatch(/‹api:base›/);
    expect(started.requests.map(({ target, tags }) => [target, tags[0]])).toEqual([
      [undefined, 'shop:latest'],
      ['base', 'tools:latest'],
      ['base', 'tools:latest'],
      [undefined, 'shop:latest'],
    ]);
  });

  test('accepts a whole command instead of a tag', async () => {
    const started = start(['docker build --target base --pull -t x:1 ./api']);
    await build.run([], started.tools, { paths: [file] });
    expect(started.requests).toMatchObject([{ target: 'base', pull: true, tags: ['x:1'] }]);
    // For the view of the build context.
    const { context } = started.requests[0]!;
    expect(started.state.get(`build.directory:${file}`)).toBe(
      context.kind === 'directory' ? context.path : '',
    );
  });

  test('proposes the tag and the context that an earlier version has stored', async () => {
    const started = start([undefined]);
    started.state.set(`build.tag:${file}`, 'old:tag');
    started.state.set(`build.context:${file}`, folder);
    await build.run([], started.tools, { paths: [file] });
    expect(asked(started)).toEqual(['ask: Build Image: Name and Tag ‹old:tag›']);
  });

  test('asks before it builds a file that does not begin as a Dockerfile', async () => {
    const notes = join(folder, 'notes.txt');
    await writeFile(notes, 'Notes\n');
    const started = start([undefined]);
    await build.run([], started.tools, { paths: [notes] });
    expect(started.seen).toEqual([
      expect.stringMatching(/^confirm: Build notes\.txt\? .*\[Build\]$/),
    ]);
    expect(started.requests).toEqual([]);
  });

  test('runs the built image with published ports', async () => {
    const started = start(['shop']);
    const calls: unknown[] = [];
    const engine = {
      ...(await started.tools.engine()),
      create: ({ body }: { readonly body: object }) => {
        calls.push(body);
        return Promise.resolve({ id: 'c1', warnings: [] });
      },
      start: (id: string) => {
        calls.push(id);
        return Promise.resolve();
      },
    };
    const tools = { ...started.tools, engine: () => Promise.resolve(engine) };
    await run.run([], tools, { paths: [file] });
    expect(calls).toEqual([{ Image: 'shop:latest', HostConfig: { PublishAllPorts: true } }, 'c1']);
    expect(started.seen.at(-1)).toContain('Started shop:latest.');
  });
});

describe('a build', () => {
  const place = (): LineContext => ({ folder, variables: { HOME: '/home/me', SET: 'yes' } });
  const order = (line: string) => ({
    spec: specOfLine(line, place()).spec,
    context: place(),
    key: { dockerfile: file },
  });

  test('asks for secrets that are not set, and stores neither them nor secret arguments', async () => {
    const started = start(['s3cret', 'again']);
    const line =
      'NPM_TOKEN=hidden docker build --secret id=a,env=UNSET --secret id=b,env=SET --build-arg API_TOKEN=hidden --build-arg PLAIN=1 -t x ./api';
    await buildSpec(started.tools, order(line));
    expect(started.requests[0]).toMatchObject({
      buildArgs: { API_TOKEN: 'hidden', PLAIN: '1' },
      secrets: [
        { id: 'a', from: { kind: 'value', value: 's3cret' } },
        { id: 'b', from: { kind: 'env', name: 'SET' } },
      ],
    });
    const stored = JSON.stringify([...started.state]);
    expect(stored).not.toMatch(/hidden|s3cret/);
    expect(stored).toContain('--build-arg API_TOKEN --build-arg PLAIN=1');
    expect(started.seen.join('\n')).not.toMatch(/hidden|s3cret/);
  });

  test('asks again for a secret argument when it is repeated', async () => {
    const started = start(['typed']);
    started.state.set(`build.line:${file}`, 'docker build --build-arg API_TOKEN -t x ./api');
    await build.run([], started.tools, { paths: [file] });
    expect(asked(started)).toEqual(['ask: Build argument API_TOKEN ‹›']);
    expect(started.requests[0]?.buildArgs).toEqual({ API_TOKEN: 'typed' });
  });

  test('does not store an address with a password', async () => {
    const started = start([]);
    const building = buildSpec(
      started.tools,
      order('docker build https://me:pass@example.com/a.git'),
    );
    // The engine of this test has no network; the page of the build says so.
    expect(await building).toBeUndefined();
    expect([...started.state.values()].join()).not.toContain('pass');
  });

  test.each([
    ['Build Without It', 1, undefined],
    ['Insert into Terminal', 0, 'type: docker build -t x --squash ./api (FOLDER)'],
    [undefined, 0, undefined],
  ])('names an option without effect and asks: %s', async (answer, count, last) => {
    const started = start([answer]);
    await buildSpec(started.tools, order('docker build --squash -t x ./api'));
    expect(started.seen[0]).toMatch(
      /^choose: Drydock cannot carry out --squash\. .*\[Build Without It\] \[Insert into Terminal\]$/,
    );
    expect(started.requests).toHaveLength(count);
    if (last !== undefined) expect(started.seen.at(-1)).toBe(last.replace('FOLDER', folder));
  });

  test.each([
    ['Use Classic Builder', [{ limits: { memory: 1024 ** 3 }, classicBuilder: true }], /^DOCKER_BUILDKIT=0 .*--memory 1g/], // prettier-ignore
    ['Build Without It', [{ limits: undefined, classicBuilder: undefined }], /^docker .*--memory 1g/], // prettier-ignore
    [undefined, [], undefined],
  ])(
    'asks about a limit that BuildKit of the engine ignores: %s',
    async (answer, requests, line) => {
      const started = start([answer]);
      const spec = 'docker build -m 1g -t x ./api';
      await buildSpec(started.tools, order(spec));
      expect(started.seen[0]).toMatch(
        /^choose: Drydock cannot carry out --memory 1g\. \(Limits of memory and CPU require BuildKit 0\.31 or the classic builder\.\) \[Use Classic Builder\] \[Build Without It\] \[Insert into Terminal\]$/,
      );
      expect(started.requests.map(({ limits, classicBuilder }) => ({ limits, classicBuilder }))).toEqual(requests); // prettier-ignore
      // The next build asks again, unless the builder was changed.
      const remembered = started.state.get(`build.line:${file}`);
      if (line === undefined) expect(remembered).toBeUndefined();
      else expect(remembered).toMatch(line);
    },
  );

  test('does not ask about a limit that the classic builder supports, or that cannot be built elsewhere', async () => {
    const started = start(['Build Without Them']);
    await buildSpec(started.tools, order('DOCKER_BUILDKIT=0 docker build -m 1g -t x ./api'));
    expect(started.seen.filter((one) => one.startsWith('choose'))).toEqual([]);
    await buildSpec(
      started.tools,
      order('docker build -m 1g --resource cpu-quota=5000 --secret id=a,src=api/Dockerfile ./api'),
    );
    expect(started.seen.find((one) => one.startsWith('choose'))).toMatch(
      /--memory 1g\s--resource cpu-quota=5000.*(?<!Builder\] )\[Build Without Them\]/s,
    );
    expect(started.requests[1]?.limits).toBeUndefined();
  });

  test.each([
    ['docker build -t x ./nowhere', /nowhere does not exist/],
    ['docker build -t x -f api/Nofile ./api', /Nofile does not exist/],
    ['docker build -t x -', /standard input/],
    ['docker build -t x', /No build context/],
  ])('is refused with a reason: %s', async (line, message) => {
    const started = start([]);
    await expect(buildSpec(started.tools, order(line))).rejects.toThrow(message);
    expect(started.requests).toEqual([]);
  });

  test('finds a Dockerfile whose name is in lowercase', async () => {
    await mkdir(join(folder, 'low'));
    await writeFile(join(folder, 'low/dockerfile'), 'FROM scratch\n');
    const started = start([]);
    await buildSpec(started.tools, order('docker build -t x ./low'));
    expect(started.requests[0]?.dockerfile).toBe(join(folder, 'low/dockerfile'));
  });

  test('writes the id and the metadata of the image', async () => {
    const started = start([]);
    await buildSpec(
      started.tools,
      order('docker build -t x -t y:1 --iidfile id --metadata-file api/m.json ./api'),
    );
    const id = await readFile(join(folder, 'id'), 'utf8');
    expect(id).toMatch(/^sha256:/);
    expect(JSON.parse(await readFile(join(folder, 'api/m.json'), 'utf8'))).toEqual({
      'containerimage.config.digest': id,
      'containerimage.digest': id,
      'image.name': 'x:latest,y:1',
    });
  });
});
