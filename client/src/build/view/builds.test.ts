import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BuildEvent, BuildRecord } from '../../../../contract/build.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { BuildCosts, BuildProblem } from '../../ui/build-marks.ts';
import type { Editor } from '../../ui/editor.ts';
import type { BuildStart } from '../../ui/builds.ts';
import { fakeEngine } from '../../../../test/fake-engine/fake-engine.ts';
import { RecordedPage } from '../../../../test/recorded-page.ts';
import { recordingEditor, toolsFor } from '../../../../test/recording-editor.ts';
import type { FromBuild, Head, Row, ToBuild } from './page.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Builds that a test controls event by event. */
class Events {
  readonly #waiting: ((event: BuildEvent | Error | undefined) => void)[] = [];
  readonly #queue: (BuildEvent | Error | undefined)[] = [];

  /** Undefined ends the build. */
  send(...events: readonly (BuildEvent | Error | undefined)[]): void {
    for (const event of events) {
      const next = this.#waiting.shift();
      if (next === undefined) this.#queue.push(event);
      else next(event);
    }
  }

  readonly build: Engine['build'] = (_, signal) => this.#read(signal);

  async *#read(signal: AbortSignal): AsyncGenerator<BuildEvent, void, undefined> {
    signal.addEventListener('abort', () => this.send(new EngineError('cancelled', 'Cancelled')));
    for (;;) {
      const event =
        this.#queue.length > 0
          ? this.#queue.shift()
          : await new Promise<BuildEvent | Error | undefined>((resolve) => {
              this.#waiting.push(resolve);
            });
      if (event === undefined) return;
      if (event instanceof Error) throw event;
      yield event;
    }
  }
}

const text =
  'FROM base AS build\nWORKDIR /src\nRUN make\n\nFROM scratch\nCOPY --from=build /a /a\n';
const names = {
  from: '[build 1/3] FROM docker.io/library/base:latest',
  workdir: '[build 2/3] WORKDIR /src',
  run: '[build 3/3] RUN make',
  copy: '[stage-1 1/1] COPY --from=build /a /a',
};

function step(
  name: keyof typeof names,
  state: Extract<BuildEvent, { kind: 'step' }>['state'],
  more: Partial<Extract<BuildEvent, { kind: 'step' }>> = {},
): BuildEvent {
  return { kind: 'step', id: name, name: names[name], state, ...more };
}

interface Setup {
  readonly page: RecordedPage<ToBuild, FromBuild>;
  readonly events: Events;
  readonly seen: readonly string[];
  readonly tools: ReturnType<typeof toolsFor>;
  readonly start: BuildStart;
}

async function setUp(editor: Partial<Editor> = {}, dockerfile = text): Promise<Setup> {
  const file = join(folder, 'Dockerfile');
  await writeFile(file, dockerfile);
  const events = new Events();
  const page = new RecordedPage<ToBuild, FromBuild>();
  const recording = recordingEditor([], { openPage: page.openPage, ...editor });
  const fake = fakeEngine({ images: [{ id: 'sha256:1', tags: ['shop:dev'] }] });
  const tools = toolsFor({ ...fake.engine, build: events.build }, recording.editor);
  const context = { kind: 'directory', path: folder } as const;
  const start = { title: 'shop:dev', request: { context, dockerfile: file, tags: ['shop:dev'] } };
  return { page, events, seen: recording.seen, tools, start };
}

/** What the page shows after all messages. */
function shown(page: RecordedPage<ToBuild, FromBuild>) {
  let head: Head | undefined;
  const rows = new Map<string, Row>();
  const logs = new Map<string, string[]>();
  let groups: Extract<ToBuild, { kind: 'rows' }>['groups'] = [];
  for (const message of page.posted) {
    if (message.kind === 'show') {
      rows.clear();
      logs.clear();
    } else if (message.kind === 'head') head = message.head;
    else if (message.kind === 'rows') {
      groups = message.groups;
      for (const row of message.rows) rows.set(row.id, row);
    } else if (message.kind === 'log') {
      const before = message.restart ? [] : (logs.get(message.row) ?? []);
      logs.set(message.row, [...before, ...message.parts.flatMap(({ lines }) => lines)]);
    }
  }
  const list = groups.flatMap(({ title, total, rows: ids }) => [
    `${title}: ${total}`,
    ...ids.map((id) => {
      const { line, keyword = '', text: args, state, open } = rows.get(id)!;
      return `  ${line ?? ''} ${keyword} ${args}: ${state}${open ? ', open' : ''}`;
    }),
  ]);
  return { head, list, logs, groups };
}

