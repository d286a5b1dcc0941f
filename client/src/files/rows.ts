/** The rows of files: the branches of a container, volume or image, the files of a directory, and what differs from an image. */
import { t } from '@vscode/l10n';
import type { Item, FileSubject, LoadedRows } from '../explorer/item.ts';
import type { FileEntry, Listing } from '../engine/files/entry.ts';
import { displayName, isDirectory, joinPath } from '../engine/files/files.ts';
import { isEngineError } from '../engine/errors.ts';
import type { FileRef, FileTools, LazyRows } from '../ui/files.ts';
import { formatDateTime, formatSize, joinDetails } from '../ui/format.ts';
import { markdownTable } from '../ui/markdown.ts';
import { changeRows } from './change-rows.ts';
import { uriPath } from './uri.ts';

export interface RowsContext {
  readonly files: FileTools;
  /** The engine in URIs. */
  readonly engine: string;
}

/** Reads the rows below an expanded row; an error becomes a row. */
export async function loadRows(lazy: LazyRows, context: RowsContext): Promise<LoadedRows> {
  try {
    switch (lazy.kind) {
      case 'branches':
        return fixed(branchItems(lazy));
      case 'directory':
        return directoryRows(await context.files.list(lazy.ref), lazy.ref, context);
      case 'changes':
        return fixed(changeRows(await context.files.changes(lazy.place), lazy, context.engine));
    }
  } catch (error) {
    return fixed([errorItem(error, lazy)]);
  }
}

function fixed(items: readonly Item[]): LoadedRows {
  return { length: items.length, items: (count) => items.slice(0, count) };
}

function branchItems({ place, imageId }: Extract<LazyRows, { kind: 'branches' }>): readonly Item[] {
  const ref: FileRef = { place, path: '/' };
  const files: Item = {
    id: 'files',
    label: t('Files'),
    ...(place.kind === 'image' && { description: t('read-only') }),
    icon: { name: 'folder-library' },
    subject: { kind: 'file', value: { ...ref, name: t('Files'), entry: rootEntry } },
    traits: traitsOf(ref, rootEntry),
    lazy: { kind: 'directory', ref },
  };
  if (place.kind !== 'container' || imageId === undefined || imageId === '') return [files];
  const changes: Item = {
    id: 'changes',
    label: t('Changes since Image'),
    icon: { name: 'diff' },
    tooltip: t('Files that differ from the image, without volumes'),
    traits: ['changes'],
    lazy: { kind: 'changes', place, imageId, path: '/' },
  };
  return [files, changes];
}

const rootEntry: FileEntry = { name: '', kind: 'directory' };

/** More names than this are sorted by their characters only, which is a hundred times as fast. */
const mostCollated = 5000;

function directoryRows(
  { entries, isComplete, source }: Listing,
  ref: FileRef,
  { engine }: RowsContext,
): LoadedRows {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const byName =
    entries.length > mostCollated
      ? (a: FileEntry, b: FileEntry) => (a.name < b.name ? -1 : 1)
      : (a: FileEntry, b: FileEntry) => compare(a.name, b.name) || (a.name < b.name ? -1 : 1);
  const sorted = [...entries].sort(
    (a, b) => Number(isDirectory(b)) - Number(isDirectory(a)) || byName(a, b),
  );
  const note = noteOf({ entries, isComplete, source }, ref);
  const before = note === undefined ? [] : [note];
  return {
    length: before.length + sorted.length,
    items: (count) => [
      ...before,
      ...sorted.slice(0, count - before.length).map((entry) => fileItem(ref, entry, engine)),
    ],
  };
}

/** What the list does not show. */
function noteOf(
  { entries, isComplete, source }: Listing,
  { place, path }: FileRef,
): Item | undefined {
  const note = (label: string, tooltip: string): Item => ({
    id: 'note',
    label,
    tooltip,
    icon: { name: 'info' },
    accessibilityLabel: `${label}. ${tooltip}`,
  });
  if (!isComplete)
    return note(
      t('Some files are not listed'),
      t('The engine sends the names only with all contents, which is too much here. Start the container to list all files.'), // prettier-ignore
    );
  if (entries.length > 0) return undefined;
  return source === 'archive' && place.kind === 'container' && /^\/(?:proc|sys|dev)$/.test(path)
    ? note(
        t('Empty'),
        t(
          'These files exist only in a running container, and reading them requires a shell in it.',
        ),
      )
    : note(t('Empty'), t('The directory has no files.'));
}

