/** Converts a spec to a task of VS Code. */
import { argumentsOf } from './line.ts';
import { has, type RunSpec } from './spec.ts';

/** An entry of tasks.json; `folder` becomes `${workspaceFolder}`, so that it works on other machines. */
export function taskOf(spec: RunSpec, label: string, folder: string | undefined): object {
  const args = argumentsOf(spec).map((word) => relativeTo(word, folder));
  return {
    label,
    type: 'process',
    command: 'docker',
    args,
    problemMatcher: [],
    ...(has(spec, 'detach') ? {} : { presentation: { focus: true } }),
  };
}

function relativeTo(word: string, folder: string | undefined): string {
  if (folder === undefined || folder === '' || folder === '/') return word;
  const at = word.indexOf(folder);
  const after = word[at + folder.length];
  const whole = at >= 0 && (after === undefined || /[/\\:,]/.test(after));
  return whole ? `${word.slice(0, at)}\${workspaceFolder}${word.slice(at + folder.length)}` : word;
}

/** The text of tasks.json with the task added; undefined if the text has no list of tasks. */
export function withTask(text: string, task: object): string | undefined {
  const fresh = { version: '2.0.0', tasks: [task] };
  if (text.trim() === '') return `${JSON.stringify(fresh, undefined, 2)}\n`;
  const at = endOfTasks(text);
  if (at === undefined) return undefined;
  const entry = JSON.stringify(task, undefined, 2).replaceAll('\n', '\n    ');
  const { last, end } = at;
  const between = text.slice(last, end);
  const comma =
    last === 0 || /,/.test(between.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')) ? '' : ',';
  return `${text.slice(0, last)}${comma}${between.trimEnd()}\n    ${entry}\n  ${text.slice(end)}`;
}

/** The end of the list of tasks, and the end of its last task, 0 without one. Skips strings and comments. */
function endOfTasks(text: string): { readonly last: number; readonly end: number } | undefined {
  const tokens = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[[\]{}]/g;
  let depth = 0;
  let name = '';
  let inTasks = 0;
  let last = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token.startsWith('/')) continue;
    if (token.startsWith('"')) name = token;
    else if (token === '[' || token === '{') {
      depth++;
      if (token === '[' && depth === 2 && name === '"tasks"') inTasks = depth;
    } else {
      if (token === ']' && depth === inTasks) return { last, end: index };
      if (inTasks > 0) last = index + 1;
      depth--;
    }
  }
  return undefined;
}
