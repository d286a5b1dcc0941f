/** Builds of the docker CLI as open Dockerfiles show them. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BuildWatcher } from '../../client/src/build/elsewhere/watcher.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import type { BuildCosts, BuildProblem } from '../../client/src/ui/build-marks.ts';
import type { OpenDockerfile } from '../../client/src/ui/builds.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { recordingEditor, toolsFor } from '../recording-editor.ts';
import { withNewerEngine } from './buildkit.ts';
import { cliBuild, cliWithBuildKit } from './cli-builds.ts';
import { connectRealEngine } from './real-engine.ts';

const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop());
const olderCli = await cliWithBuildKit();

interface Marks {
  readonly files: OpenDockerfile[];
  readonly watcher: BuildWatcher;
  readonly refs: string[];
  readonly logged: unknown[];
  readonly engine: Engine;
  readonly tools: ReturnType<typeof toolsFor>;
  /** Resolves with the next problem or the next costs. */
  next(): Promise<BuildProblem | BuildCosts>;
}

function watch(engine: Engine): Marks {
  const queue: (BuildProblem | BuildCosts)[] = [];
  let wake: () => void = () => undefined;
  const add = (mark: BuildProblem | BuildCosts): void => {
    queue.push(mark);
    wake();
  };
  // The costs of a failed build follow its problem.
  const { editor } = recordingEditor([], {
    showBuildProblem: add,
    showBuildCosts: (costs) => {
      if (costs.instructions.every(({ change }) => change?.isBetter !== false)) add(costs);
    },
  });
  const tools = toolsFor(engine, editor);
  const files: OpenDockerfile[] = [];
  const refs: string[] = [];
  const logged: unknown[] = [];
  const watcher = new BuildWatcher({
    engine: () => engine,
    dockerfiles: () => files,
    show: async (record, dockerfile) => {
      refs.push(record.ref);
      return (await tools.builds()).addElsewhere(record, dockerfile);
    },
    log: (_, error) => logged.push(error),
  });
  const next = async (): Promise<BuildProblem | BuildCosts> => {
    while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return queue.shift()!;
  };
  return { files, watcher, refs, logged, engine, tools, next };
}

