/** Joins RUN instructions, and splits one at `&&`. */
import type { Document } from '../../model/document.ts';
import type { Chain, Script, Statement } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { replace, type Edit } from '../../text/edit.ts';
import { slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import {
  indentOf,
  instructionsAt,
  joinLines,
  newlineOf,
  runAt,
  type Refactoring,
} from './refactoring.ts';
import {
  andChain,
  endOf,
  leavesNoState,
  mayLeaveProcess,
  plainScript,
  setOptions,
} from './shell.ts';

/** Joins consecutive RUN instructions: all selected ones, or the one at the cursor and the next. */
export function joinRuns(document: Document, place: Span): readonly Refactoring[] {
  const runs = consecutive(document, place);
  const edits: Edit[] = [];
  for (const [i, run] of runs.entries()) {
    const next = runs[i + 1];
    if (!next) break;
    const edit = joinEdit(document, run, next);
    if (!edit) return [];
    edits.push(edit);
  }
  if (edits.length === 0) return [];
  const count = String(runs.length);
  const title =
    place.start === place.end || runs.length === 2
      ? t('Join with next RUN')
      : t('Join {0} RUN instructions', count);
  return [{ title, kind: 'refactor.rewrite', edits }];
}

function consecutive(document: Document, place: Span): readonly Run[] {
  const { instructions } = document.tree;
  const selected = instructionsAt(document, place);
  const [first] = selected;
  if (!first) return [];
  const at = instructions.indexOf(first);
  const found = selected.length > 1 ? selected : instructions.slice(at, at + 2);
  return found.length > 1 && found.every((one) => one.kind === 'RUN') ? found : [];
}

/** The first must leave no state in its shell, and the second must stop at its first failure. */
function joinEdit(document: Document, one: Run, other: Run): Edit | undefined {
  const { text, tree } = document;
  const before = plainScript(document, one);
  const after = plainScript(document, other);
  const last = before?.statements.at(-1);
  const end = last && endOf(document, last);
  const [next, second] = after?.statements ?? [];
  if (!before || !after || end === undefined || !next || second) return undefined;
  if (flagsOf(document, one) !== flagsOf(document, other) || !isStateless(document, before))
    return undefined;
  if (after.separators.length > 0 || before.separators.length >= before.statements.length)
    return undefined;
  if (next.kind === 'chain' && next.operators.some((operator) => operator.text === '||'))
    return undefined;
  const newline = newlineOf(text);
  const indent = `${indentOf(text, one)}    `;
  const comments = text
    .slice(end, next.span.start)
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'));
  const [behind, front] = endsInOperators(document, one, other) ? ['&& ', ''] : ['', '&& '];
  const lines = [
    ` ${behind}${tree.escape}`,
    ...comments.map((line) => `${indent}${line}`),
    `${indent}${front}`,
  ];
  return replace(span(end, next.span.start), lines.join(newline));
}

/** Whether the lines of the first multi-line instruction end in `&&`. */
function endsInOperators({ text, tree }: Document, ...runs: readonly Run[]): boolean {
  const continued = runs.map((run) => slice(text, run.span)).find((it) => it.includes('\n')) ?? '';
  return continued.split('\n').some((line) => line.trimEnd().endsWith(`&& ${tree.escape}`));
}

function flagsOf({ text }: Document, { flags }: Instruction): string {
  return flags.map((flag) => slice(text, flag.span)).join(' ');
}

function isStateless({ text }: Document, { statements, separators }: Script): boolean {
  return (
    separators.every((one) => one.text === ';') &&
    statements.every((one) => leavesNoState(text, one))
  );
}

/** Characters. The flags are repeated in each RUN, so that the result could be much longer than the text. */
const longestSplit = 1_000_000;

/** Splits a RUN: at the `&&` of the current line, or at every `&&` if the cursor is on the keyword. */
export function splitRun(document: Document, place: Span): readonly Refactoring[] {
  const run = runAt(document, place);
  const chain = run && andChain(document, run);
  if (!chain || !keepsMounts(document, run)) return [];
  const repeated = setOptions(chain.parts[0]) === undefined ? 0 : 1;
  const all = chain.operators.map((_, i) => i).slice(repeated);
  const onKeyword = place.start <= run.keyword.span.end && place.start === place.end;
  const at = onKeyword ? all : all.filter(selects(document, chain, place)).slice(0, 1);
  const last = at.at(-1);
  if (last === undefined) return [];
  const separated = chain.parts.slice(repeated, last + 1);
  if (!separated.every((one) => leavesNoState(document.text, one))) return [];
  if (separated.some((one) => mayLeaveProcess(document.text, one.span))) return [];
  if (isOneTask(document, chain.parts.slice(at[0]))) return [];
  const start = beginning(document, run, repeated > 0 ? chain.parts[0] : undefined);
  if (at.length * start.length > longestSplit) return [];
  const indent = indentOf(document.text, run);
  const edits = at.map((i) => splitEdit(document, { chain, i, indent, start }));
  const count = String(at.length + 1);
  const title = onKeyword ? t('Split into {0} RUN instructions', count) : t('Split RUN here');
  return [{ title, kind: 'refactor.rewrite', edits }];
}

/**
 * Whether steps belong together: package lists that are downloaded for the next step, and files that a later step deletes,
 * would stay in the layers of their own.
 */
function isOneTask({ text }: Document, parts: readonly Statement[]): boolean {
  return parts.some((part, i) => {
    const step = slice(text, part.span);
    return i === 0
      ? /\b(?:apt|apt-get|aptitude|apk|dnf|yum|zypper)\s+(?:-\S+\s+)*(?:update|refresh|makecache)\b/.test(
          step,
        )
      : /\b(?:rm|rmdir|unlink)\s|\b(?:clean|autoclean|purge|autoremove|del|remove|uninstall)\b|\bpacman\s+-(?:Sc|R)/.test(
          step,
        );
  });
}

/** The content of a tmpfs mount, and data written to a bind mount, are lost after a RUN. */
function keepsMounts(document: Document, run: Run): boolean {
  return !/type=tmpfs|\b(?:rw|readwrite)\b/.test(flagsOf(document, run));
}

/** Whether the cursor is on the line of an operator, or on the operator itself if it does not begin its line. */
function selects({ text }: Document, { operators }: Chain, place: Span): (i: number) => boolean {
  const start = text.lastIndexOf('\n', place.start - 1) + 1;
  const found = text.indexOf('\n', place.start);
  const end = found < 0 ? text.length : found;
  const indentLength = /^\s*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return (i) => {
    const operator = operators[i]?.span;
    if (!operator) return false;
    if (place.start <= operator.end && operator.start <= place.end) return true;
    return operator.start === start + indentLength && place.end <= end;
  };
}

/** What each new RUN begins with. */
function beginning(document: Document, run: Run, set: Statement | undefined): string {
  const { text } = document;
  const indent = indentOf(text, run);
  const keyword = slice(text, run.keyword.span);
  const before = set ? `${joinLines(document, set.span)} && ` : '';
  // Several flags, and those that were on lines of their own, stay on lines of their own.
  const command = run.command?.span.start ?? run.span.end;
  const ownLines = run.flags.length > 1 || text.slice(run.span.start, command).includes('\n');
  const gap = ownLines ? ` ${document.tree.escape}\n${indent}    ` : ' ';
  const flags = run.flags.map((flag) => `${slice(text, flag.span)}${gap}`).join('');
  return `${indent}${keyword} ${flags}${before}`;
}

interface SplitPoint {
  readonly chain: Chain;
  /** The index of the operator. */
  readonly i: number;
  readonly indent: string;
  readonly start: string;
}

function splitEdit(document: Document, point: SplitPoint): Edit {
  const { text } = document;
  const { chain, i, indent } = point;
  const { parts } = chain;
  const part = parts[i];
  const start = part ? endOf(document, part) : 0;
  const end = parts[i + 1]?.span.start ?? start;
  const comments = text
    .slice(start, end)
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'))
    .map((line) => `${indent}${line}\n`);
  return replace(span(start, end), `\n${comments.join('')}${point.start}`);
}
