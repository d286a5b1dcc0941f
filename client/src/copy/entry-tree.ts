/** The entries that were received, as a tree with the names of the container. */
import { t } from '@vscode/l10n';
import { copyError } from './copy-task.ts';
import { displayName, foldedName, isPossible, type LocalPath, type Name } from './names.ts';
import type { NameRules } from './name-rules.ts';

export interface Entry {
  readonly name: Name;
  readonly parent: Entry | undefined;
  /** `refused` if the disk cannot have it, with everything below. */
  kind: 'file' | 'directory' | 'link' | 'refused' | 'new';
  /** Only directories: whether the target had it before. */
  existed?: boolean;
  /** Set for directories with an entry of their own, which can come after those of their files. */
  mode?: number;
  /** Of directories and links, in seconds since 1970. */
  modified?: number | undefined;
  linkTarget?: string | Buffer;
  /** Where a directory is while the archive is extracted. */
  staged?: LocalPath;
  /** Absent if there are none: most entries are files. */
  children?: Map<Name, Entry>;
  /** The first child for each name that is a file of its own on the disk; absent if all names are. */
  folded?: Map<string, Entry>;
}

export function newEntry(name: Name, parent?: Entry): Entry {
  return { name, parent, kind: 'new' };
}

/** A part of a long path is only a view of it in V8, which would keep the paths of all entries in memory. */
function ownCopy(name: Name): Name {
  return Buffer.from(name).toString();
}

/** The child with this name, which is created if it does not exist. It is refused if the disk cannot have it. */
export function childOf(parent: Entry, name: Name, rules: NameRules): Entry {
  const existing = parent.children?.get(name);
  if (existing) return existing;
  const child = newEntry(ownCopy(name), parent);
  (parent.children ??= new Map()).set(child.name, child);
  if (parent.kind === 'refused' || !isPossible(name, rules)) child.kind = 'refused';
  else if (rules.ignoresCase || rules.ignoresNormalization) {
    const folded = foldedName(name, rules);
    if (parent.folded?.has(folded) === true) child.kind = 'refused';
    else (parent.folded ??= new Map()).set(folded, child);
  }
  return child;
}

/** Removes an entry that the disk refused, so that another one can have its place. */
export function refuse(entry: Entry, rules: NameRules): void {
  entry.kind = 'refused';
  const folded = foldedName(entry.name, rules);
  if (entry.parent?.folded?.get(folded) === entry) entry.parent.folded.delete(folded);
}

/** The entry of a path; undefined if it was not received. */
export function findEntry(root: Entry, parts: readonly Name[]): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const part of parts) entry = entry?.children?.get(part);
  return entry;
}

export function partsOf(entry: Entry): Name[] {
  const parts: Name[] = [];
  for (let at = entry; at.parent !== undefined; at = at.parent) parts.push(at.name);
  return parts.reverse();
}

/** The path below the root, as it can be shown. */
export function displayEntry(entry: Entry): string {
  return partsOf(entry).map(displayName).join('/');
}

/** Throws if the archive has an entry both as a directory and as something else. */
export function requireKind(entry: Entry, isDirectory: boolean): void {
  if (entry.kind === 'new' || entry.kind === 'refused') return;
  if ((entry.kind === 'directory') === isDirectory) return;
  throw copyError(
    t('The container sent {0} both as a directory and as a file', displayEntry(entry)),
  );
}

/** The children that exist in the staging directory. */
export function createdChildren({ children }: Entry): readonly Entry[] {
  if (children === undefined) return [];
  return [...children.values()].filter(({ kind }) => kind !== 'refused' && kind !== 'new');
}

/** The entry and all below it, parents first. */
export function* entriesBelow(root: Entry): Generator<Entry, void, undefined> {
  const pending = [root];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    yield entry;
    if (entry.children) for (const child of [...entry.children.values()].reverse()) pending.push(child); // prettier-ignore
  }
}
