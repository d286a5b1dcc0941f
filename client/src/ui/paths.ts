/** Paths of this machine and of containers, as texts. */
import { t } from '@vscode/l10n';

/** The folder that a file stands in; both separators of Windows count. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (end < 0) return '.';
  return end === 0 || /^[A-Za-z]:$/.test(path.slice(0, end))
    ? path.slice(0, end + 1)
    : path.slice(0, end);
}

/** What stands behind the last separator. */
export function nameOf(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}

/** The path as seen from a folder that holds it; the whole path where it does not. */
export function below(folder: string | undefined, path: string): string {
  if (folder === undefined || !path.startsWith(folder)) return path;
  return path.slice(folder.length).replace(/^[/\\]+/, '') || nameOf(path);
}

/** Why this cannot be a path in a container; undefined where it can. */
export function containerPathTrouble(text: string): string | undefined {
  const path = text.trim();
  if (path === '') return t('A path in the container, such as /tmp/');
  if (!/^(\/|[A-Za-z]:[/\\])/.test(path)) return t('The path begins with /');
  return path.includes('\0') ? t('A path holds no such sign.') : undefined;
}
