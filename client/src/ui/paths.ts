/** Operations on paths of this machine and of containers. */
import { t } from '@vscode/l10n';

/** The directory of a file; accepts the separators of Linux and Windows. */
export function parentDirectory(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (end < 0) return '.';
  return end === 0 || /^[A-Za-z]:$/.test(path.slice(0, end))
    ? path.slice(0, end + 1)
    : path.slice(0, end);
}

/** The part after the last separator. */
export function baseName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}

/** The path relative to a folder; the whole path if it is not inside the folder. */
export function relativePath(folder: string | undefined, path: string): string {
  if (folder === undefined || !path.startsWith(folder)) return path;
  return path.slice(folder.length).replace(/^[/\\]+/, '') || baseName(path);
}

/** Why this is not a valid path in a container; undefined if it is. */
export function containerPathError(text: string): string | undefined {
  const path = text.trim();
  if (path === '') return t('Enter a path in the container, such as /tmp/.');
  if (!/^(\/|[A-Za-z]:[/\\])/.test(path)) return t('The path must start with a slash.');
  return path.includes('\0') ? t('Paths cannot contain null characters.') : undefined;
}
