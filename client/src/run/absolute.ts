/** Makes local paths in options absolute. */
import { fieldsOf, lineOf, pairOf } from './values.ts';
import type { LineContext } from './words.ts';

/** A value of `-v` with an absolute source; unchanged without an open folder. */
export function absoluteVolume(value: string, context: LineContext): string {
  const found = /^([.~][^:]*)(:.*)$/s.exec(value);
  return found === null ? value : fullPath(found[1] ?? '', context) + (found[2] ?? '');
}

/** A value of `--mount` with an absolute source, if the source is a path. */
export function absoluteMount(value: string, context: LineContext): string {
  const fields = fieldsOf(value);
  const isBind = fields.some((field) => field.toLowerCase() === 'type=bind');
  if (!isBind) return value;
  return lineOf(
    fields.map((field) => {
      const [key, path] = pairOf(field);
      const isSource = /^(?:source|src)$/i.test(key);
      return isSource && path !== undefined ? `${key}=${fullPath(path, context)}` : field;
    }),
  );
}

/** Both separators of Windows count. */
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
