/** Reads a build context, and decides about its files as the builder does. */
import { join, relative, sep } from 'node:path';
import type { ContextNeeds } from '../../../contract/protocol.ts';
import { walkContext } from '../../../server/src/disk/context-walk.ts';
import type { ContextTree } from '../../../server/src/ignore/context-tree.ts';
import { ignoreLines, type IgnoreLine } from '../../../server/src/ignore/ignore-text.ts';
import { IgnoreComparison, type Decision } from '../../../server/src/ignore/ignore-matches.ts';
import { EngineError } from '../engine/errors.ts';
import { t } from '@vscode/l10n';
import { findReaders } from './readers.ts';

/** The ignore file that applies, and its lines with patterns. */
export interface IgnoreFileText {
  readonly path: string;
  readonly lines: readonly IgnoreLine[];
}

export interface ReadContext {
  /** The absolute path of the directory. */
  readonly folder: string;
  readonly ignoreFile: IgnoreFileText | undefined;
  readonly tree: ContextTree;
  /** By the indexes of the entries; `by` is an index of `ignoreFile.lines`. */
  readonly decisions: readonly Decision[];
  /** By the indexes of the entries: the first line of the Dockerfile that reads it; -1 if none does; -2 if the builder does. */
  readonly readBy: readonly number[];
  /** Whether the files that no instruction reads are known. */
  readonly knowsReaders: boolean;
}

export interface ReadOptions {
  readonly folder: string;
  readonly dockerfile: string;
  /** Undefined if the language server does not answer. */
  readonly needs: ContextNeeds | undefined;
  /** The text of a file, also if it has unsaved changes; undefined if it does not exist. */
  readonly readText: (path: string) => Promise<string | undefined>;
  readonly signal: AbortSignal;
  /** Called with the number of files and directories so far. */
  readonly report: (count: number) => void;
  /** The number of files and directories after which reading stops. */
  readonly most?: number;
}

/** More entries are not read, and the page says so. */
const mostEntries = 1_000_000;

/** Rejects with EngineError if the ignore file is invalid, or if reading was cancelled. */
export async function readContext(options: ReadOptions): Promise<ReadContext> {
  const { folder, dockerfile, needs, readText, signal, report, most = mostEntries } = options;
  const goOn = (count: number): boolean => {
    report(count);
    return !signal.aborted;
  };
  const ignoreFile = await findIgnoreFile(folder, dockerfile, readText);
  const tree = await walkContext(folder, { most, goOn });
  if (tree === undefined) throw new EngineError('cancelled', t('Cancelled'));
  const decisions = await decide(tree, ignoreFile, signal);
  const readBy = await findReaders(folder, tree, { decisions, needs });
  for (const file of [dockerfile, ignoreFile?.path])
    if (file !== undefined) markBuilderFile(readBy, tree, toSlashes(relative(folder, file)));
  return { folder, ignoreFile, tree, decisions, readBy, knowsReaders: needs?.isComplete === true };
}

/** `<Dockerfile>.dockerignore` next to the Dockerfile, otherwise the context's `.dockerignore`. */
async function findIgnoreFile(
  folder: string,
  dockerfile: string,
  readText: ReadOptions['readText'],
): Promise<IgnoreFileText | undefined> {
  for (const path of [`${dockerfile}.dockerignore`, join(folder, '.dockerignore')]) {
    const text = await readText(path);
    if (text === undefined) continue;
    const lines = ignoreLines(text);
    const invalid = lines.find(({ isTooLong }) => isTooLong);
    if (invalid !== undefined) throw rejected(path, invalid.number);
    return { path, lines: lines.filter(({ kind }) => kind === 'pattern') };
  }
  return undefined;
}

function rejected(path: string, line: number): EngineError {
  return new EngineError('failed', t('Line {0} of {1} is not a valid pattern, so every build fails. Correct the line first.', line + 1, path)); // prettier-ignore
}

/** The number of entries that are compared before other work gets a turn. */
const entriesPerStep = 2000;

async function decide(
  tree: ContextTree,
  ignoreFile: IgnoreFileText | undefined,
  signal: AbortSignal,
): Promise<readonly Decision[]> {
  const lines = ignoreFile?.lines ?? [];
  const patterns = lines.map(({ pattern }) => pattern);
  const comparison = new IgnoreComparison(tree, patterns, false);
  while (comparison.step(entriesPerStep)) {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new EngineError('cancelled', t('Cancelled'));
  }
  const { decisions, isRejected, invalid } = comparison.result;
  if (ignoreFile !== undefined && (isRejected || invalid !== undefined)) {
    const line = lines.find((one) => isInvalid(one, invalid)) ?? lines[0];
    throw rejected(ignoreFile.path, line?.number ?? 0);
  }
  return decisions;
}

function isInvalid({ pattern }: IgnoreLine, invalid: string | undefined): boolean {
  if (invalid !== undefined) return pattern.replace(/^!/, '') === invalid;
  const empty: ContextTree = { entries: [], isComplete: true, hasSizes: true, unreadable: [] };
  return new IgnoreComparison(empty, [pattern], false).result.isRejected;
}

/** The builder itself reads the Dockerfile and the ignore file, so that they are never useless. */
function markBuilderFile(readBy: number[], { entries }: ContextTree, file: string): void {
  const index = entries.findIndex(({ path }) => path === file);
  if (readBy[index] === -1) readBy[index] = -2;
}

function toSlashes(path: string): string {
  return path.split(sep).join('/');
}
