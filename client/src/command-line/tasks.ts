/** Tasks of VS Code: the texts in them, and tasks.json. */
import { t } from '@vscode/l10n';

/** Why this is not valid as the name of a task; undefined if it is. */
export function taskNameError(name: string): string | undefined {
  if (name.trim() === '') return t('Enter a name for the task');
  // VS Code shows names as they are, so one with an escaped variable could not be read.
  return name.includes('${') ? t('A task name cannot contain `${`') : undefined;
}

/** A text in a task, with `${workspaceFolder}` for the folder, and everything else as it is when the task runs. */
export function taskText(word: string, folder: string | undefined): string {
  const at = folder === undefined ? -1 : positionOf(folder, word);
  if (folder === undefined || at < 0) return literal(word);
  return `${literal(word.slice(0, at))}\${workspaceFolder}${literal(word.slice(at + folder.length))}`;
}

/** Where the word contains the whole folder, or -1. */
function positionOf(folder: string, word: string): number {
  // VS Code could also replace variables in the value of `${workspaceFolder}`.
  if (folder === '' || folder === '/' || folder.includes('${')) return -1;
  const at = word.indexOf(folder);
  const after = word[at + folder.length];
  return at >= 0 && (after === undefined || /[/\\:,]/.test(after)) ? at : -1;
}

/**
 * VS Code replaces `${…}` in arguments, also `${command:…}`, and has no way to escape it. It looks for variables once, from
 * left to right, and a variable of the environment that is not set is empty: `$${env:X}{` becomes `${` and is not read again.
 */
function literal(text: string): string {
  return text.replaceAll('${', () => `$\${env:${emptyVariable}}{`);
}

/** A variable of the environment that nothing sets. */
const emptyVariable = 'DRYDOCK_EMPTY';

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
  const tokens = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[[\]{}]/g;
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
