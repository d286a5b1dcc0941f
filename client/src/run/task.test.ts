/** Arguments of a task are what was typed when the task runs: VS Code replaces variables in them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordingEditor } from '../../../test/recording-editor.ts';
import { createRandom } from '../../../test/random.ts';
import { specOfLine } from './line.ts';
import { argumentsOf } from './line.ts';
import { saveRunTask } from './save.ts';
import { taskNameError } from '../command-line/tasks.ts';
import { taskOf } from './task.ts';

const folder = '/home/me/app';

/** What is run instead of being read. */
class Executed extends Error {}

function valueOf(variable: string): string {
  if (variable === 'workspaceFolder') return folder;
  const [kind = '', name] = variable.split(':');
  // An unset variable of the environment is empty.
  if (kind === 'env' && name !== undefined) return name === 'HOME' ? '/home/me' : '';
  if (['command', 'input', 'config', 'extensionInstallFolder', 'env'].includes(kind))
    throw new Executed(variable);
  return ['userHome', 'file', 'cwd', 'pathSeparator', '/'].includes(variable)
    ? `value of ${variable}`
    : `\${${variable}}`;
}

/** Tasks: VS Code finds the variables with this expression and replaces each match once. */
function resolvedByTasks(text: string): string {
  return text.replace(/\$\{(.*?)\}/g, (_, variable: string) => valueOf(variable));
}

/** Other places of VS Code, since 1.99: braces are counted, and values are searched for variables too. */
function resolvedByExpressions(text: string): string {
  const start = text.indexOf('${');
  if (start < 0) return text;
  let depth = 1;
  let end = start + 2;
  for (; end < text.length && depth > 0; end++)
    depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
  if (depth > 0) return text.slice(0, start + 2) + resolvedByExpressions(text.slice(start + 2));
  const variable = text.slice(start + 2, end - 1);
  return text.slice(0, start) + valueOf(variable) + resolvedByExpressions(text.slice(end));
}

function specWith(word: string) {
  const quoted = `'${word.replaceAll("'", `'"'"'`)}'`;
  const line = `docker run -e A=${quoted} --name n -l ${quoted} -v ${folder}/data:/data web sh -c ${quoted}`;
  const context = { folder, variables: {} };
  return specOfLine(line, context).spec;
}

function expectLiteral(word: string): void {
  const spec = specWith(word);
  const { args, label } = taskOf(spec, 'Run web', folder) as { args: string[]; label: string };
  expect(args.map(resolvedByTasks)).toEqual(argumentsOf(spec));
  expect(args.map(resolvedByExpressions)).toEqual(argumentsOf(spec));
  expect(resolvedByTasks(label)).toBe('Run web');
}

test.each([
  '${command:workbench.action.terminal.new}',
  '${input:secret}',
  '${env:HOME}',
  '${config:editor.fontSize}',
  '${workspaceFolder}',
  '${userHome}/x',
  'echo ${HOME}',
  '$${command:x}',
  '$$${env:HOME}',
  '${a${command:x}}',
  '${${env:HOME}}',
  '${env:${command:x}}',
  '${',
  '${}',
  '}${{',
  '${a\n}${command:x}',
  '$ {command:x}',
  '$\\{command:x}',
  '$',
  '{}',
  '$&',
])('%j is what it was when the task runs', (word) => {
  expectLiteral(word);
});

test('any combination is what it was when the task runs', () => {
  const parts = ['$', '{', '}', '${', 'env:', 'HOME', 'command:x', 'a', ':', folder, '/', ' '];
  for (let seed = 1; seed <= 3000; seed++) {
    const next = createRandom(seed);
    const length = 1 + Math.floor(next() * 10);
    const word = Array.from({ length }, () => parts[Math.floor(next() * parts.length)]).join('');
    expectLiteral(`x${word}`);
  }
});

test('a folder whose own path contains a variable is written as it is', () => {
  const odd = '/home/me/${command:x}';
  const spec = specOfLine("docker run -v '/home/me/${command:x}/data:/data' web", { folder: odd, variables: {} }).spec; // prettier-ignore
  const { args } = taskOf(spec, 'Run', odd) as { args: string[] };
  expect(args.join(' ')).not.toContain('workspaceFolder');
  expect(args.map(resolvedByTasks)).toEqual(argumentsOf(spec));
});

test('a name with a variable is refused where it is typed', async () => {
  expect(taskNameError('Run ${command:x}')).toBe('A task name cannot contain `${`');
  expect(taskNameError(' ')).toBe('Enter a name for the task');
  expect(taskNameError('Run $x {y}')).toBeUndefined();
  const home = await mkdtemp(join(tmpdir(), 'drydock-task-'));
  const { editor, seen } = recordingEditor(['Run ${input:x}'], {
    firstWorkspaceFolder: () => home,
    saveDocument: () => Promise.resolve(),
  });
  await saveRunTask(specWith('x'), editor).catch(() => undefined);
  expect(seen[0]).toContain('→ A task name cannot contain `${`');
  await rm(home, { recursive: true });
});

test('tasks.json contains the escaped text', async () => {
  const home = await mkdtemp(join(tmpdir(), 'drydock-task-'));
  const { editor } = recordingEditor(['Run it'], {
    firstWorkspaceFolder: () => home,
    saveDocument: () => Promise.resolve(),
  });
  await saveRunTask(specWith('${command:x}'), editor);
  const text = await readFile(join(home, '.vscode/tasks.json'), 'utf8');
  expect(text).not.toMatch(/\$\{command/);
  const { tasks } = JSON.parse(text) as { tasks: { args: string[] }[] };
  expect(tasks[0]?.args.map(resolvedByTasks)).toContain('${command:x}');
  await rm(home, { recursive: true });
});