/** The row of one file. */
export function fileItem(directory: FileRef, entry: FileEntry, engine: string): Item {
  const ref: FileRef = { place: directory.place, path: joinPath(directory.path, entry.name) };
  const name = displayName(entry.name);
  const isFolder = isDirectory(entry);
  const subject: FileSubject = { ...ref, name, entry };
  const description = joinDetails(
    entry.linkTarget === undefined ? undefined : `→ ${displayName(entry.linkTarget)}`,
    specialText(entry),
    isFolder || entry.size === undefined ? undefined : formatSize(entry.size),
    ownerText(entry),
    entry.mode === undefined ? undefined : modeText(entry.mode),
  );
  return {
    id: `/${entry.name}`,
    label: name,
    description,
    icon: { name: iconOf(entry) },
    tooltip: {
      data: [entry],
      text: () => tooltipOf(ref, entry),
    },
    accessibilityLabel: joinDetails(name, kindText(entry), description).replaceAll(' · ', ', '),
    subject: { kind: 'file', value: subject },
    traits: traitsOf(ref, entry),
    ...(isFolder && { lazy: { kind: 'directory', ref } }),
    ...(opens(entry) && { click: 'files.open' }),
    ...(iconOf(entry) !== 'warning' && { resource: uriPath({ engine, ...ref }) }),
  };
}

function opens({ kind, leadsTo }: FileEntry): boolean {
  return kind === 'file' || (kind === 'link' && leadsTo === 'file');
}

function traitsOf({ place, path }: FileRef, entry: FileEntry): readonly string[] {
  return [
    isDirectory(entry) ? 'folder' : opens(entry) ? 'document' : 'unreadable',
    path === '/' ? 'root' : 'inside',
    place.kind === 'image' ? 'fixed' : 'changeable',
    `in-${place.kind}`,
  ];
}

function iconOf(entry: FileEntry): string {
  if (entry.kind === 'link') {
    if (entry.leadsTo === 'nothing') return 'warning';
    return entry.leadsTo === 'directory' ? 'file-symlink-directory' : 'file-symlink-file';
  }
  if (entry.kind === 'other') return 'circuit-board';
  return entry.kind === 'directory' ? 'folder' : 'file';
}

function kindText(entry: FileEntry): string {
  if (entry.kind === 'link') return t('link');
  return isDirectory(entry) ? t('directory') : t('file');
}

function specialText({ kind, special, leadsTo }: FileEntry): string | undefined {
  if (kind === 'link' && leadsTo === 'nothing') return t('target does not exist');
  if (kind !== 'other') return undefined;
  switch (special) {
    case 'pipe':
      return t('pipe');
    case 'socket':
      return t('socket');
    default:
      return t('device');
  }
}

/** Nothing for root, who owns most files. */
function ownerText({ user, group, userName, groupName }: FileEntry): string | undefined {
  if (user === undefined || (user === 0 && (group ?? 0) === 0)) return undefined;
  return `${displayName(userName ?? String(user))}:${displayName(groupName ?? String(group ?? 0))}`;
}

/** As `ls` shows it: `rwxr-sr-x`. */
export function modeText(mode: number): string {
  const bits = 'rwxrwxrwx'
    .split('')
    .map((letter, index) => ((mode & (0o400 >> index)) === 0 ? '-' : letter));
  const marks = [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const;
  for (const [bit, at, letter] of marks)
    if ((mode & bit) !== 0) bits[at] = bits[at] === '-' ? letter.toUpperCase() : letter;
  return bits.join('');
}

function tooltipOf({ path }: FileRef, entry: FileEntry): string {
  const { size, mode, user, group, userName, groupName, modified, linkTarget } = entry;
  const withNumber = (number: number, name: string | undefined): string =>
    name === undefined ? String(number) : `${displayName(name)} (${String(number)})`;
  return markdownTable(displayName(path), [
    [t('Type'), joinDetails(kindText(entry), specialText(entry))],
    [t('Link target'), linkTarget === undefined ? undefined : displayName(linkTarget)],
    [t('Size'), size === undefined ? undefined : `${formatSize(size)} (${String(size)})`],
    [t('Mode'), mode === undefined ? undefined : `${modeText(mode)} (${mode.toString(8)})`],
    [t('Owner'), user === undefined ? undefined : withNumber(user, userName)],
    [t('Group'), group === undefined ? undefined : withNumber(group, groupName)],
    [t('Modified'), modified && formatDateTime(modified)],
  ]);
}

function errorItem(error: unknown, lazy: LazyRows): Item {
  const message = error instanceof Error ? error.message : String(error);
  const place = lazy.kind === 'directory' ? lazy.ref.place : lazy.place;
  // A volume that no container uses can be read with the help of an image.
  const needsImage = place.kind === 'volume' && isEngineError(error) && error.kind === 'conflict';
  return {
    id: 'error',
    label: needsImage ? t('No container uses this volume') : message,
    ...(needsImage && { description: t('select an image to read it') }),
    tooltip: message,
    icon: needsImage ? { name: 'info' } : { name: 'warning', color: 'charts.yellow' },
    accessibilityLabel: message,
    ...(needsImage && { click: 'files.choose-image' }),
  };
}
