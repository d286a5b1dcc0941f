/** In which archives files are sent into a container. */
import type { Engine } from '../engine/engine.ts';
import { isPlainEntry } from '../engine/tar.ts';
import { isSameForPrograms } from '../engine/files/hidden-files.ts';
import { isManySmall, isSlowEngine, manyEntries } from './container-tar.ts';
import type { LocalEntry } from './local-tree.ts';
import { headerOf } from './pack-files.ts';
import { posix } from 'node:path';
import { textOf } from './byte-strings.ts';

export interface Plan {
  /** The directory in the container where the tar archive is extracted. */
  readonly directory: string;
  readonly entries: readonly LocalEntry[];
  /** Whether it is known that files replace only files, and directories only directories. */
  readonly hasSameKinds: boolean;
}

/** One archive. */
export interface Part {
  readonly entries: readonly LocalEntry[];
  /** How many of the first entries are not in an earlier archive. */
  readonly newEntries: number;
}

export interface SplitPlan {
  /** Files and directories that every `tar` extracts in the same way. */
  readonly forProgram: Part;
  /** Everything else, and the directories once more: not every `tar` sets their times after their files, and owners of links. */
  readonly forEngine: Part;
}

/** Undefined if the engine is as fast as a program in the container, or could extract something else. */
export async function splitPlan(
  engine: Engine,
  container: string,
  { directory, entries, hasSameKinds }: Plan,
  tarFrom?: number,
): Promise<SplitPlan | undefined> {
  const [root] = entries;
  if (!hasSameKinds || root?.kind !== 'directory') return undefined;
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (!isManySmall(entries.length, bytes, tarFrom ?? manyEntries)) return undefined;
  if (tarFrom === undefined && !(await isSlowEngine(engine).catch(() => false))) return undefined;
  const path = posix.join(directory, textOf(root.name));
  if (!(await isSameForPrograms(engine, container, path).catch(() => false))) return undefined;
  const plain: LocalEntry[] = [];
  const others: LocalEntry[] = [];
  const directories: LocalEntry[] = [];
  for (const entry of entries) (isForProgram(entry) ? plain : others).push(entry);
  for (const entry of plain) if (entry.kind === 'directory') directories.push(entry);
  return {
    forProgram: { entries: plain, newEntries: plain.length },
    forEngine: { entries: [...others, ...directories], newEntries: others.length },
  };
}

/** The engine does not change the directory whose contents are replaced. */
function isForProgram(entry: LocalEntry): boolean {
  const { kind, name, parent } = entry;
  if (kind === 'directory' && parent === undefined && name === '.') return false;
  return (kind === 'file' || kind === 'directory') && isPlainEntry(headerOf(entry));
}
