/** The rows of a picker that walks directories, for what was typed. Independent of VS Code. */
import { t } from '@vscode/l10n';
import type { PathEntry, PathPickerOptions } from '../ui/editor.ts';

export interface PathRow {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  /** What happens when it is chosen. */
  readonly action: { readonly kind: 'accept' | 'enter'; readonly path: string } | { readonly kind: 'option' | 'none' }; // prettier-ignore
}

/** The directory whose entries are needed, and the beginning of the names that are shown. */
export function typedPlace(
  current: string,
  typed: string,
): { readonly directory: string; readonly filter: string } {
  if (!typed.startsWith('/')) return { directory: current, filter: typed };
  const end = typed.lastIndexOf('/');
  return { directory: withoutSlash(typed.slice(0, end)), filter: typed.slice(end + 1) };
}

/** More rows than this make the picker slow; typing shows the others. */
const mostRows = 2000;

/** `entries` are those of the directory, or why it could not be read; undefined while it is read. */
export function pathRows(
  { current, typed }: { readonly current: string; readonly typed: string },
  entries: readonly PathEntry[] | Error | undefined,
  options: Pick<PathPickerOptions, 'kind' | 'acceptLabel' | 'check' | 'option'>,
): readonly PathRow[] {
  const { directory, filter } = typedPlace(current, typed);
  const rows: PathRow[] = [];
  const accept = (path: string): void => {
    const error = options.check(path);
    if (error === undefined)
      rows.push({ label: options.acceptLabel, description: path, icon: 'check', action: { kind: 'accept', path } }); // prettier-ignore
    else rows.push({ label: error, icon: 'error', action: { kind: 'none' } });
  };
  const isPath = typed.startsWith('/');
  if (isPath) accept(typed);
  else if (typed === '') accept(directory);
  const isShown = options.kind === 'directory' ? isDirectory : () => true;
  const names = Array.isArray(entries) ? matching(entries as readonly PathEntry[], filter).filter(isShown) : []; // prettier-ignore
  if (filter === '' && directory !== '/')
    rows.push({ label: '..', icon: 'arrow-up', action: { kind: 'enter', path: parentOf(directory) } }); // prettier-ignore
  for (const entry of names.slice(0, mostRows)) rows.push(entryRow(directory, entry));
  if (names.length > mostRows)
    rows.push({
      label: t('{0} more; type the beginning of a name', names.length - mostRows),
      icon: 'ellipsis',
      action: { kind: 'none' },
    });
  if (!isPath && typed !== '') accept(joined(directory, typed));
  if (entries instanceof Error) rows.push({ label: entries.message, icon: 'warning', action: { kind: 'none' } }); // prettier-ignore
  if (options.option !== undefined && typed === '')
    rows.push({ label: options.option.label(), icon: options.option.icon, action: { kind: 'option' } }); // prettier-ignore
  return rows;
}

function entryRow(directory: string, entry: PathEntry): PathRow {
  const { name, leadsToDirectory, description } = entry;
  const path = joined(directory, name);
  return {
    label: name,
    icon: leadsToDirectory ? 'folder' : 'file',
    action: { kind: leadsToDirectory ? 'enter' : 'accept', path },
    ...(description !== undefined && { description }),
  };
}

function isDirectory({ leadsToDirectory }: PathEntry): boolean {
  return leadsToDirectory;
}

/** Names that begin with the text come first, in any case; then those that contain it. */
function matching(entries: readonly PathEntry[], filter: string): readonly PathEntry[] {
  const wanted = filter.toLowerCase();
  const rank = ({ name }: PathEntry): number => name.toLowerCase().indexOf(wanted);
  return entries
    .filter((entry) => rank(entry) >= 0)
    .sort(
      (one, other) =>
        Number(rank(one) > 0) - Number(rank(other) > 0) ||
        Number(other.leadsToDirectory) - Number(one.leadsToDirectory) ||
        one.name.localeCompare(other.name),
    );
}

function joined(directory: string, name: string): string {
  return `${withoutSlash(directory) === '/' ? '' : directory}/${name}`;
}

function withoutSlash(path: string): string {
  return path.replace(/\/+$/, '') || '/';
}

function parentOf(directory: string): string {
  return withoutSlash(directory.slice(0, directory.lastIndexOf('/')));
}