const actions = (head: Head | undefined) => head?.actions.map(({ label }) => label);

describe('a running build', () => {
  test('shows the steps by stage in the order of the file, with those that wait', async () => {
    const { page, events, tools, start } = await setUp();
    const done = (await tools.builds()).run(start);
    events.send(
      { kind: 'step', id: 'i', name: '[internal] load build context', state: 'running' },
      { kind: 'sent', bytes: 41_000, files: 3 },
      step('from', 'done', { duration: 900 }),
      step('workdir', 'cached'),
      step('run', 'running'),
      { kind: 'log', id: 'run', text: 'cc -o a a.c\n' },
    );
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).logs.get('run')).toEqual(['cc -o a a.c']));
    expect(shown(page).list).toEqual([
      'Preparation: ',
      '    Transfer build context: running',
      'build: ',
      '  1 FROM base AS build: done',
      '  2 WORKDIR /src: cached',
      '  3 RUN make: running, open',
      'Stage 2: ',
      '  6 COPY --from=build /a /a: waiting',
    ]);
    const facts = () => shown(page).head?.facts.map(({ text }) => text);
    await vi.waitFor(() => expect(facts()).toHaveLength(6));
    expect(facts()).toEqual([
      'Building',
      expect.stringMatching(/ s$/),
      '2 of 4 steps, 1 cached',
      'linux/amd64',
      expect.stringMatching(/Dockerfile$/),
      'BuildKit 0.25.2 on default',
    ]);
    const { head } = shown(page);
    expect(actions(head)).toEqual(['Cancel']);
    events.send(undefined);
    await done;
  });

  test('sends everything again to a page that was hidden, and keeps what the user opened', async () => {
    const { page, events, tools, start } = await setUp();
    const done = (await tools.builds()).run(start);
    events.send(step('from', 'running'), { kind: 'log', id: 'from', text: 'one\n' });
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).logs.get('from')).toEqual(['one']));
    page.send({ kind: 'open', row: 'from', open: true });
    page.hide();
    const before = page.posted.length;
    events.send(
      { kind: 'log', id: 'from', text: 'two\n' },
      step('from', 'done'),
      step('run', 'running'),
    );
    await vi.waitFor(() => expect(page.posted).toHaveLength(before));
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).logs.get('from')).toEqual(['one', 'two']));
    expect(shown(page).list).toContain('  1 FROM base AS build: done, open');
    events.send(undefined);
    await done;
  });

  test('continues when its page is closed, and is shown again from the status bar', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const builds = await tools.builds();
    const done = builds.run(start);
    events.send(step('from', 'running'));
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    page.close();
    expect(seen.at(-2)).toMatch(/^status of dockerfile.show-build: \$\(sync~spin\) shop:dev/);
    await builds.show();
    expect(page.isOpen).toBe(true);
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).list).toContain('  1 FROM base AS build: running'));
    events.send({ kind: 'image', id: 'sha256:1' }, undefined);
    expect(await done).toMatchObject({ imageId: 'sha256:1' });
  });

  test('says that no image was created when it is cancelled', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const done = (await tools.builds()).run(start);
    events.send(step('from', 'done'), step('run', 'running'));
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    page.send({ kind: 'act', name: 'cancel' });
    expect(await done).toBeUndefined();
    await vi.waitFor(() => expect(shown(page).head?.state).toBe('canceled'));
    expect(shown(page).head?.message).toBe('Cancelled. No image was created.');
    expect(shown(page).list).toContain('  6 COPY --from=build /a /a: canceled');
    expect(seen.filter((line) => /^(info|error)/.test(line))).toEqual([]);
  });

  test('says so in a message when its page is not visible', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const builds = await tools.builds();
    const done = builds.run(start);
    events.send(step('from', 'running'));
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.hide();
    await builds.cancel();
    await done;
    expect(seen).toContain('info: Cancelled the build of shop:dev. No image was created.');
  });

  test('sends the last lines of a long output', async () => {
    const { page, events, tools, start } = await setUp();
    const done = (await tools.builds()).run(start);
    const lines = Array.from({ length: 50_000 }, (_, index) => `${index}\n`).join('');
    events.send(step('run', 'running'), { kind: 'log', id: 'run', text: lines });
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).logs.get('run')?.at(-1)).toBe('49999'));
    expect(shown(page).logs.get('run')).toHaveLength(1200);
    events.send(undefined);
    await done;
  });
});

