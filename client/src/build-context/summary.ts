/** What the page of a build context says about it, in words. */
import { t } from '@vscode/l10n';
import { formatCount, formatSize } from '../ui/format.ts';
import { baseName, relativePath } from '../ui/paths.ts';
import type {
  ContextRow,
  ContextSummary,
  PatternRow,
  Place,
  Reason,
  Segment,
  ShownPart,
} from './page.ts';
import type { ReadContext } from './read-context.ts';
import type { Amount, ContextTotals } from './totals.ts';

/** What is shown of a context. */
export interface ShownContext {
  readonly read: ReadContext;
  readonly totals: ContextTotals;
}

/** Rows of the lists below the tree. */
const mostListed = 100;

export function summaryOf(shown: ShownContext, workspace: string | undefined): ContextSummary {
  const { read, totals } = shown;
  const [included, excluded, unused] = amounts(totals);
  const patterns = patternRows(shown);
  const unusedRows = unusedEntries(shown)
    .slice(0, mostListed)
    .map((id) => rowOf(shown, id, 'unused'));
  return {
    facts: facts(read, workspace),
    numbers: [
      { label: t('Build context'), value: formatSize(included.bytes), note: filesText(included.files) }, // prettier-ignore
      ...(read.knowsReaders
        ? [
            { label: t('Read by instructions'), value: formatSize(included.bytes - unused.bytes), note: filesText(included.files - unused.files) }, // prettier-ignore
            { label: t('Not used'), value: formatSize(unused.bytes), note: filesText(unused.files) }, // prettier-ignore
          ]
        : []),
      { label: t('Excluded'), value: formatSize(excluded.bytes), note: filesText(excluded.files) },
    ],
    segments: segments(shown),
    legend: [
      ...(read.knowsReaders
        ? [
            { part: 'included' as const, text: t('read by instructions') },
            { part: 'unused' as const, text: t('not used: no instruction reads it') },
          ]
        : [{ part: 'included' as const, text: t('in the build context') }]),
      { part: 'excluded', text: t('excluded by the ignore file') },
    ],
    patterns,
    patternsNote: t('{0} in {1}', formatSize(excluded.bytes), filesText(excluded.files)),
    unused: unusedRows,
    unusedNote: read.knowsReaders
      ? t('{0} in {1}', formatSize(unused.bytes), filesText(unused.files))
      : t('not known, because a source depends on a build argument'),
    ignoreFile:
      read.ignoreFile === undefined
        ? t('Create .dockerignore…')
        : t('Open {0}', baseName(read.ignoreFile.path)),
    warnings: warnings(read),
    emptyTexts: {
      included: t('The build context is empty.'),
      excluded:
        read.ignoreFile === undefined
          ? t('Nothing is excluded, because this directory has no ignore file.')
          : t('The ignore file excludes nothing.'),
      unused: read.knowsReaders
        ? t('Instructions read every file of the build context.')
        : t('Unused files are not known, because a source depends on a build argument.'),
    },
  };
}

function amounts(totals: ContextTotals): readonly [Amount, Amount, Amount] {
  return [totals.of(-1, 'included'), totals.of(-1, 'excluded'), totals.of(-1, 'unused')];
}

function facts(
  { folder, ignoreFile }: ReadContext,
  workspace: string | undefined,
): ContextSummary['facts'] {
  const shown = relativePath(workspace, folder);
  const ignoring =
    ignoreFile === undefined
      ? { text: t('no ignore file') }
      : {
          text: baseName(ignoreFile.path),
          place: { file: 'ignore' as const, line: 0, label: baseName(ignoreFile.path) },
        };
  return [{ text: shown === '' ? folder : shown }, ignoring];
}

function warnings({ folder, tree }: ReadContext): readonly string[] {
  const found: string[] = [];
  if (!tree.isComplete) found.push(t('Only part of the directory was read, because it is very large.')); // prettier-ignore
  const [first, ...others] = tree.unreadable.map((path) => (path === '' ? folder : path));
  if (first !== undefined)
    found.push(
      others.length === 0
        ? t('Could not read {0}. The build fails if its files are needed.', first)
        : t('Could not read {0} and {1} more. The build fails if their files are needed.', first, others.length), // prettier-ignore
    );
  return found;
}

