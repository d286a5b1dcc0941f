/** Paths in command lines. */
import type { LineContext } from './words.ts';

/** The absolute path of a path in a command; unchanged without an open folder. Both separators of Windows count. */
export function fullPath(path: string, { folder, variables }: LineContext): string {
  const home = variables.HOME ?? variables.USERPROFILE;
  if (/^~(?=[/\\]|$)/.test(path) && home !== undefined) return home + path.slice(1);
  if (path === '' || /^(?:[/\\~]|[A-Za-z]:[\\/])/.test(path) || folder === undefined) return path;
  const separator = /^[A-Za-z]:\\|^\\\\/.test(folder) ? '\\' : '/';
  const steps = folder.replace(/[/\\]+$/, '').split(/[/\\]/);
  for (const step of path.split(/[/\\]/)) {
    if (step === '..') steps.splice(Math.max(1, steps.length - 1));
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.length === 1 ? `${steps[0] ?? ''}${separator}` : steps.join(separator);
}
