/** Converts a chain of `&&` to a heredoc, and back. */
import type { Document } from '../../model/document.ts';
import type { Script, Statement } from '../../shell/script.ts';
import type { Heredoc, Run } from '../../syntax/tree.ts';
import { replace } from '../../text/edit.ts';
import { slice, span, type Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { isBrokenInQuotes } from './quoting.ts';
import { indentOf, supportsHeredocs, runAt, unfold, type Refactoring } from './refactoring.ts';
import {
  andChain,
  endsAtFailure,
  failsAlike,
  isPosix,
  plainScript,
  prefixOf,
  setOptions,
} from './shell.ts';

/** `RUN a && b` → `RUN <<EOF`, `set -e`, `a`, `b`, `EOF`; only if the steps fail in the same way. */
export function toHeredoc(document: Document, place: Span): readonly Refactoring[] {
  const run = runAt(document, place);
  const parts = run && supportsHeredocs(document) ? stepsOf(document, run) : undefined;
  if (!run || !parts) return [];
  const lines = bodyOf(document, parts);
  const delimiter = ['EOF', 'END', 'SCRIPT'].find((word) => !lines.includes(word));
  const [first] = parts;
  if (delimiter === undefined || first === undefined) return [];
  const text = [`${prefixOf(document, run, first)}<<${delimiter}`, ...lines, delimiter].join('\n');
  // Whitespace after the end delimiter would make it invalid.
  const trailingLength = /^[ \t]*/.exec(document.text.slice(run.span.end))?.[0].length ?? 0;
  const edit = replace(span(run.span.start, run.span.end + trailingLength), text);
  return [{ title: t('Convert to heredoc'), kind: 'refactor.rewrite', edits: [edit] }];
}

/**
 * The steps of a chain of `&&` that fail in the same way on lines of their own, or those after `set -e`, separated by `;`,
 * for which nothing changes.
 */
function stepsOf(document: Document, run: Run): readonly Statement[] | undefined {
  const chain = andChain(document, run);
  if (chain) return chain.parts.every((part) => failsAlike(part)) ? chain.parts : undefined;
  const { statements = [], separators = [] } = plainScript(document, run) ?? {};
  const isSeparated = separators.every(({ text }) => text === ';');
  const ends = endsAtFailure(setOptions(statements[0]));
  return ends && isSeparated && statements.length > 1 ? statements : undefined;
}

function bodyOf(document: Document, parts: readonly Statement[]): readonly string[] {
  const lines = endsAtFailure(setOptions(parts[0])) ? [] : ['set -e'];
  let end = parts[0]?.span.start ?? 0;
  for (const part of parts) {
    const gap = document.text.slice(end, part.span.start).split('\n').slice(1);
    for (const line of gap) if (line.trim().startsWith('#')) lines.push(line.trim());
    for (const line of linesOf(document, part)) lines.push(line);
    end = part.span.end;
  }
  return lines;
}

/** The lines of a step, kept as they are unless quotes are open between them; otherwise joined. */
function linesOf(document: Document, { span: place }: Statement): readonly string[] {
  const { lines, comments } = unfold(document, place);
  const { tree, text } = document;
  if (lines.length === 1) return [...comments, ...lines];
  const keepsLines = tree.escape === '\\' && !isBrokenInQuotes(lines, '');
  if (!keepsLines) return [...comments, lines.join('')];
  const line = text.slice(text.lastIndexOf('\n', place.start - 1) + 1, place.start);
  const indentWidth = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  const indented = lines.map((one, i) => {
    const indentLength = /^[ \t]*/.exec(one)?.[0].length ?? 0;
    const dedented =
      i === 0 ? one : one.slice(Math.min(indentWidth, Math.max(indentLength - 4, 0)));
    return i < lines.length - 1 ? `${dedented}\\` : dedented;
  });
  return [...comments, ...indented];
}

/** `RUN <<EOF` with `set -e` → `RUN a && b`. */
export function fromHeredoc(document: Document, place: Span): readonly Refactoring[] {
  const run = runAt(document, place);
  const [heredoc, second] = run?.heredocs ?? [];
  const script = run && document.model.script(run);
  if (!run || !heredoc || second || !script || !isPosix(script) || script.errors.length > 0)
    return [];
  if (!isOnlyScript(document, run, heredoc)) return [];
  const rows = rowsOf(document, script, heredoc);
  if (rows === undefined) return [];
  const { escape } = document.tree;
  const indent = `${indentOf(document.text, run)}    `;
  const parts: string[] = [];
  let count = 0;
  for (const { comment, text } of rows) {
    if (comment !== undefined) parts.push(`${indent}${comment}`);
    else
      parts.push(
        count++ === 0 && parts.length === 0 ? text : `${indent}${count > 1 ? '&& ' : ''}${text}`,
      );
  }
  // A comment does not end the instruction; every other line except the last is continued.
  const last = parts.length - 1;
  const continued = parts.map((part, i) =>
    i === last || part.trimStart().startsWith('#') ? part : `${part} ${escape}`,
  );
  const head = document.text.slice(run.span.start, heredoc.span.start);
  const opening = rows[0]?.comment === undefined ? '' : `${escape}\n`;
  const edit = replace(run.span, `${head}${opening}${continued.join('\n')}`);
  return [{ title: t('Convert to `&&` chain'), kind: 'refactor.rewrite', edits: [edit] }];
}

/** Whether the body is the script, and nothing else is in the instruction. */
function isOnlyScript(
  { text }: Document,
  { span: { end }, command }: Run,
  heredoc: Heredoc,
): boolean {
  const { terminator, body } = heredoc;
  if (command?.form !== 'shell' || terminator === undefined || terminator.end !== end) return false;
  const otherText =
    text.slice(command.span.start, heredoc.span.start) + text.slice(heredoc.span.end, body.start);
  const script = slice(text, body);
  return otherText.trim() === '' && !script.startsWith('#!') && !script.includes('\r');
}

interface Row {
  readonly text: string;
  readonly comment?: string;
}

/** Steps and comments in order; undefined if a chain would have another meaning. */
function rowsOf(document: Document, script: Script, { body }: Heredoc): readonly Row[] | undefined {
  const { statements } = script;
  const [first, ...others] = statements;
  const isSet = endsAtFailure(setOptions(first));
  const steps = isSet && setOptions(first) === '-e' ? others : statements;
  if (steps.length === 0 || (!isSet && steps.length > 1)) return undefined;
  const rows: Row[] = [];
  let end = body.start;
  for (const [i, statement] of statements.entries()) {
    const comments = commentsIn(document.text.slice(end, statement.span.start));
    end = statement.span.end;
    const step = stepOf(document, statement, i === statements.length - 1);
    if (comments === undefined || step === undefined) return undefined;
    for (const comment of comments) rows.push(comment);
    if (statement !== first || steps === statements) rows.push({ text: step });
  }
  const rest = commentsIn(document.text.slice(end, body.end));
  // A comment after the last step would end up below the instruction.
  return rest?.length === 0 ? rows : undefined;
}

/** Comments and line ends only; a comment after a step moves to the line below it. */
function commentsIn(gap: string): readonly Row[] | undefined {
  const lines = gap.split('\n').map((line) => line.trim().replace(/^;$/, ''));
  if (!lines.every((line) => line === '' || line.startsWith('#'))) return undefined;
  return lines.filter((line) => line !== '').map((comment) => ({ text: '', comment }));
}

function stepOf(
  { text, tree }: Document,
  statement: Statement,
  isLast: boolean,
): string | undefined {
  const stepText = slice(text, statement.span);
  const isChain = statement.kind === 'chain';
  if (isChain && (!isLast || statement.operators.some((one) => one.text === '||')))
    return undefined;
  if (!failsAlike(statement) || hasBody(statement)) return undefined;
  const lines = stepText.split('\n');
  if (lines.length === 1) return /[\\`][ \t]*$/.test(stepText) ? undefined : stepText;
  if (tree.escape !== '\\') return undefined;
  const isComplete = lines.every(
    (line, i) =>
      (i === lines.length - 1 || line.endsWith('\\')) && (i === 0 || !/^\s*(?:#|$)/.test(line)),
  );
  return isComplete && !isBrokenInQuotes(lines.slice(0, -1), '\n') ? stepText : undefined;
}

function hasBody(statement: Statement): boolean {
  if (statement.kind !== 'command' && statement.kind !== 'block') return false;
  return statement.redirects.some(({ body }) => body !== undefined);
}