/** The largest entries of the context by part, and the rest of each part. */
function segments({ read, totals }: ShownContext): readonly Segment[] {
  const [included, excluded, unused] = amounts(totals);
  const used = totals
    .childrenOf(-1, 'included')
    .slice(0, 6)
    .map((id): Segment => {
      const amount = totals.of(id, 'included').bytes - totals.of(id, 'unused').bytes;
      return { part: 'included', label: read.tree.entries[id]?.path ?? '', amount };
    });
  const known = used.reduce((sum, { amount }) => sum + amount, 0);
  const all: readonly Segment[] = [
    ...used,
    { part: 'included', label: '', amount: included.bytes - unused.bytes - known },
    { part: 'unused', label: t('not used'), amount: unused.bytes },
    { part: 'excluded', label: t('excluded'), amount: excluded.bytes },
  ];
  const whole = included.bytes + excluded.bytes;
  return all
    .filter(({ amount }) => amount > 0)
    .map((one) => (one.amount < whole * leastLabelled ? { ...one, label: '' } : one));
}

/** The part of the bar in which a label can be read. */
const leastLabelled = 0.06;

function patternRows({ read, totals }: ShownContext): readonly PatternRow[] {
  return [...totals.byPattern]
    .sort(([, a], [, b]) => b.bytes - a.bytes || b.files - a.files)
    .slice(0, mostListed)
    .flatMap(([by, amount]) => {
      const line = read.ignoreFile?.lines[by];
      if (line === undefined) return [];
      return {
        pattern: line.pattern,
        place: ignorePlace(line.number),
        size: formatSize(amount.bytes),
        files: filesText(amount.files),
      };
    });
}

/** The largest entries that no instruction reads, without those in an unused directory. */
function unusedEntries({ totals, read }: ShownContext): readonly number[] {
  const found: number[] = [];
  const visit = (folder: number): void => {
    for (const id of totals.childrenOf(folder, 'unused')) {
      const isWhole = totals.of(id, 'unused').files === totals.of(id, 'included').files;
      if (isWhole || read.tree.entries[id]?.kind !== 'directory') found.push(id);
      else visit(id);
    }
  };
  visit(-1);
  return found.sort((a, b) => totals.of(b, 'unused').bytes - totals.of(a, 'unused').bytes);
}

/** One row of the tree. */
export function rowOf(shown: ShownContext, id: number, part: ShownPart): ContextRow {
  const { read, totals } = shown;
  const entry = read.tree.entries[id];
  const path = entry?.path ?? '';
  const amount = totals.of(id, part);
  const whole = totals.of(-1, part).bytes;
  const isFolder = entry?.kind === 'directory';
  const isExcluded = read.decisions[id]?.isExcluded === true;
  const reason = reasonOf(shown, id, part);
  return {
    id,
    name: baseName(path),
    path,
    isFolder,
    share: whole === 0 ? 0 : amount.bytes / whole,
    size: formatSize(amount.bytes),
    files: isFolder ? String(amount.files) : '',
    ...(reason !== undefined && { reason }),
    isExcluded,
    isUnused: !isExcluded && totals.of(id, 'unused').files === totals.of(id, 'included').files,
  };
}

function reasonOf(shown: ShownContext, id: number, part: ShownPart): Reason | undefined {
  const { isExcluded = false } = shown.read.decisions[id] ?? {};
  if (part === 'included') {
    if (isExcluded) return { text: t('in part') };
    const reason = explanation(shown, id);
    return reason.place !== undefined || shown.read.readBy[id] === -2 ? reason : undefined;
  }
  if (part === 'excluded') return isExcluded ? explanation(shown, id) : { text: t('in part') };
  const { files } = shown.totals.of(id, 'included');
  return shown.totals.of(id, 'unused').files < files ? { text: t('in part') } : undefined;
}

/** Why an entry is in the context, or why not. */
export function explanation({ read, totals }: ShownContext, id: number): Reason {
  const { isExcluded = false, by = -1 } = read.decisions[id] ?? {};
  const line = read.ignoreFile?.lines[by];
  if (line !== undefined) {
    const place = ignorePlace(line.number);
    return isExcluded
      ? { text: t('Excluded by `{0}`', line.pattern), place }
      : { text: t('Included again by `{0}`', line.pattern), place };
  }
  const reader = read.readBy[id] ?? -1;
  if (reader >= 0)
    return { text: t('Read by an instruction'), place: { file: 'dockerfile', line: reader, label: lineText(reader) } }; // prettier-ignore
  if (reader === -2) return { text: t('Read by the builder') };
  const isUnused = read.knowsReaders && totals.of(id, 'unused').files === totals.of(id, 'included').files; // prettier-ignore
  return { text: isUnused ? t('In the build context; no instruction reads it') : t('In the build context') }; // prettier-ignore
}

function ignorePlace(line: number): Place {
  return { file: 'ignore', line, label: lineText(line) };
}

function lineText(line: number): string {
  return t('line {0}', line + 1);
}

export function filesText(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', formatCount(count));
}
