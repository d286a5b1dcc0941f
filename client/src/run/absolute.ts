/** Paths of this machine in options, from its root. */
import type { OptionName } from './options.ts';
import { fieldsOf, lineOf, pairOf } from './values.ts';
import type { Surroundings } from './words.ts';

/** The value with every relative path of this machine made absolute; as it is where no folder is open. */
export function absolute(name: OptionName, value: string, around: Surroundings): string {
  switch (name) {
    case 'volume': {
      const found = /^((?:~|\.{1,2})(?:[/\\][^:]*)?)(:.*)$/s.exec(value);
      return found === null ? value : fullPath(found[1] ?? '', around) + (found[2] ?? '');
    }
    case 'mount':
      return mountValue(value, around);
    case 'env-file':
    case 'label-file':
      return fullPath(value, around);
    default:
      return value;
  }
}

function mountValue(value: string, around: Surroundings): string {
  const fields = fieldsOf(value);
  if (!fields.includes('type=bind')) return value;
  return lineOf(
    fields.map((field) => {
      const [key, path] = pairOf(field);
      const isSource = key === 'source' || key === 'src';
      return isSource && path !== undefined ? `${key}=${fullPath(path, around)}` : field;
    }),
  );
}

/** From the root; both separators of Windows count. */
export function fullPath(path: string, { folder, variables }: Surroundings): string {
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