describe('a build that has ended', () => {
  test('shows time, size and what has changed since the build before', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const { id, size } = (await (await tools.engine()).images())[0]!;
    await tools.editor.setState(
      'build.results',
      JSON.stringify({
        [start.request.dockerfile]: { at: 1, ms: 9000, bytes: size + 18e6, steps: [] },
      }),
    );
    const done = (await tools.builds()).run(start);
    events.send(
      step('from', 'cached'),
      step('run', 'done', { duration: 3000 }),
      { kind: 'image', id },
      undefined,
    );
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    await done;
    await vi.waitFor(() => expect(shown(page).head?.figures).toHaveLength(3));
    expect(shown(page).head?.figures.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
      expect.stringMatching(/^Time: .* faster$/),
      'Image size: 18 MB smaller',
      'Steps: 1 cached, 1 run',
    ]);
    expect(actions(shown(page).head)).toEqual(['Run…', 'Show Layers', 'Push', 'More Actions…']);
    // The page is visible, and the build was short.
    expect(seen.filter((line) => line.startsWith('info'))).toEqual([]);
    expect(seen).toContain('costs of 2 instructions');
    page.send({ kind: 'act', name: 'run' });
    page.send({ kind: 'act', name: 'layers' });
    await vi.waitFor(() => expect(seen).toContain('command: images.history'));
    expect(seen).toContain('command: images.run');
  });

  test('is announced with its actions when its page is not visible', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const { id } = (await (await tools.engine()).images())[0]!;
    const done = (await tools.builds()).run(start);
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.hide();
    events.send({ kind: 'image', id }, undefined);
    await done;
    expect(seen.find((line) => line.startsWith('info'))).toMatch(
      /^info: Built shop:dev in .* s \(.*\)\. \[Run…\] \[Show Layers\] \[Push\]$/,
    );
  });

  test('uses the tab again for the same Dockerfile, but not while it is being built', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const builds = await tools.builds();
    const first = builds.run(start);
    events.send(step('from', 'done'), undefined);
    await first;
    page.send({ kind: 'ready' });
    const second = builds.run({ ...start, title: 'shop:two' });
    await vi.waitFor(() => expect(page.title).toBe('Build shop:two'));
    expect(page.reveals).toBe(1);
    expect(shown(page).head?.state).toBe('running');
    const third = builds.run({ ...start, title: 'shop:three' });
    await vi.waitFor(() => expect(page.title).toBe('Build shop:three'));
    expect(page.reveals).toBe(1);
    events.send(undefined, undefined);
    await Promise.all([second, third]);
    expect(seen.filter((line) => line.includes('2 builds'))).not.toEqual([]);
  });
});

