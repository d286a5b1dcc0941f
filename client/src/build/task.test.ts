import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLines, buildPlace } from '../../../test/build-lines.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { specOfLine } from './line.ts';
import { isClassic, requestOf } from './request.ts';
import { proposedTasks, runBuildTask } from './run-task.ts';
import { specOfTask, taskOfSpec, type TaskDefinition } from './task.ts';

const folder = '/work/shop';

/** VS Code replaces variables once; those of the environment that are not set are empty. */
function resolved(value: unknown): unknown {
  const text = JSON.stringify(value).replace(/\$\{(.*?)\}/g, (_, name: string) => {
    if (name === 'workspaceFolder') return folder;
    if (name.startsWith('env:')) return '';
    throw new Error(`${name} is executed`);
  });
  return JSON.parse(text) as unknown;
}

function taskOf(line: string): TaskDefinition {
  const { spec } = specOfLine(line, buildPlace);
  return taskOfSpec(spec, { label: 'x', folder, context: buildPlace }) as TaskDefinition;
}

describe.each(buildLines)('%s', (line) => {
  test('means the same build as a task', () => {
    const { spec } = specOfLine(line, buildPlace);
    // Variables that only the command sets are not in a task.
    const program = ['docker', 'build'];
    const bare = {
      ...spec,
      program: isClassic(spec) ? ['DOCKER_BUILDKIT=0', ...program] : program,
    };
    const again = specOfTask(resolved(taskOf(line)) as TaskDefinition);
    expect(requestOf(again, buildPlace)).toEqual(requestOf(bare, buildPlace));
    expect(again.unknown).toEqual(spec.unknown);
  });
});

test('writes each option with its type, and the folder as a variable', () => {
  const line = `docker build -t a -t b --pull --target x --label l=${folder}/y --shiny ${folder}/api`;
  expect(taskOf(line)).toEqual({
    label: 'x',
    type: 'drydock-build',
    context: '${workspaceFolder}/api',
    tag: ['a', 'b'],
    target: 'x',
    pull: true,
    labels: ['l=${workspaceFolder}/y'],
    otherOptions: ['--shiny'],
    problemMatcher: [],
  });
});

test('does not let VS Code replace variables in values', () => {
  const line = "docker build --build-arg 'A=${command:evil}' -t x .";
  const again = specOfTask(resolved(taskOf(line)) as TaskDefinition);
  expect(again.options['build-arg']).toEqual(['A=${command:evil}']);
});

test('does not write the values of secret arguments', () => {
  expect(JSON.stringify(taskOf('docker build --build-arg API_TOKEN=abc .'))).not.toContain('abc');
});

test.each<Readonly<Record<string, unknown>>>([
  { tag: 7, pull: 'yes', target: ['x'], context: 5 },
  { tag: [7, 'a'], otherOptions: 'x', cwd: false },
  { __proto__: { tag: ['x'] }, constructor: 'x' },
])('ignores properties that are not valid: %j', (properties) => {
  const spec = specOfTask({ type: 'drydock-build', ...properties });
  expect(spec.context).toBe('.');
  for (const values of Object.values(spec.options)) {
    for (const value of values) expect(typeof value).toBe('string');
  }
});

test('builds a task with its output as text, and returns an exit code', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-task-'));
  await writeFile(join(directory, 'Dockerfile'), 'FROM scratch\n');
  const { editor } = recordingEditor([], {
    findDockerfiles: () => Promise.resolve([join(directory, 'Dockerfile')]),
    workspaceFolderOf: () => directory,
  });
  const tools = toolsFor(fakeEngine({}).engine, editor);
  const printed: string[] = [];
  const run = (definition: object) =>
    runBuildTask(tools, {
      definition: { type: 'drydock-build', ...definition },
      folder: directory,
      print: (text) => printed.push(text),
      signal: new AbortController().signal,
    });
  expect(await run({ tag: ['x'], squash: true })).toBe(0);
  expect(printed.join('')).toMatch(/--squash has no effect.*Built sha256:/s);
  expect(await run({ context: './nowhere' })).toBe(1);
  expect(printed.at(-1)).toContain('nowhere does not exist.');
  const [task] = await proposedTasks(tools, directory);
  expect(await run(task!.definition)).toBe(0);
  await rm(directory, { recursive: true });
});
