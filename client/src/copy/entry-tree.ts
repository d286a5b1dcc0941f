/** The entries that were received, as a tree with the names of the container. */
import { t } from '@vscode/l10n';
import { copyError } from './copy-task.ts';
import { displayName, foldedName, isPossible, type Name } from './names.ts';
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
  linkTarget?: string | Buffer;
  readonly children: Map<Name, Entry>;
  /** The first child for each name that is a file of its own on the disk. */
  readonly folded: Map<string, Entry>;
}

export function newEntry(name: Name, parent?: Entry): Entry {
  return { name, parent, kind: 'new', children: new Map(), folded: new Map() };
}

/** The child with this name, which is created if it does not exist. It is refused if the disk cannot have it. */
export function childOf(parent: Entry, name: Name, rules: NameRules): Entry {
  const existing = parent.children.get(name);
  if (existing) return existing;
  const child = newEntry(name, parent);
  parent.children.set(name, child);
  const folded = foldedName(name, rules);
  const isTaken = parent.folded.has(folded);
  if (parent.kind === 'refused' || isTaken || !isPossible(name, rules)) child.kind = 'refused';
  else parent.folded.set(folded, child);
  return child;
}

/** Removes an entry that the disk refused, so that another one can have its place. */
export function refuse(entry: Entry, rules: NameRules): void {
  entry.kind = 'refused';
  const folded = foldedName(entry.name, rules);
  if (entry.parent?.folded.get(folded) === entry) entry.parent.folded.delete(folded);
}

/** The entry of a path; undefined if it was not received. */
export function findEntry(root: Entry, parts: readonly Name[]): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const part of parts) entry = entry?.children.get(part);
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