describe('a build that failed', () => {
  const failed: readonly (BuildEvent | Error)[] = [
    step('from', 'cached'),
    step('run', 'running'),
    { kind: 'log', id: 'run', text: 'building\n/bin/sh: make: not found\n' },
    step('run', 'failed', {
      duration: 300,
      error: 'process "/bin/sh -c make" did not complete successfully: exit code: 127',
    }),
    {
      kind: 'failed',
      failure: {
        message: 'process "/bin/sh -c make" did not complete successfully: exit code: 127',
        exitCode: 127,
        step: { id: 'run', name: names.run },
        sources: [{ file: 'Dockerfile', text, lines: [{ start: 3, end: 3 }] }],
      },
    },
    new EngineError(
      'failed',
      'process "/bin/sh -c make" did not complete successfully: exit code: 127',
    ),
  ];

  test('shows the word that failed, the output and what can be done', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const done = (await tools.builds()).run(start);
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    events.send(...failed);
    expect(await done).toBeUndefined();
    await vi.waitFor(() => expect(page.posted.some(({ kind }) => kind === 'failure')).toBe(true));
    const message = page.posted.find(({ kind }) => kind === 'failure');
    const { failure } = message as Extract<ToBuild, { kind: 'failure' }>;
    expect(failure).toMatchObject({ row: 'run', decisive: 1 });
    expect(failure.source).toEqual([
      {
        line: 3,
        words: [{ text: 'RUN', mark: 'keyword' }, { text: ' ' }, { text: 'make', mark: 'wrong' }],
      },
    ]);
    expect(failure.actions.map(({ label }) => label)).toEqual([
      'Go to Line 3',
      'Show Output',
      'Open Shell in Stage',
      'Copy Error',
    ]);
    const { head, list } = shown(page);
    expect(head?.facts[0]?.text).toBe('Failed at line 3, exit code 127');
    expect(actions(head)).toEqual(['Build Again']);
    expect(list).toContain('  3 RUN make: failed, open');
    expect(list).toContain('  6 COPY --from=build /a /a: canceled');
    expect(seen.find((line) => line.startsWith('problem'))).toContain('/bin/sh: make: not found');
    await writeFile(start.request.dockerfile, `# a line above\n${text}`);
    page.send({ kind: 'act', name: 'go' });
    await vi.waitFor(() => expect(seen).toContain(`line: ${start.request.dockerfile}:3`));
    page.send({ kind: 'act', name: 'copy' });
    await vi.waitFor(() => expect(seen.at(-1)).toContain('/bin/sh: make: not found'));
  });

  test('is announced with its actions when its page is not visible', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const done = (await tools.builds()).run(start);
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.hide();
    events.send(...failed);
    await done;
    expect(seen.find((line) => line.startsWith('error'))).toMatch(
      /^error: Could not build shop:dev: line 3: .* \[Show Output\] \[Go to Line\] \[Build Again\]$/,
    );
  });

  test('shows a failure before the first step in the head', async () => {
    const { page, events, tools, start } = await setUp();
    const done = (await tools.builds()).run(start);
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    page.send({ kind: 'ready' });
    const message = 'target stage "zzz" could not be found';
    events.send(
      { kind: 'failed', failure: { message, sources: [] } },
      new EngineError('failed', message),
    );
    await done;
    await vi.waitFor(() => expect(shown(page).head?.state).toBe('failed'));
    const box = page.posted.find(({ kind }) => kind === 'failure');
    expect(box).toMatchObject({ failure: { row: '' } });
    expect(JSON.stringify(box)).toContain('zzz');
  });

  test('leaves it to the command to say what the user must do', async () => {
    const { page, events, tools, start, seen } = await setUp();
    const done = (await tools.builds()).run(start);
    await vi.waitFor(() => expect(page.wasOpened).toBe(true));
    events.send(new EngineError('unauthorized', 'registry.example.com denied access'));
    await expect(done).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(seen.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('a build of another program', () => {
  const recordOf = (more: Partial<BuildRecord> = {}): BuildRecord => ({
    ref: 'elsewhere',
    state: 'completed',
    createdAt: Date.now() - 41_000 - 2 * 60_000,
    completedAt: Date.now() - 2 * 60_000,
    attributes: {},
    argumentNames: [],
    tags: ['shop:dev'],
    paths: { context: folder, dockerfile: join(folder, 'Dockerfile') },
    events: [
      step('from', 'cached'),
      step('workdir', 'cached'),
      step('run', 'done', { duration: 40_000 }),
      step('copy', 'done', { duration: 100 }),
    ],
    dockerfile: text,
    ...more,
  });
  const failed = (): BuildRecord => {
    const message = 'process "/bin/sh -c make" did not complete successfully: exit code: 2';
    return recordOf({
      events: [
        step('from', 'cached'),
        step('workdir', 'cached'),
        step('run', 'running'),
        { kind: 'log', id: 'run', text: '/bin/sh: make: not found\n' },
        step('run', 'failed', { duration: 200, error: message }),
      ],
      failure: {
        message,
        exitCode: 2,
        step: { id: 'run', name: names.run },
        sources: [{ file: 'Dockerfile', text, lines: [{ start: 3, end: 3 }] }],
      },
    });
  };

  test('shows its costs, when it was built and how many steps were cached', async () => {
    const costs: BuildCosts[] = [];
    const { tools, start } = await setUp({ showBuildCosts: (one) => costs.push(one) });
    const dockerfile = { path: start.request.dockerfile, text };
    const builds = await tools.builds();
    expect(await builds.addElsewhere(recordOf(), dockerfile)).toBe(true);
    expect(costs[0]?.path).toBe(dockerfile.path);
    expect(costs[0]?.instructions.map((one) => one.text)).toEqual([
      'cached',
      'cached',
      '40.0 s',
      '0.1 s',
    ]);
    const last = costs[0]?.stages.at(-1);
    expect(last?.text).toContain('built 2 min ago in a terminal, 41 s, 2 of 4 steps cached');
    expect(last?.textAt?.(new Date(Date.now() + 60_000))).toContain('built 3 min ago');
    const { paths, ...other } = recordOf();
    expect(paths).toBeDefined();
    await builds.addElsewhere(other, dockerfile);
    expect(costs[1]?.stages.at(-1)?.text).toContain('by another program');
  });

  test('shows its failure in the text as it is now, and in its page', async () => {
    const problems: BuildProblem[] = [];
    const cleared: string[] = [];
    const { page, tools, start } = await setUp({
      showBuildProblem: (one) => problems.push(one),
      clearBuildProblem: (path) => cleared.push(path),
    });
    const path = start.request.dockerfile;
    const edited = `# now\n${text}`;
    const builds = await tools.builds();
    await builds.addElsewhere(failed(), { path, text: edited });
    const [problem] = problems;
    expect(edited.slice(problem!.start, problem!.end)).toBe('make');
    expect(problem?.message).toContain('make: not found');
    expect(page.wasOpened).toBe(false);
    await builds.show(path);
    page.send({ kind: 'ready' });
    await vi.waitFor(() => expect(shown(page).head?.title).toBe('shop:dev'));
    expect(shown(page).list).toContain('  4 RUN make: failed, open');
    await builds.addElsewhere(recordOf(), { path, text: edited });
    expect(cleared).toEqual([path]);
  });

  test('is not shown if the instruction that failed has changed', async () => {
    const problems: BuildProblem[] = [];
    const { tools, start } = await setUp({ showBuildProblem: (one) => problems.push(one) });
    const edited = text.replace('RUN make', 'RUN make all');
    const builds = await tools.builds();
    await builds.addElsewhere(failed(), { path: start.request.dockerfile, text: edited });
    expect(problems).toEqual([]);
  });

  test('is not shown if this window has started it, or has built the file later', async () => {
    const { events, tools, start } = await setUp();
    const refs: (string | undefined)[] = [];
    const engine = await tools.engine();
    const builds = await tools.builds();
    engine.build = (request, signal) => {
      refs.push(request.ref);
      return events.build(request, signal);
    };
    events.send(undefined);
    await builds.run(start);
    expect(refs[0]).toMatch(/^[a-z0-9]{32}$/);
    const dockerfile = { path: start.request.dockerfile, text };
    const now = Date.now() + 1000;
    const own = recordOf({ ref: refs[0]!, completedAt: now });
    expect(await builds.addElsewhere(own, dockerfile)).toBe(false);
    expect(await builds.addElsewhere(recordOf(), dockerfile)).toBe(false);
    expect(await builds.addElsewhere(recordOf({ completedAt: now }), dockerfile)).toBe(true);
    expect(await builds.again(dockerfile.path + '.other')).toBe(false);
  });
});