describe.skipIf(!newer)('a Dockerfile that is open', () => {
  let folder: string;
  let marks: Marks;
  beforeAll(async () => {
    process.env.DOCKER_CONFIG = newer!.env.DOCKER_CONFIG;
    folder = await mkdtemp(join(tmpdir(), 'drydock-elsewhere-'));
    await writeFile(join(folder, 'file'), 'x');
    marks = watch(await connect(await findAddress(`unix://${newer!.socket}`)));
  });
  afterAll(async () => {
    marks.watcher.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const bad = 'FROM scratch\nCOPY file /one\nCOPY missing /two\n';
  const good = 'FROM scratch\nCOPY file /one\nCOPY file /two\n';

  async function open(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    marks.files.splice(0, marks.files.length, { path, text });
    marks.watcher.update();
    return path;
  }

  test('shows the failure of a build in a shell on its word', async () => {
    const path = await open('Bad.Dockerfile', bad);
    const built = await cliBuild(newer!.env, ['-f', path, folder]);
    expect(built.succeeded).toBe(false);
    const problem = (await marks.next()) as BuildProblem;
    expect(problem.path).toBe(path);
    expect(problem.text.slice(problem.start, problem.end)).toBe('missing');
  });

  test('shows the failure where the instruction is after an edit', async () => {
    const path = await open('Bad.Dockerfile', bad);
    const edited = `# syntax is the default\n${bad.replace('/one', '/first')}`;
    marks.files[0] = { path, text: edited };
    await cliBuild(newer!.env, ['-f', path, folder]);
    const problem = (await marks.next()) as BuildProblem;
    expect(problem.text).toBe(edited);
    expect(edited.slice(problem.start, problem.end)).toBe('missing');
    expect(problem.start).toBe(edited.indexOf('missing'));
  });

  test('shows the costs of a build in a shell, with the sizes of its layers', async () => {
    const path = await open('Good.Dockerfile', good);
    const args = ['-t', 'elsewhere:1', '-f', path, folder];
    expect((await cliBuild(newer!.env, args)).succeeded).toBe(true);
    const first = (await marks.next()) as BuildCosts;
    expect(first.path).toBe(path);
    expect(first.instructions).toHaveLength(2);
    expect(first.instructions[0]?.text).toMatch(/^\d+ B/);
    expect(first.stages[0]?.text).toMatch(
      /built just now in a terminal, .*, \d of 2 steps cached$/,
    );
    await cliBuild(newer!.env, args);
    const again = (await marks.next()) as BuildCosts;
    expect(again.stages[0]?.text).toContain('2 of 2 steps cached');
  });

  test('shows the last build when it is opened later', async () => {
    const path = join(folder, 'Later.Dockerfile');
    await writeFile(path, `${good}COPY file /three\n`);
    marks.files.splice(0);
    marks.watcher.update();
    await cliBuild(newer!.env, ['-f', path, folder]);
    await open('Later.Dockerfile', `${good}COPY file /three\n`);
    const costs = (await marks.next()) as BuildCosts;
    expect(costs.path).toBe(path);
    expect(costs.instructions).toHaveLength(3);
  });

  test('shows a build whose Dockerfile was read from standard input', async () => {
    const path = await open('Input.Dockerfile', `${good}COPY file /input\n`);
    const script = 'docker build -f - "$1" <"$2"';
    await promisify(execFile)('sh', ['-c', script, 'sh', folder, path], { env: newer!.env });
    expect((await marks.next()) as BuildCosts).toMatchObject({ path });
  });

  test.skipIf(!olderCli)('shows builds of a docker command without buildx', async () => {
    const path = await open('Older.Dockerfile', `${good}COPY file /older\n`);
    await cliBuild(newer!.env, ['-f', path, folder], olderCli);
    const costs = (await marks.next()) as BuildCosts;
    expect(costs.path).toBe(path);
    expect(costs.stages[0]?.text).toContain('by another program');
    const badPath = await open('OlderBad.Dockerfile', `${bad}COPY file /older\n`);
    await cliBuild(newer!.env, ['-f', badPath, folder], olderCli);
    expect((await marks.next()) as BuildProblem).toMatchObject({ path: badPath });
  });

  test('does not show a build of this window as one of another program', async () => {
    const path = await open('Own.Dockerfile', `${good}COPY file /own\n`);
    const context = { kind: 'directory', path: folder } as const;
    const request = { context, dockerfile: path, tags: [] };
    await (await marks.tools.builds()).run({ title: 'own', request });
    const own = (await marks.next()) as BuildCosts;
    expect(JSON.stringify(own.stages)).not.toContain('terminal');
    await writeFile(path, bad);
    marks.files[0] = { path, text: bad };
    await cliBuild(newer!.env, ['-f', path, folder]);
    // The next mark is that of the shell: its record comes after the one of this window.
    expect((await marks.next()) as BuildProblem).toMatchObject({ path, text: bad });
  });

  test('causes no error', () => {
    expect(marks.logged).toEqual([]);
    expect(marks.refs.length).toBeGreaterThan(4);
  });
});

const real = await connectRealEngine();
const version = await real?.engine.version();

describe.skipIf(Number(version?.version.split('.')[0] ?? 99) >= 23)('an engine without it', () => {
  test('is asked once, and shows nothing', async () => {
    let reads = 0;
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const { engine } = real!;
    const counted: Engine = {
      ...engine,
      buildHistory: async function* (signal) {
        reads += 1;
        yield* engine.buildHistory(signal);
        ended();
      },
    };
    const { files, watcher, refs, logged } = watch(counted);
    files.push({ path: '/work/Dockerfile', text: 'FROM scratch\n' });
    watcher.update();
    await end;
    files.push({ path: '/work/other/Dockerfile', text: 'FROM scratch\n' });
    await new Promise(setImmediate);
    watcher.update();
    expect({ reads, refs, logged }).toEqual({ reads: 1, refs: [], logged: [] });
  });
});
