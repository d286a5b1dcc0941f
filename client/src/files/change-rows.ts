/** The files of a container that differ from its image, as a tree. */
import { t } from '@vscode/l10n';
import type { Change } from '../engine/objects.ts';
import { displayName, isWithin } from '../engine/files/files.ts';
import type { FileSubject, Item } from '../explorer/item.ts';
import type { LazyRows } from '../ui/files.ts';
import { uriPath } from './uri.ts';

type Changes = Extract<LazyRows, { kind: 'changes' }>;

/** The rows directly below the directory. */
export function changeRows(
  changes: readonly Change[],
  lazy: Changes,
  engine: string,
): readonly Item[] {
  const { path, place, imageId } = lazy;
  const start = path === '/' ? '/' : `${path}/`;
  const below = changes.filter((change) => isWithin(change.path, path) && change.path.length > start.length); // prettier-ignore
  const names = new Map<string, { own: Change | undefined; members: number }>();
  for (const change of below) {
    const rest = change.path.slice(start.length);
    const [name = ''] = rest.split('/');
    const known = names.get(name) ?? { own: undefined, members: 0 };
    if (rest === name) known.own = change;
    else known.members++;
    names.set(name, known);
  }
  if (names.size === 0) return [noChanges()];
  return [...names]
    .sort(
      ([a, one], [b, other]) =>
        Number(other.members > 0) - Number(one.members > 0) || (a < b ? -1 : 1),
    ) // prettier-ignore
    .map(([name, { own, members }]) => {
      const full = `${start}${name}`;
      const kind = own?.kind ?? 'changed';
      const subject: FileSubject = {
        place,
        path: full,
        name: displayName(name),
        entry: { name, kind: members > 0 ? 'directory' : 'file' },
        change: { kind, imageId },
      };
      const isFolder = members > 0;
      return {
        id: `/${name}`,
        label: displayName(name),
        description: isFolder ? countText(members) : texts()[kind],
        icon: isFolder ? { name: 'folder' } : icons[kind],
        accessibilityLabel: `${displayName(name)}, ${isFolder ? countText(members) : texts()[kind]}`,
        subject: { kind: 'file', value: subject },
        traits: [isFolder ? 'folder' : 'document', 'difference', `in-${place.kind}`, kind],
        resource: uriPath({ engine, place, path: full }),
        ...(isFolder ? { lazy: { ...lazy, path: full } } : { click: 'files.compare-image' }),
      };
    });
}

const icons = {
  added: { name: 'diff-added', color: 'charts.green' },
  changed: { name: 'diff-modified', color: 'charts.yellow' },
  deleted: { name: 'diff-removed', color: 'charts.red' },
} as const;

function texts(): Readonly<Record<Change['kind'], string>> {
  return { added: t('added'), changed: t('changed'), deleted: t('deleted') };
}

function countText(count: number): string {
  return count === 1 ? t('1 change') : t('{0} changes', count);
}

function noChanges(): Item {
  return { id: 'note', label: t('No files differ from the image'), icon: { name: 'info' } };
}
